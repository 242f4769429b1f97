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

import io.github.camelpostal.testing.Chromium;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A busy morning at a small shop: what the pictures in the documentation show. They are written with -Dpostal.screenshots=DIR. */
@Tag("browser")
class PagePicturesTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String ORDER = """
            <!doctype html><style>body{margin:0;background:#f4f1ec;font:16px/1.6 Georgia,serif;color:#33302b}
            .card{max-width:34em;margin:24px auto;background:#fff;border-radius:8px;padding:20px 32px}
            h1{font-size:24px;color:#8a4b20;margin:0}a{color:#8a4b20}</style>
            <div class=card><h1>On its way to you</h1><p>Dear Zoe,<br>your order <b>4711</b> left our workshop this morning
            and will be with you tomorrow. <a href="https://shop.example.com/parcels/4711">Follow your parcel</a></p>
            <p>With kind regards,<br>the people at the shop</p></div>
            """;

    @Test
    void showsABusyMorning() {
        try (PostalSandbox postal = PostalSandbox.builder().smtpPort(0).server("billing", server -> server.name("Billing"))
                .server("shop", server -> server.name("Shop")).start();
                Receiver receiver = new Receiver();
                Chromium browser = Chromium.start()) {
            morning(postal, receiver);

            browser.lookLike(1360, 850, "light");
            browser.open(postal.url() + "/ui/sandbox/messages/1");
            browser.see("#m1 .mark");
            browser.photograph("sandbox-message");
            assertThat(browser.textOfFrame("iframe")).contains("On its way to you");

            browser.open(postal.url() + "/ui/sandbox");
            browser.see(".post");

            browser.lookLike(1360, 850, "dark");
            browser.open(postal.url() + "/ui/sandbox/messages/9/deliveries");
            browser.click(".post summary");
            browser.photograph("sandbox-deliveries");

            browser.open(postal.url() + "/ui/sandbox/receive");
            browser.see("#write");

            browser.lookLike(360, 740, "light");
            browser.open(postal.url() + "/ui/sandbox");
            browser.see("#m9");
            browser.open(postal.url() + "/ui/sandbox/messages/1");
            browser.see("iframe");
        }
    }

    private static void morning(PostalSandbox postal, Receiver receiver) {
        postal.postEventsTo(receiver.url("/postal/events"));
        postal.routeTo("support@example.com", receiver.url("/postal/mail"));
        Client client = new Client(postal);
        send(client, "zoe@customer.example", "Your order 4711 is on its way", "shipping", ORDER);
        send(client, "softfail@customer.example", "Invoice 2026-118", "invoice", "<p>x</p>");
        send(client, "hardfail@customer.example", "Welcome to the shop", "welcome", "<p>x</p>");
        send(client, "held@customer.example", "Choose a new password", "account", "<p>x</p>");
        send(client, "ben@customer.example", "Your table is reserved for Friday", "", "<p>x</p>");
        send(client, "bounced@customer.example", "What is new in November", "news", "<p>x</p>");
        postal.awaitWebhookRequest(post -> post.isEvent("MessageBounced"), SOON);
        send(client, "li@customer.example", "Grüße aus der Werkstatt", "news", "<p>x</p>");
        postal.server().click(1, "https://shop.example.com/parcels/4711");
        postal.server().open(1);
        StoredMail mail = postal.receive("alice@customer.example", "support+4711@example.com", """
                From: Alice Liddell <alice@customer.example>
                To: support+4711@example.com
                Subject: Re: Your order 4711 is on its way
                Message-ID: <CAF3x9@customer.example>

                Thank you! Can it be left with the neighbours?
                """.getBytes(StandardCharsets.UTF_8));
        postal.awaitWebhookRequest(post -> post.isEvent("MessageSent") && post.mailId() == mail.id(), SOON);
        postal.awaitSentTo("li@customer.example", SOON);
    }

    private static void send(Client client, String to, String subject, String tag, String html) {
        client.call("/api/v1/send/message", "{'to':['" + to + "'],'from':'The Shop <shop@example.com>','subject':'" + subject
                + "','tag':'" + tag + "','plain_body':'Dear customer, ...','html_body':'"
                + html.replace("\n", " ").replace("\"", "\\u0022").replace("'", "\\u0027") + "'}");
    }
}
