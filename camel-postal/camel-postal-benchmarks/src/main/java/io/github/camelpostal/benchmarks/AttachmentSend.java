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
package io.github.camelpostal.benchmarks;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.activation.DataHandler;
import jakarta.activation.FileDataSource;

import com.sun.management.ThreadMXBean;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A process that sends one large file in one way and prints what that took, after some small ones that nobody measures. */
public final class AttachmentSend {

    private static final int WARM_UP = 200;

    private AttachmentSend() {
    }

    /** @param arguments the way, URL of the server, a small file, the file */
    public static void main(String[] arguments) throws Exception {
        URI postal = URI.create(arguments[1]);
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.addRoutes(routes(arguments[1]));
            camel.start();
            ProducerTemplate template = camel.createProducerTemplate();
            Sender sender = switch (arguments[0]) {
                case "component" -> file -> check(template.send("direct:component", mail -> attach(file, mail)));
                case "by-hand" -> file -> check(template.send("direct:by-hand", mail -> mail.getMessage().setBody(file)));
                case "minimum" -> file -> minimum(postal, file);
                default -> throw new IllegalArgumentException(arguments[0]);
            };
            for (int i = 0; i < WARM_UP; i++) {
                sender.send(Path.of(arguments[2]));
            }
            Benchmarks.OUT.println(measured(sender, Path.of(arguments[3])));
        }
    }

    @FunctionalInterface
    private interface Sender {
        void send(Path file) throws Exception;
    }

    private static String measured(Sender sender, Path file) throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        System.gc();
        List<MemoryPoolMXBean> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP).toList();
        heap.forEach(MemoryPoolMXBean::resetPeakUsage);
        long allocated = threads.getThreadAllocatedBytes(self);
        long start = System.nanoTime();
        sender.send(file);
        long nanos = System.nanoTime() - start;
        allocated = threads.getThreadAllocatedBytes(self) - allocated;
        long peak = heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        return nanos + " " + allocated + " " + peak;
    }

    private static RouteBuilder routes(String url) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:component").to("postal:send?serverUrl=" + url + "&apiKey=key&from=a@acme.example&to=b@rcpt.test");
                from("direct:by-hand").process(AttachmentSend::document).marshal().json()
                        .setHeader("X-Server-API-Key", constant("key"))
                        .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
                        .to(url + "/api/v1/send/message?httpMethod=POST").unmarshal().json();
            }
        };
    }

    private static void attach(Path file, Exchange mail) {
        mail.getMessage().setBody("The file is attached.");
        mail.getMessage(AttachmentMessage.class).addAttachment("file.bin", new DataHandler(new FileDataSource(file.toFile())));
    }

    private static void document(Exchange exchange) throws IOException {
        byte[] content = Files.readAllBytes(exchange.getMessage().getBody(Path.class));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("from", "a@acme.example");
        document.put("to", List.of("b@rcpt.test"));
        document.put("plain_body", "The file is attached.");
        document.put("attachments", List.of(Map.of("name", "file.bin", "content_type", "application/octet-stream", "data",
                Base64.getEncoder().encodeToString(content))));
        exchange.getMessage().setBody(document);
    }

    /** What cannot be avoided: the file is read, encoded and written to the socket. */
    private static void minimum(URI postal, Path file) throws IOException {
        String beginning = "{\"from\":\"a@acme.example\",\"to\":[\"b@rcpt.test\"],\"plain_body\":\"The file is attached.\","
                + "\"attachments\":[{\"name\":\"file.bin\",\"content_type\":\"application/octet-stream\",\"data\":\"";
        String end = "\"}]}";
        long length = beginning.length() + (Files.size(file) + 2) / 3 * 4 + end.length();
        try (Socket socket = new Socket(postal.getHost(), postal.getPort())) {
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 32 * 1024);
            out.write(ascii("POST /api/v1/send/message HTTP/1.1\r\nHost: postal\r\nContent-Length: " + length + "\r\n\r\n"));
            out.write(ascii(beginning));
            OutputStream base64 = Base64.getEncoder().wrap(new KeptOpen(out));
            Files.copy(file, base64);
            base64.close();
            out.write(ascii(end));
            out.flush();
            if (socket.getInputStream().read() < 0) {
                throw new IOException("No response");
            }
        }
    }

    private static void check(Exchange exchange) throws Exception {
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Closing the encoder writes its last characters, and must do no more. */
    private static final class KeptOpen extends java.io.FilterOutputStream {

        KeptOpen(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
