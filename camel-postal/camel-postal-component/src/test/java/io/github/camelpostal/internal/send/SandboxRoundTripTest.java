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
package io.github.camelpostal.internal.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;

import jakarta.mail.internet.MimeMessage;

import io.github.camelpostal.PostalComponent;
import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.api.Delivery;
import io.github.camelpostal.api.PostalAccessException;
import io.github.camelpostal.api.PostalAttachment;
import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.PostalMessage;
import io.github.camelpostal.api.PostalRejectedException;
import io.github.camelpostal.api.StoredMessage;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a route sends is what the sandbox stores, and what a route reads back. */
class SandboxRoundTripTest {

    private static final byte[] BINARY = {(byte) 0x89, 'P', 'N', 'G', 0, 1, 2, (byte) 0xFF};
    private static final String SEND = "postal:send?from=Sales <sales@acme.example>&subject=Grüße&tag=t1";

    private PostalSandbox sandbox;
    private DefaultCamelContext camel;
    private ProducerTemplate template;

    @BeforeEach
    void start() {
        sandbox = PostalSandbox.builder().domain("acme.example").start();
        camel = new DefaultCamelContext();
        PostalComponent component = camel.getComponent("postal", PostalComponent.class);
        component.getConfiguration().setServerUrl(sandbox.url().toString());
        component.getConfiguration().setApiKey(sandbox.apiKey());
        camel.start();
        template = camel.createProducerTemplate();
    }

    @AfterEach
    void stop() {
        camel.stop();
        sandbox.close();
    }

    @Test
    void aTextMailIsSentReadAndItsDeliveryFollowed() throws Exception {
        Exchange sent = send(SEND + "&to=Zoë <delivered@rcpt.test>", "Grüße, Zoë");
        StoredMail stored = sandbox.awaitSentTo("delivered@rcpt.test", Duration.ofSeconds(60));
        Message mail = new DefaultMessageBuilder().parseMessage(new ByteArrayInputStream(stored.raw()));
        assertThat(mail.getSubject()).isEqualTo("Grüße");
        assertThat(mail.getTo().flatten().get(0).getName()).isEqualTo("Zoë");
        assertThat(stored.tag()).isEqualTo("t1");
        assertThat(sent.getMessage().getHeader(PostalConstants.ID)).isEqualTo(stored.id());
        assertThat(sent.getMessage().getHeader(PostalConstants.TOKEN)).isEqualTo(stored.token());

        // the id header is still there, so reading it back needs nothing else
        sent.getMessage().setBody(null);
        StoredMessage read = template.send("postal:read?expansions=all", sent).getMessage().getBody(StoredMessage.class);
        assertThat(read.plainBody()).contains("Grüße, Zoë");
        assertThat(read.details().tag()).contains("t1");
        assertThat(camel.getTypeConverter().mandatoryConvertTo(MimeMessage.class, read).getSubject()).isEqualTo("Grüße");
        List<?> deliveries = template.send("postal:deliveries", sent).getMessage().getBody(List.class);
        assertThat(deliveries).isNotEmpty().allMatch(Delivery.class::isInstance);
    }

    @Test
    void anAttachmentComesBackFromBothTransports() throws Exception {
        for (String transport : List.of("message", "raw")) {
            Exchange sent = send(SEND + "&to=delivered@rcpt.test&transport=" + transport, PostalMessage.builder().plainBody("x")
                    .attachment(PostalAttachment.of("bild ä.png", "image/png", BINARY)).build());
            assertThat(sent.getException()).isNull();
            Exchange read = template.send("postal:read?expansions=attachments", sent);
            assertThat(read.getMessage().getBody(StoredMessage.class).attachments()).as(transport).hasSize(1);
            AttachmentMessage message = read.getMessage(AttachmentMessage.class);
            assertThat(message.getAttachmentNames()).containsExactly("bild ä.png");
            assertThat(message.getAttachment("bild ä.png").getInputStream().readAllBytes()).isEqualTo(BINARY);
        }
    }

    @Test
    void aMailThatIsOnlyAnAttachmentIsReadWithIt() {
        Exchange sent = send(SEND + "&to=delivered@rcpt.test",
                PostalMessage.builder().attachment(PostalAttachment.of("a.png", "image/png", BINARY)).build());
        assertThat(sent.getException()).isNull();
        Exchange read = template.send("postal:read?expansions=attachments", sent);
        assertThat(read.getMessage(AttachmentMessage.class).getAttachmentNames()).containsExactly("a.png");
    }

    @Test
    void aRawMailKeepsItsMessageIdAndTag() {
        Exchange sent = send("postal:sendRaw?tag=raw-tag",
                "From sender\nFrom: sales@acme.example\nTo: delivered@rcpt.test\nMessage-ID: <m1@acme.example>\n\nbody");
        assertThat(sent.getMessage().getHeader(PostalConstants.MESSAGE_ID)).isEqualTo("m1@acme.example");
        StoredMail stored = sandbox.awaitSentTo("delivered@rcpt.test", Duration.ofSeconds(60));
        assertThat(stored.messageId()).isEqualTo("m1@acme.example");
        assertThat(stored.tag()).isEqualTo("raw-tag");
    }

    @Test
    void postalsRefusalsAreExceptionsOfTheirKind() {
        Exchange foreign = send("postal:send?from=a@foreign.test&to=delivered@rcpt.test", "x");
        assertThat(foreign.getException()).isInstanceOfSatisfying(PostalRejectedException.class,
                e -> assertThat(e.code()).isEqualTo(PostalErrorCode.UNAUTHENTICATED_FROM_ADDRESS));
        assertThat(send("postal:read", 4711).getException()).isInstanceOfSatisfying(PostalRejectedException.class,
                e -> assertThat(e.code()).isEqualTo(PostalErrorCode.MESSAGE_NOT_FOUND));
        assertThat(send("postal:read?apiKey=wrong", 4711).getException()).isInstanceOf(PostalAccessException.class);
    }

    private Exchange send(String uri, Object body) {
        return template.send(uri, exchange -> exchange.getMessage().setBody(body));
    }
}
