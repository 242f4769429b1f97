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
package io.github.camelpostal.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camelpostal.CamelApp;
import io.github.camelpostal.PostalComponent;
import io.github.camelpostal.PostalConfiguration;
import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.sandbox.HttpEndpoint;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.suppression.InMemorySuppressionList;
import io.github.camelpostal.suppression.PostalSuppressionList;
import io.github.camelpostal.suppression.SuppressionEntry;
import io.github.camelpostal.suppression.SuppressionReason;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The routes of recipients.md are compiled, and work. */
class RecipientsPageTest {

    private static final Path BASE = Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize();

    @Test
    void theRoutesOfThePageAreThoseThatAreTested() throws Exception {
        String page = squeezed(Files.readString(BASE.resolve("../../src/docs/recipients.md")));
        String source = Files.readString(BASE.resolve("src/test/java/io/github/camelpostal/docs/RecipientsRoutes.java"));
        String body = source.substring(source.indexOf("configure() {") + 13, source.lastIndexOf("    }"));
        for (String route : body.split("(?m)^\\s*$")) {
            assertThat(page).contains(squeezed(route));
        }
    }

    /** A rule that does not decide its example would end the start. */
    @Test
    void rulesOfYourOwnAreReadFromTheFileThatTheComponentNames(@TempDir Path folder) throws Exception {
        MarkdownPage page = MarkdownPage.of("src/docs/recipients.md");
        Path file = Files.writeString(folder.resolve("reasons.txt"), page.block("text", 0));
        String[] property = page.blockRunBy(RecipientsPageTest.class, "properties")
                .replace("classpath:reasons.txt", "file:" + file).split("=", 2);
        Main main = new Main();
        main.addInitialProperty(property[0].strip(), property[1].strip());
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:attempts").to("postal:deliveries?serverUrl=http://127.0.0.1:1&apiKey=key");
            }
        });
        main.start();
        try {
            assertThat(main.getCamelContext().getComponent("postal", PostalComponent.class).getConfiguration().getReasonRules())
                    .isEqualTo("file:" + file);
        } finally {
            main.stop();
        }
    }

    @Test
    void aNewsletterGoesToEachWithAWayToLeave() throws Exception {
        try (PostalSandbox sandbox = PostalSandbox.builder().domain("acme.example").start(); CamelApp app = CamelApp.create()) {
            startRoutesOfThePage(app, sandbox, new InMemorySuppressionList());

            app.context().createProducerTemplate().sendBody("direct:newsletter",
                    List.of(Map.of("address", "one@rcpt.test", "text", "hello"),
                            Map.of("address", "two@rcpt.test", "text", "hello")));

            for (String address : List.of("one@rcpt.test", "two@rcpt.test")) {
                assertThat(new String(sandbox.awaitSentTo(address, Duration.ofSeconds(60)).raw()))
                        .contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
            }
        }
    }

    @Test
    void whoeverHasLeftGetsNoNewsletterAndFailsNothing() throws Exception {
        try (PostalSandbox sandbox = PostalSandbox.builder().domain("acme.example").start(); CamelApp app = CamelApp.create()) {
            InMemorySuppressionList list = new InMemorySuppressionList();
            list.add(new SuppressionEntry("one@rcpt.test", "news", SuppressionReason.MANUAL, Instant.now(), null));
            startRoutesOfThePage(app, sandbox, list);

            app.context().createProducerTemplate().sendBody("direct:newsletter",
                    List.of(Map.of("address", "one@rcpt.test", "text", "hello"),
                            Map.of("address", "two@rcpt.test", "text", "hello")));

            sandbox.awaitSentTo("two@rcpt.test", Duration.ofSeconds(60));
            sandbox.sent().to("one@rcpt.test").isNone();
        }
    }

    @Test
    void whoeverSendsAMailToTheAddressInTheFieldLeavesToo() throws Exception {
        try (PostalSandbox sandbox = PostalSandbox.builder().domain("acme.example").start(); CamelApp app = CamelApp.create()) {
            InMemorySuppressionList list = new InMemorySuppressionList();
            startRoutesOfThePage(app, sandbox, list);
            sandbox.routeTo("leave@acme.example",
                    HttpEndpoint.of(URI.create("http://127.0.0.1:" + app.port() + "/leave"))
                            .withTimeout(Duration.ofSeconds(70)));

            app.context().createProducerTemplate().sendBodyAndHeader("direct:newsletter",
                    List.of(Map.of("address", "one@rcpt.test", "text", "hello")), PostalConstants.HEADERS,
                    Map.of("List-Unsubscribe", "<mailto:leave@acme.example>"));
            Matcher field = Pattern.compile("List-Unsubscribe: <https://camel.example.com/unsubscribe\\?t=([^>]+)>,"
                    + " <mailto:leave@acme.example\\?subject=([^>]+)>").matcher(squeezed(
                            new String(sandbox.awaitSentTo("one@rcpt.test", Duration.ofSeconds(60)).raw())));
            assertThat(field.find()).isTrue();
            String token = field.group(2);
            assertThat(token).isEqualTo(field.group(1));

            for (String subject : List.of("", "please take me off", token + "&t=x", "forged" + token,
                    token.toLowerCase(Locale.ROOT))) {
                leave(sandbox, subject);
            }
            assertThat(list.size()).isZero();
            leave(sandbox, token);
            leave(sandbox, token);
            assertThat(list.find(List.of("one@rcpt.test"), "news")).hasSize(1);
            assertThat(list.find(List.of("one@rcpt.test"), "invoices")).isEmpty();
            assertThat(list.size()).isEqualTo(1);
        }
    }

    /** Returns when the route has run: the webhook responds 200 after it. */
    private static void leave(PostalSandbox sandbox, String subject) {
        long before = sandbox.webhookRequests().stream().filter(post -> post.status() == 200).count();
        sandbox.receive("any@rcpt.test", "leave@acme.example",
                ("From: any@rcpt.test\r\nTo: leave@acme.example\r\nMessage-ID: <" + UUID.randomUUID() + "@rcpt.test>\r\n"
                        + "Subject: " + subject + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(
                () -> sandbox.webhookRequests().stream().filter(post -> post.status() == 200).count() > before);
    }

    private static void startRoutesOfThePage(CamelApp app, PostalSandbox sandbox, PostalSuppressionList list)
            throws Exception {
        app.context().getRegistry().bind("suppressions", list);
        PostalConfiguration postal = app.sendTo(sandbox).context().getComponent("postal", PostalComponent.class)
                .getConfiguration();
        postal.setProcessingTimeout(60_000); // on a slow machine the first request takes longer than Postal waits
        postal.setConversationSecret("a:" + "k7".repeat(32));
        postal.setPublicKey(sandbox.publicKeyPem());
        app.context().start(); // before, the server has no port
        app.context().getPropertiesComponent().addOverrideProperty("unsubscribe-page",
                "http://127.0.0.1:" + app.port() + "/unsubscribe");
        app.context().addRoutes(new RecipientsRoutes());
        app.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:operator").log("${header.CamelPostalReason}");
            }
        });
    }

    private static String squeezed(String text) {
        return Pattern.compile("\\s+").matcher(text).replaceAll(" ").strip();
    }
}
