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
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

import jakarta.activation.DataHandler;
import jakarta.activation.DataSource;

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.PostalRejectedException;
import io.github.camelpostal.sandbox.PostalSandbox;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.converter.stream.InputStreamCache;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A send that is repeated with a stream that was read before: never a mail without its text or its attachment. */
class OneTimeStreamsTest extends SendingTestSupport {

    private static final byte[] CONTENT = "%PDF-1.7 \0 content".getBytes(StandardCharsets.ISO_8859_1);

    @BeforeEach
    void routes() throws Exception {
        camel.setStreamCaching(false);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:both").errorHandler(noErrorHandler()).multicast().stopOnException().to(ENVELOPE, ENVELOPE);
            }
        });
    }

    @Test
    void anAttachmentIsNotLeftOut() {
        onlyTheFirstIsSent(exchange -> exchange.getMessage().setBody(map("plain_body", "x", "attachments",
                List.of(map("name", "a.pdf", "data", stream())))));
        DataHandler once = new DataHandler(new SameStream(stream()));
        onlyTheFirstIsSent(exchange -> {
            exchange.getMessage().setBody("x");
            exchange.getMessage(AttachmentMessage.class).addAttachment("a.pdf", once);
        });
    }

    @Test
    void aTextIsNotLeftOut() {
        onlyTheFirstIsSent(exchange -> {
            exchange.getMessage().setBody(text());
            exchange.getMessage().setHeader(PostalConstants.HTML_BODY, "<p>x</p>");
        });
        onlyTheFirstIsSent(exchange -> {
            exchange.getMessage().setBody("x");
            exchange.getMessage().setHeader(PostalConstants.SUBJECT, text());
        });
    }

    @Test
    void aSendThatCamelRepeatsIsRefusedToo() throws Exception {
        try (PostalSandbox sandbox = PostalSandbox.builder().domain("acme.example").start()) {
            component.getConfiguration().setServerUrl(sandbox.url().toString());
            component.getConfiguration().setApiKey(sandbox.apiKey());
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:repeated").errorHandler(defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(0))
                            .to(ENVELOPE + "&tag=repeated");
                }
            });
            sandbox.apiFaults().next(1).respond(429);
            Exchange exchange = run("direct:repeated", prepared -> prepared.getMessage().setBody(
                    map("plain_body", "x", "attachments", List.of(map("name", "a.pdf", "data", stream())))));
            assertRefused(exchange);
            assertThat(sandbox.sent().to("bob@rcpt.test")).isEmpty();
        }
    }

    @Test
    void whatCanBeReadAgainIsSentWholeEachTime() throws Exception {
        InputStreamCache cache = new InputStreamCache("Grüße".getBytes(StandardCharsets.UTF_8));
        ByteBuffer buffer = ByteBuffer.wrap("Grüße".getBytes(StandardCharsets.UTF_8));
        for (Object subject : new Object[]{cache, buffer, "Grüße"}) {
            for (int i = 0; i < 2; i++) {
                assertThat(sent(ENVELOPE, subject, PostalConstants.SUBJECT, subject).body().toString())
                        .contains("\"subject\":\"Grüße\"", "\"plain_body\":\"Grüße\"");
            }
        }
        InputStreamCache attached = new InputStreamCache(CONTENT);
        for (int i = 0; i < 2; i++) {
            assertThat(sent(ENVELOPE, map("plain_body", "x", "attachments", List.of(map("name", "a.pdf", "data", attached))))
                    .body().get("attachments").get(0).get("data").binaryValue()).isEqualTo(CONTENT);
        }
    }

    private void onlyTheFirstIsSent(Processor prepare) {
        postal.clear();
        assertRefused(run("direct:both", prepare));
        assertThat(postal.calls()).hasSize(1);
    }

    private static void assertRefused(Exchange exchange) {
        PostalRejectedException refused = exchange.getException(PostalRejectedException.class);
        assertThat(refused).isNotNull();
        assertThat(refused.code()).isEqualTo(PostalErrorCode.CONTENT_UNREADABLE);
        assertThat(refused).hasStackTraceContaining("read already");
    }

    private static InputStream stream() {
        return new ByteArrayInputStream(CONTENT);
    }

    private static InputStream text() {
        return new ByteArrayInputStream("text".getBytes(StandardCharsets.UTF_8));
    }

    /** As many write it: {@code getInputStream} should open another one each time. */
    private record SameStream(InputStream getInputStream) implements DataSource {

        @Override
        public InputStream getInputStream() {
            return getInputStream;
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            throw new IOException();
        }

        @Override
        public String getContentType() {
            return "application/pdf";
        }

        @Override
        public String getName() {
            return "a.pdf";
        }
    }
}
