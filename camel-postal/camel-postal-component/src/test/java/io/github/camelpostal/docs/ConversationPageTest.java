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

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.camelpostal.CamelApp;
import io.github.camelpostal.PostalComponent;
import io.github.camelpostal.PostalConfiguration;
import io.github.camelpostal.sandbox.HttpEndpoint;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The routes of conversations.md are these files, and they do what the page says. */
class ConversationPageTest {

    private static final Path BASE = Path.of(System.getProperty("basedir", ".")).toAbsolutePath();
    private static final Duration LONG = Duration.ofSeconds(60);

    @ParameterizedTest
    @ValueSource(strings = {"ApprovalRoute", "ReceiptRoute"})
    void theJavaOfThePageIsCompiledHere(String name) throws IOException {
        String page = Files.readString(BASE.resolve("../../src/docs/conversations.md"));
        String file = Files.readString(BASE.resolve("src/test/java/io/github/camelpostal/docs/" + name + ".java"));
        String type = file.substring(file.indexOf("public class"));

        assertThat(page).contains("```java\n" + type + "```");
    }

    @Test
    void aReplyDecides() throws Exception {
        BlockingQueue<Object> decisions = new LinkedBlockingQueue<>();
        try (PostalSandbox postal = PostalSandbox.start(); CamelApp app = app(postal)) {
            app.context().addRoutes(new ApprovalRoute());
            app.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:decide").process(exchange -> decisions
                            .add(exchange.getMessage().getHeader("CamelPostalConversationId") + ": "
                                    + exchange.getMessage().getBody(String.class)));
                }
            });
            start(app, postal);
            app.context().createProducerTemplate().sendBody("direct:approvals",
                    Map.of("id", "order-4711", "approver", "ann@customer.example"));
            StoredMail question = postal.awaitSentTo("ann@customer.example", LONG);

            postal.receive("ann@customer.example", question.mime().getReplyTo()[0].toString(),
                    "From: ann@customer.example\r\nSubject: Re: Order order-4711\r\n\r\nYes\r\n> Do you approve"
                            .getBytes(StandardCharsets.US_ASCII));

            assertThat(decisions.poll(60, TimeUnit.SECONDS)).isEqualTo("order-4711: Yes");
        }
    }

    @Test
    void aPersonGetsAReceipt() throws Exception {
        try (PostalSandbox postal = PostalSandbox.start(); CamelApp app = app(postal)) {
            app.context().addRoutes(new ReceiptRoute());
            start(app, postal);

            postal.receive("ann@customer.example", "shop@example.com",
                    "From: ann@customer.example\r\nSubject: Hello\r\n\r\nHello\r\n".getBytes(StandardCharsets.US_ASCII));

            StoredMail receipt = postal.awaitSentTo("ann@customer.example", LONG);
            assertThat(receipt.subject()).isEqualTo("Re: Hello");
            assertThat(receipt.mime().getHeader("Auto-Submitted")).containsExactly("auto-replied");
        }
    }

    private static CamelApp app(PostalSandbox postal) throws Exception {
        CamelApp app = CamelApp.create();
        PostalConfiguration options = app.context().getComponent("postal", PostalComponent.class).getConfiguration();
        app.sendTo(postal);
        options.setProcessingTimeout(60_000); // on a slow machine the first request takes longer than Postal waits
        options.setFrom("shop@example.com");
        options.setReplyAddress("approvals@example.com");
        options.setConversationSecret("a:0123456789abcdef0123456789abcdef");
        return app;
    }

    private static void start(CamelApp app, PostalSandbox postal) {
        app.context().start();
        URI here = URI.create("http://127.0.0.1:" + app.port() + "/postal");
        postal.routeTo("*@example.com", HttpEndpoint.of(here).withTimeout(Duration.ofSeconds(70)));
    }
}
