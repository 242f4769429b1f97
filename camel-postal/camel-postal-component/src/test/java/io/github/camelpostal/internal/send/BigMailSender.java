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

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.activation.DataHandler;
import jakarta.activation.DataSource;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

import com.sun.net.httpserver.HttpServer;
import io.github.camelpostal.PostalComponent;
import io.github.camelpostal.api.PostalAttachment;
import io.github.camelpostal.api.PostalMessage;
import io.github.camelpostal.payload.Content;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * A program for {@link BigMailTest}: sends mails that are larger than its heap to a server in the same JVM that throws them away.
 * It ends with 0 when every call carried as many bytes as it had to.
 */
final class BigMailSender {

    private static final long SIZE = 256L << 20;
    private static final String SUCCESS = "{\"status\":\"success\",\"time\":0.1,\"flags\":{},\"data\":{\"message_id\":\"m\","
            + "\"messages\":{\"b@x.test\":{\"id\":1,\"token\":\"t\"}}}}";

    private BigMailSender() {
    }

    public static void main(String[] args) throws Exception {
        AtomicLong received = new AtomicLong();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            received.set(count(exchange.getRequestBody()));
            exchange.sendResponseHeaders(200, SUCCESS.length());
            exchange.getResponseBody().write(SUCCESS.getBytes(StandardCharsets.US_ASCII));
            exchange.close();
        });
        server.start();
        boolean ok = true;
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            PostalComponent component = camel.getComponent("postal", PostalComponent.class);
            component.getConfiguration().setServerUrl("http://127.0.0.1:" + server.getAddress().getPort());
            component.getConfiguration().setApiKey("key");
            camel.start();
            String options = "?from=a@x.test&to=b@x.test&transport=";
            ok &= send(camel, "postal:send" + options + "message", attached(), received, SIZE * 4 / 3);
            ok &= send(camel, "postal:send" + options + "raw", attached(), received, SIZE * 16 / 9);
            ok &= send(camel, "postal:send", mime(), received, SIZE * 16 / 9);
            ok &= send(camel, "postal:sendRaw" + options + "auto", new Zeros("From: a@x.test\r\nTo: b@x.test\r\n\r\n"),
                    received, SIZE * 4 / 3);
        } finally {
            server.stop(0);
        }
        System.exit(ok ? 0 : 1);
    }

    private static boolean send(DefaultCamelContext camel, String uri, Object body, AtomicLong received, long atLeast) {
        received.set(0);
        Exchange exchange = camel.createProducerTemplate().send(uri, e -> e.getMessage().setBody(body));
        return exchange.getException() == null && received.get() >= atLeast;
    }

    private static long count(InputStream in) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long total = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            total += n;
        }
        return total;
    }

    private static PostalMessage attached() {
        return PostalMessage.builder().plainBody("see attached")
                .attachment(PostalAttachment.of("zeros.bin", "application/x-zeros", new Content() {
                    @Override
                    public InputStream open() {
                        return new Zeros("");
                    }

                    @Override
                    public long length() {
                        return SIZE;
                    }
                })).build();
    }

    private static MimeMessage mime() throws Exception {
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new DataSource() {
            @Override
            public InputStream getInputStream() {
                return new Zeros("");
            }

            @Override
            public OutputStream getOutputStream() {
                throw new UnsupportedOperationException();
            }

            @Override
            public String getContentType() {
                return "application/x-zeros";
            }

            @Override
            public String getName() {
                return "zeros.bin";
            }
        }));
        part.setHeader("Content-Transfer-Encoding", "base64");
        MimeMessage mime = new MimeMessage((Session) null);
        mime.setFrom("a@x.test");
        mime.setRecipients(RecipientType.TO, "b@x.test");
        mime.setContent(new MimeMultipart(part));
        return mime;
    }

    /** A beginning, then zeros up to the size; nothing of it is in memory. */
    private static final class Zeros extends InputStream {

        private final byte[] beginning;
        private long position;

        Zeros(String beginning) {
            this.beginning = beginning.getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (position >= SIZE) {
                return -1;
            }
            if (position < beginning.length) {
                into[offset] = beginning[(int) position++];
                return 1;
            }
            int count = (int) Math.min(length, SIZE - position);
            Arrays.fill(into, offset, offset + count, (byte) 0);
            position += count;
            return count;
        }
    }
}
