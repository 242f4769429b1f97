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
package io.github.camelpostal.memory;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;

import jakarta.activation.DataHandler;
import jakarta.activation.DataSource;

import io.github.camelpostal.PostalComponent;
import io.github.camelpostal.api.SendResult;
import io.github.camelpostal.testing.ForkedJava;
import org.apache.camel.Exchange;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.attachment.DefaultAttachment;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A process that sends one large mail by a route, and tells the most heap that it needed. */
public final class LargeSend {

    private LargeSend() {
    }

    /** @param arguments URL of the server, {@link Kind}, MiB */
    public static void main(String[] arguments) throws Exception {
        Kind kind = Kind.valueOf(arguments[1]);
        long length = Long.parseLong(arguments[2]) * SizeOf.MIB;
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            PostalComponent postal = camel.getComponent("postal", PostalComponent.class);
            postal.getConfiguration().setServerUrl(arguments[0]);
            postal.getConfiguration().setApiKey("key");
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:mail").noStreamCaching().to(kind.uri + "?from=a@acme.example&to=b@rcpt.test");
                }
            });
            camel.start();
            Exchange exchange = camel.createFluentProducerTemplate().to("direct:mail")
                    .withProcessor(mail -> kind.fill(mail, length)).send();
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
            ForkedJava.tell(exchange.getMessage().getBody(SendResult.class).messageId());
            ForkedJava.tell(String.valueOf(ForkedJava.peakHeap()));
        }
    }

    /** The ways of content through the component. */
    enum Kind {
        /** An attachment in the structured call, of unknown length. */
        STRUCTURED("postal:send"),
        /** The same in a MIME message that the component builds. */
        RAW("postal:send") {
            @Override
            void fill(Exchange mail, long length) {
                super.fill(mail, length);
                mail.getMessage(AttachmentMessage.class).getAttachmentObject("large.bin").setHeader("Content-ID", "<large>");
            }
        },
        /** A complete message as a stream. */
        COMPLETE("postal:sendRaw") {
            @Override
            void fill(Exchange mail, long length) {
                byte[] header = "Subject: large\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
                mail.getMessage().setBody(new SequenceInputStream(new ByteArrayInputStream(header), new Zeros(length)));
            }
        };

        private final String uri;

        Kind(String uri) {
            this.uri = uri;
        }

        void fill(Exchange mail, long length) {
            mail.getMessage().setBody("The file is attached.");
            mail.getMessage(AttachmentMessage.class).addAttachmentObject("large.bin",
                    new DefaultAttachment(new DataHandler(new ZerosSource(length))));
        }
    }

    private record ZerosSource(long length) implements DataSource {

        @Override
        public InputStream getInputStream() {
            return new Zeros(length);
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            throw new IOException("Nobody writes here");
        }

        @Override
        public String getContentType() {
            return "application/octet-stream";
        }

        @Override
        public String getName() {
            return "large.bin";
        }
    }
}
