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
package io.github.camelpostal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

import io.github.camelpostal.internal.conversation.ConversationKeys;
import io.github.camelpostal.internal.conversation.UnsubscribeTokenCipher;
import io.github.camelpostal.suppression.InMemorySuppressionList;
import io.github.camelpostal.testing.Chromium;
import io.github.camelpostal.testing.Contrast;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page for those who leave, as they see and use it: by day and by night, in their language, with a keyboard, on a phone. */
@Tag("browser")
class UnsubscribePageInBrowserTest {

    private static final String SECRET = "a:" + "k7".repeat(32);
    private static final List<String> SCHEMES = List.of("light", "dark");
    private static final String GERMAN = """
            ask.title=Abmelden
            ask.textStream=Sie erhalten \u201e{0}\u201c von diesem Absender nicht mehr.
            ask.button=Jetzt abmelden
            done.title=Sie sind abgemeldet
            done.textStream=Sie erhalten \u201e{0}\u201c nicht mehr.
            notFound.title=Dieser Link funktioniert nicht
            notFound.text=Er ist unvollst\u00e4ndig oder wurde ver\u00e4ndert.
            later.title=Das hat noch nicht geklappt
            later.textStream=Bitte versuchen Sie es in ein paar Minuten noch einmal.
            later.button=Noch einmal
            """;
    private static final String ARABIC = """
            ask.title=\u0625\u0644\u063a\u0627\u0621 \u0627\u0644\u0627\u0634\u062a\u0631\u0627\u0643
            ask.textStream=\u0644\u0646 \u062a\u0635\u0644\u0643 {0} \u0628\u0639\u062f \u0627\u0644\u0622\u0646.
            ask.button=\u0625\u0644\u063a\u0627\u0621 \u0627\u0644\u0627\u0634\u062a\u0631\u0627\u0643
            """;
    @AutoClose
    private static Chromium browser;

    @TempDir
    private Path folder;
    private final InMemorySuppressionList list = new InMemorySuppressionList();
    private URLClassLoader languages;
    private CamelApp app;

    @BeforeAll
    static void open() {
        browser = Chromium.start();
    }

