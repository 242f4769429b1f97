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
package io.github.camelpostal.examples.jmstomail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;

import io.github.camelpostal.ledger.PostalSendLedger;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessagesBecomeMailsTest {
    @TempDir
    Path folder;
    private PostalSandbox sandbox;
    private RunningRoutes routes;

    @BeforeEach
    void start() {
        sandbox = PostalSandbox.builder().domain("shop.example").start();
        routes = new RunningRoutes(folder, sandbox.port(), sandbox.apiKey());
        sandbox.postEventsTo(routes.here("/postal/events"));
        sandbox.routeTo("*@shop.example", routes.here("/postal/mail"));
    }

    @AfterEach
    void stop() {
        routes.close();
        sandbox.close();
    }

    @Test
    void aTextMessageBecomesAMailWithTextAndEscapedHtml() throws Exception {
        routes.put(RunningRoutes.order("7", "zoe@customer.example"));

        StoredMail mail = sandbox.awaitSentTo("zoe@customer.example", RunningRoutes.TIMEOUT);
        assertThat(mail).returns("Your order 7", StoredMail::subject).returns("7", StoredMail::tag)
                .returns("shop@shop.example", StoredMail::mailFrom);
        Multipart alternatives = (Multipart) mail.mime().getContent();
        assertThat(alternatives.getBodyPart(0).getContent().toString()).contains("Dear Zoë & Söhne", "2 x saddle <brown>");
        assertThat(alternatives.getBodyPart(1).getContent().toString()).contains("Zoë &amp; Söhne", "saddle &lt;brown&gt;");
    }

    @Test
    void theBytesOfABytesMessageAreAttachedUnchanged() throws Exception {
        byte[] file = new byte[200_000];
        new Random(1).nextBytes(file);
        routes.put(file,
                Map.of("order", RunningRoutes.order("8", "ann@customer.example"), "filename", "invoice.pdf", "contentType",
                        "application/pdf"));

        StoredMail mail = sandbox.awaitSentTo("ann@customer.example", RunningRoutes.TIMEOUT);
        assertThat(attached(mail, "invoice.pdf")).isEqualTo(file);
    }

    @Test
    void whatPostalRefusesIsPutAsideUntouchedWithPostalsReason() {
        String refused = RunningRoutes.order("9", "a".repeat(300) + "@customer.example");
        routes.put(refused, Map.of("priority", "high"));

        Exchange dead = routes.take("mails.dead-letters");
        assertThat(dead.getMessage().getBody()).isEqualTo(refused);
        assertThat(dead.getMessage().getHeaders()).containsEntry("priority", "high").containsKey(Request.CODE);
        assertThat(dead.getMessage().getHeader(Request.TEXT, String.class)).contains("send").doesNotContain("customer.example");
        assertThat(sandbox.sent()).isEmpty();
    }

    @Test
    void whatNoMailCanBeMadeOfIsPutAside() {
        routes.put("{\"order\": \"10\"");
        routes.put(RunningRoutes.order("11", "x@customer.example").replace("\"name\"", "\"nom\""));
        routes.put(new byte[]{1, 2, 3}, Map.of());

        assertThat(routes.take("mails.dead-letters").getMessage().getHeader(Request.CODE)).isEqualTo("Unreadable");
        assertThat(routes.take("mails.dead-letters").getMessage().getHeader(Request.CODE)).isEqualTo("Unreadable");
        Exchange bytes = routes.take("mails.dead-letters");
        assertThat(bytes.getMessage().getHeader(Request.CODE)).isEqualTo("Unreadable");
    }

    @Test
    void whatFailsEachTimeIsPutAsideInTheEnd(@TempDir Path other) {
        try (RunningRoutes oneAttempt = new RunningRoutes(other, sandbox.port(), sandbox.apiKey(),
                Map.of("jms-to-mail.attempts", "0"))) {
            oneAttempt.put(RunningRoutes.order("12", "zoe@customer.example"));

            assertThat(oneAttempt.take("mails.dead-letters").getMessage().getHeader(Request.TEXT, String.class))
                    .contains("each time");
            assertThat(sandbox.sent()).isEmpty();
        }
    }

    @Test
    void deliveryEventsGoToAQueueAndSayWhichOrderTheyAreAbout() {
        routes.put(RunningRoutes.order("12", "hardfail@customer.example"));

        Exchange event = routes.take("mail-events");
        assertThat(event.getMessage().getHeader("order")).isEqualTo("12");
        assertThat(event.getMessage().getHeader("outcome")).isEqualTo("failed");
        assertThat(event.getMessage().getBody(String.class)).contains("\"status\":\"HardFail\"");
    }

    /** The very first mail: no message of Postal is known from which one could look further. */
    @Test
    void anEventSettlesAMailWhoseResponseIsLost() {
        sandbox.apiFaults().on("send/raw").next(1).loseResponse();
        routes.put(RunningRoutes.order("13", "zoe@customer.example"));

        assertThat(routes.take("mail-events").getMessage().getHeader("order")).isEqualTo("13");
        PostalSendLedger ledger = routes.camel().getRegistry().lookupByNameAndType("ledger", PostalSendLedger.class);
        RunningRoutes.eventually(() -> ledger.countOpen("http://127.0.0.1:" + sandbox.port()) == 0);
        assertThat(sandbox.sent()).hasSize(1);
    }

    @Test
    void inboundMailGoesToAQueue() {
        sandbox.receive("zoe@customer.example", "orders@shop.example",
                "From: zoe@customer.example\r\nTo: orders@shop.example\r\nSubject: Hello\r\n\r\nHow are you?\r\n".getBytes());

        assertThat(routes.take("inbound-mails").getMessage().getBody(String.class)).contains("How are you?",
                "\"subject\":\"Hello\"");
    }

    private static byte[] attached(StoredMail mail, String name) throws MessagingException, IOException {
        Multipart parts = (Multipart) mail.mime().getContent();
        for (int i = 0; i < parts.getCount(); i++) {
            if (name.equals(parts.getBodyPart(i).getFileName())) {
                return parts.getBodyPart(i).getInputStream().readAllBytes();
            }
        }
        throw new AssertionError("No attachment " + name);
    }
}
