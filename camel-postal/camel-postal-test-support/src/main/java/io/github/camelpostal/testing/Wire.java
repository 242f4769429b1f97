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
package io.github.camelpostal.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** An HTTP client that sends exactly the given bytes and shows exactly what comes back. */
public final class Wire {

    private Wire() {
    }

    /** A response as it was on the wire. */
    public record Response(int status, Map<String, String> headers, byte[] body) {

        public String text() {
            return new String(body, StandardCharsets.ISO_8859_1);
        }
    }

    /** Sends what was recorded, byte for byte but for the path, which no signature covers (protocol 6.1). */
    public static Response send(int port, String path, Recording recording) throws IOException {
        String head = Recording.file(recording.name()).path("request").path("raw_head").asText()
                .replaceFirst(" \\S+ HTTP", " " + path + " HTTP");
        return send(port, head.getBytes(StandardCharsets.ISO_8859_1), recording.body());
    }

    /** Sends a request with the usual headers of Postal and some more. */
    public static Response post(int port, String path, byte[] body, String... headers) throws IOException {
        return request(port, "POST", path, body, headers);
    }

    /** The same with any method. */
    public static Response request(int port, String method, String path, byte[] body, String... headers) throws IOException {
        return send(port, head(method, path, body.length, headers), body);
    }

    /** A request head with the usual headers of Postal, a content length and some more headers. */
    public static byte[] head(String method, String path, long length, String... headers) {
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "User-Agent: Postal/3.3.6\r\n");
        if (List.of(headers).stream().noneMatch(header -> header.startsWith("Content-Type"))) {
            head.append("Content-Type: application/json\r\n");
        }
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return head.append("Content-Length: ").append(length).append("\r\n\r\n").toString()
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    public static Response send(int port, byte[] head, byte[] body) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(60_000);
            try {
                socket.getOutputStream().write(head);
                socket.getOutputStream().write(body);
                socket.getOutputStream().flush();
            } catch (IOException closed) {
                // before all was written, as Ruby's client expects too: then the response has come already
            }
            return read(socket.getInputStream());
        }
    }

    /** Reads one response to its end. */
    public static Response read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("Closed after: " + head);
            }
            head.write(next);
        }
        String[] lines = head.toString(StandardCharsets.ISO_8859_1).split("\r\n");
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length; i++) {
            String[] parts = lines[i].split(":", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].trim());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "-1"));
        int status = Integer.parseInt(lines[0].split(" ")[1]);
        byte[] body = length >= 0 || status < 200 ? in.readNBytes(Math.max(length, 0)) : in.readAllBytes();
        return new Response(status, headers, body);
    }
}
