/*
 * Copyright 2026 the camel-postal contributors
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.github.camelpostal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.github.camelpostal.testing.Chromium;
import io.github.camelpostal.testing.Contrast;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The page as a person uses it: in a real browser, with mouse, keyboard, and on a phone. */
@Tag("browser")
class PageInBrowserTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    @AutoClose
    private static Chromium browser;

    private final PostalSandbox postal = PostalSandbox.start();
    private final Client client = new Client(postal);
    private final Receiver receiver = new Receiver();

    @BeforeAll
    static void open() {
        browser = Chromium.start();
    }

    @BeforeEach
    void lookAtADesk() {
        browser.lookLike(1280, 860, "light");
        postal.postEventsTo(receiver.url("/events"));
        postal.routeTo("support@example.com", receiver.url("/inbox"));
    }

    @AfterEach
    void stop() {
        browser.open("about:blank");
        postal.close();
        receiver.close();
    }

    @Test
    void showsASentMailWithoutReloadAndWhatBecomesOfItsLink() {
        browser.open(postal.url());
        browser.see(".void", "No messages yet");
        browser.see("#live.on");
        browser.run("window.sameDocument = true");

        send("zoe@customer.example", "Your order is on its way",
                "<p>See <a href='https://shop.example.com/track/4711?a=1&amp;b=2'>your parcel</a></p>");
        browser.see("#m1", "zoe@customer.example");
        browser.see("#m1 .pill", "Sent");
        assertThat(browser.run("return window.sameDocument")).isEqualTo(true);

        browser.click("#m1");
        browser.see("h1", "Your order is on its way");
        assertThat(browser.textOfFrame("iframe")).isEqualTo("See your parcel");
        browser.click(".links button");
        browser.awaitUrl("/messages/1/activity");
        browser.see(".history", "https://shop.example.com/track/4711?a=1&b=2");

        WebhookRequest event = postal.awaitWebhookRequest(post -> post.isEvent("MessageLinkClicked"), SOON);
        assertThat(event.json().at("/payload/url").asText()).isEqualTo("https://shop.example.com/track/4711?a=1&b=2");
        browser.press("6");
        browser.see(".post .what", "MessageLinkClicked");
        browser.click(".post:last-of-type summary");
        browser.see(".post:last-of-type .code", "X-Postal-Signature-256");
    }

    @Test
    void releasesAHeldMail() {
        send("held@customer.example", "Password reset", "<p>x</p>");
        postal.awaitSentTo("held@customer.example", SOON);
        browser.open(postal.url() + "/ui/sandbox/messages/1");

        browser.see(".state .pill", "Held");
        browser.click("button[formaction$='/cancel-hold']");

        browser.awaitUrl("/messages/1/deliveries");
        browser.see(".state .pill", "HoldCancelled");
    }

    @Test
    void sendsATestMailIn() {
        browser.open(postal.url() + "/ui/sandbox");
        browser.press("c");
        browser.type("#from", "alice@customer.example");
        browser.type("#to", "support@example.com");
        browser.type("#subject", "Where is my parcel?");
        browser.type("#text", "It has not come.");
        browser.click("form[aria-labelledby=write] .main");

        browser.see("h1", "Where is my parcel?");
        browser.see(".text", "It has not come.");
        assertThat(receiver.next().json().path("subject").asText()).isEqualTo("Where is my parcel?");
    }

    @Test
    void runsNoScriptOfAnyMail() {
        String script = "<img src=x onerror=\"parent.document.title='pwned'\"><script>parent.document.title='pwned'</script>";
        receiver.respond(200, script.getBytes(StandardCharsets.UTF_8));
        StoredMail mail = postal.receive("x@customer.example", "support@example.com", ("From: \"" + script.replace("\"", "")
                + "\" <x@customer.example>\nTo: support@example.com\nSubject: " + script
                + "\nX-Postal-Tag: " + script + "\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
                + "--b\nContent-Type: text/html\n\n<b>bold</b>" + script
                + "<svg onload=\"top.document.title='pwned'\"></svg><meta http-equiv=refresh content='0;url=/ui/sandbox'>"
                + "<form action=/ui/sandbox/receive method=post><button>x</button></form>\n"
                + "--b\nContent-Type: text/plain; name=\"" + script.replace("\"", "'")
                + "\"\nContent-Disposition: attachment\n\nx\n--b--\n").getBytes(StandardCharsets.UTF_8));
        postal.awaitWebhookRequest(WebhookRequest::isMail, SOON);

        for (String tab : List.of("html", "text", "headers", "raw", "attachments", "deliveries", "activity")) {
            browser.open(postal.url() + "/ui/sandbox/messages/" + mail.id() + "/" + tab);
            browser.see("#m" + mail.id(), "onerror");
            browser.run("document.querySelectorAll('details').forEach(each => each.open = true)");
            assertThat(browser.title()).as(tab).doesNotStartWith("pwned");
            assertThat(browser.run("return document.querySelectorAll('img[src=x], script:not([src]), svg[onload]').length"))
                    .as(tab).isEqualTo(0L);
        }
        browser.open(postal.url() + "/ui/sandbox/messages/" + mail.id() + "/html");
        assertThat(browser.textOfFrame("iframe")).startsWith("bold");
        browser.open(postal.url() + "/ui/sandbox/messages/" + mail.id() + "/frame");
        assertThat(browser.title()).isNotEqualTo("pwned");
        assertThat(browser.complaints()).anyMatch(text -> text.contains("Blocked script execution"));
    }

    @Test
    void isUsedWithoutAMouse() {
        for (String name : List.of("ann", "ben", "cid")) {
            send(name + "@customer.example", "Hello " + name, "<p>x</p>");
        }
        browser.open(postal.url() + "/ui/sandbox");
        browser.see("#m3");

        browser.press("j");
        browser.press("j");
        assertThat(focused()).isEqualTo("m2");
        browser.press("k");
        browser.press("j");
        browser.enter();
        browser.see("h1", "Hello ben");
        browser.press("j");
        browser.see("h1", "Hello ann");
        browser.press("3");
        browser.awaitUrl("/messages/1/headers");
        browser.press("k");
        browser.awaitUrl("/messages/2/headers");
        browser.press("u");
        browser.see("h1", "A Postal that sends nothing");
        browser.press("?");
        browser.see("#help", "next and previous message");
        browser.press(Keys.ESCAPE);
        browser.press("/");
        browser.press("cid");
        browser.enter();
        browser.awaitUrl("q=cid");
        browser.see("#m3");
        assertThat(browser.run("return document.querySelectorAll('.entry').length")).isEqualTo(1L);
    }

    @Test
    void fitsAPhone() {
        postal.receive("someone.with.a.very.long.name.indeed@a-domain-that-never-ends.customer.example", "support@example.com",
                ("Subject: " + "unbreakable".repeat(18) + "\nX-Long: " + "x".repeat(400) + "\nContent-Type: text/html\n\n<p>"
                        + "wide".repeat(200) + "</p>\n").getBytes(StandardCharsets.UTF_8));
        postal.awaitWebhookRequest(WebhookRequest::isMail, SOON);
        browser.lookLike(360, 740, "light");

        for (String path : List.of("", "/posts", "/receive", "/messages/1/html", "/messages/1/text", "/messages/1/headers",
                "/messages/1/raw", "/messages/1/attachments", "/messages/1/deliveries", "/messages/1/activity", "/nothing")) {
            browser.open(postal.url() + "/ui/sandbox" + path);
            browser.run("document.querySelectorAll('details').forEach(each => each.open = true)");
            assertThat((Long) browser.run("return document.documentElement.scrollWidth")).as(path).isLessThanOrEqualTo(360);
        }
    }

    @Test
    void isReadableByDayAndByNight() {
        send("softfail@customer.example", "Invoice", "<p>x</p>");
        postal.awaitSentTo("softfail@customer.example", SOON);

        for (String scheme : List.of("light", "dark")) {
            browser.lookLike(1280, 860, scheme);
            for (String path : List.of("", "/messages/1/deliveries", "/receive")) {
                browser.open(postal.url() + "/ui/sandbox" + path);
                browser.see("h1");
                assertThat(Contrast.poorOnes(browser)).as(scheme + " " + path).isEmpty();
            }
        }
    }

    @Test
    void worksWithoutJavaScriptExceptThatNothingMovesByItself() {
        send("zoe@customer.example", "Hello", "<p>x</p>");
        browser.scripts(false);
        try {
            browser.open(postal.url() + "/ui/sandbox");
            browser.click("#m1");
            browser.see("h1", "Hello");
            browser.click("button[formaction$='/open']");
            browser.see(".history", "Opened");
        } finally {
            browser.scripts(true);
        }
    }

    private static String focused() {
        return (String) browser.run("return document.activeElement.id");
    }

    private void send(String to, String subject, String html) {
        client.call("/api/v1/send/message", "{'to':['" + to + "'],'from':'Shop <shop@example.com>','subject':'" + subject
                + "','html_body':'" + html.replace("'", "\\u0027") + "'}");
    }
}