    @BeforeEach
    void start() throws Exception {
        Path bundles = Files.createDirectories(folder.resolve("io/github/camelpostal/suppression"));
        Files.writeString(bundles.resolve("unsubscribe_de.properties"), GERMAN);
        Files.writeString(bundles.resolve("unsubscribe_ar.properties"), ARABIC);
        languages = new URLClassLoader(new URL[]{folder.toUri().toURL()}, getClass().getClassLoader());
        app = CamelApp.create();
        app.context().setApplicationContextClassLoader(languages);
        app.context().getRegistry().bind("list", list);
        app.context().getRegistry().bind("away", new BrokenList());
        app.context().getComponent("postal", PostalComponent.class).getConfiguration().setConversationSecret(SECRET);
        app.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:unsubscribe?path=/unsubscribe&suppressionList=#list").log("left");
                from("postal:unsubscribe?path=/away&suppressionList=#away").log("left");
            }
        });
        app.context().start();
        browser.lookLike(1280, 860, "light");
        browser.prefer("en-US,en;q=0.9");
    }

    @AfterEach
    void stop() throws Exception {
        browser.open("about:blank");
        app.close();
        languages.close();
    }

    @Test
    void lookingChangesNothingAndPressingTheButtonDoes() {
        browser.open(page("/unsubscribe", "news"));
        browser.see("h1", "Unsubscribe");
        browser.see("main p", "You will no longer get \u201cnews\u201d from this sender.");
        assertThat(list.size()).isZero();

        browser.click("button");
        browser.see("h1", "You are unsubscribed");
        assertThat(list.find(List.of("bob@rcpt.test"), "news")).isNotEmpty();
        assertThat(list.find(List.of("bob@rcpt.test"), "invoices")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            de-CH,de;q=0.9,en;q=0.5 | de | ltr | Jetzt abmelden | Sie sind abgemeldet
            fr,en;q=0.5             | en | ltr | Unsubscribe    | You are unsubscribed
            """)
    void itSpeaksTheLanguageOfTheBrowserToTheEnd(String preferred, String language, String direction, String button,
            String done) {
        browser.prefer(preferred);
        browser.open(page("/unsubscribe", "Neues"));
        browser.see("button", button);
        assertThat(browser.run("return document.documentElement.lang")).isEqualTo(language);
        assertThat(browser.run("return getComputedStyle(document.body).direction")).isEqualTo(direction);
        browser.click("button");
        browser.see("h1", done);
        assertThat(list.find(List.of("bob@rcpt.test"), "Neues")).isNotEmpty();
    }

    @Test
    void aLanguageThatIsWrittenFromTheRightIsReadFromTheRight() {
        browser.prefer("ar,en;q=0.5");
        browser.open(page("/unsubscribe", "Neues"));
        assertThat(browser.run("return document.documentElement.lang + getComputedStyle(document.body).direction"))
                .isEqualTo("arrtl");
        browser.lookLike(320, 640, "light");
        assertThat(widthNeeded()).isLessThanOrEqualTo(320);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void everyPageIsReadableByDayAndByNight(String language) {
        browser.prefer(language);
        for (String scheme : SCHEMES) {
            browser.lookLike(1280, 860, scheme);
            browser.open(page("/unsubscribe", "news"));
            assertReadable(scheme, "ask");
            browser.click("button");
            browser.see("main:not(:has(button))");
            assertReadable(scheme, "done");
            browser.open(app("/unsubscribe?t=changed"));
            assertReadable(scheme, "not found");
            browser.open(page("/away", "news"));
            browser.run("document.querySelector('form').dataset.asked = 1");
            browser.click("button");
            browser.see("form:not([data-asked])");
            assertReadable(scheme, "later");
        }
    }

    private static void assertReadable(String scheme, String page) {
        browser.see("h1");
        assertThat(Contrast.poorOnes(browser)).as(scheme + " " + page).isEmpty();
        // the paper follows the scheme; with the same colours in both the measure above would say nothing about one of them
        assertThat((String) browser.run("return getComputedStyle(document.body).backgroundColor")).as(scheme + " " + page)
                .isEqualTo(scheme.equals("light") ? "rgb(245, 246, 248)" : "rgb(22, 24, 28)");
        browser.photograph("unsubscribe-" + page.replace(' ', '-') + "-" + scheme);
    }

    @Test
    void itIsUsedWithTheKeyboardAlone() {
        browser.open(page("/unsubscribe", "news"));
        browser.see("button");
        browser.press(Keys.TAB);
        assertThat(browser.run("return document.activeElement.tagName")).isEqualTo("BUTTON");
        assertThat(browser.run("const s = getComputedStyle(document.activeElement);"
                + " return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2")).as("the focus can be seen")
                .isEqualTo(true);
        browser.enter();
        browser.see("h1", "You are unsubscribed");
        assertThat(list.size()).isEqualTo(1);
    }

    @Test
    void aScreenReaderKnowsWhatEverythingIs() {
        browser.open(page("/unsubscribe", "news"));
        WebElement button = browser.see("button");
        assertThat(button.getAriaRole()).isEqualTo("button");
        assertThat(button.getAccessibleName()).isEqualTo("Unsubscribe");
        assertThat(browser.see("main").getAriaRole()).isEqualTo("main");
        assertThat(browser.see("h1").getAriaRole()).isEqualTo("heading");
        assertThat(browser.run("return document.querySelectorAll('h1, main').length")).isEqualTo(2L);
        assertThat(browser.title()).isEqualTo("Unsubscribe");
        assertThat(browser.run("return document.querySelectorAll('input:not([type=hidden]), img, a').length")).isEqualTo(0L);
        browser.click("button");
        browser.see("h1", "You are unsubscribed");
        assertThat(browser.title()).as("what is read out after the press").isEqualTo("You are unsubscribed");
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 768, 1280})
    void nothingIsCutOffHoweverWideTheScreenIs(int width) {
        browser.lookLike(width, 740, "light");
        for (String path : List.of(page("/unsubscribe", "a stream whose name never ends " + "unbreakable".repeat(12)),
                page("/unsubscribe", "news"), app("/unsubscribe?t=changed"))) {
            browser.open(path);
            browser.see("h1");
            assertThat(widthNeeded()).as(path).isLessThanOrEqualTo(width);
            browser.run("document.documentElement.style.fontSize = '200%'"); // as somebody who sees badly sets it
            assertThat(widthNeeded()).as("large letters: " + path).isLessThanOrEqualTo(width);
        }
        browser.open(page("/unsubscribe", "news"));
        browser.see("button");
        assertThat((Boolean) browser.run("return document.querySelector('button').getBoundingClientRect().height >= 44"))
                .as("large enough for a thumb").isTrue();
    }

    @Test
    void itWorksWithoutScriptsAndLoadsNothing() {
        browser.scripts(false);
        try {
            browser.open(page("/unsubscribe", "news"));
            browser.click("button");
            browser.see("h1", "You are unsubscribed");
        } finally {
            browser.scripts(true);
        }
        assertThat(browser.run("return performance.getEntriesByType('resource').map(each => each.name).join()")).isEqualTo("");
        assertThat(browser.complaints()).noneMatch(text -> text.contains("Content Security Policy"));
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> list.size() == 1);
    }

    private static long widthNeeded() {
        return (Long) browser.run("return document.documentElement.scrollWidth");
    }

    private String page(String path, String stream) {
        return app(path + "?t=" + new UnsubscribeTokenCipher(ConversationKeys.parse(SECRET), new SecureRandom())
                .issue(new UnsubscribeTokenCipher.Unsubscription("bob@rcpt.test", stream)));
    }

    private String app(String path) {
        return "http://127.0.0.1:" + app.port() + path;
    }
}
