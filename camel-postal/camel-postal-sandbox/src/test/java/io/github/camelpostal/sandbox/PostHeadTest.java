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
package io.github.camelpostal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

/** What Postal's HTTP client puts on the wire before the body, byte for byte where it does not vary (protocol 4.3). */
class PostHeadTest {

    @Test
    void sendsTheRecordedHeadersInTheRecordedOrder() throws IOException {
        Recording recording = Recording.of("webhooks", "MessageSent-sent");

        List<String> head = headOf("/postal/webhook?source=postal", "");

        assertThat(comparable(head)).isEqualTo(comparable(lines(recording)));
    }

    @Test
    void buildsBasicCredentialsFromTheUndecodedUrl() throws IOException {
        Recording recording = Recording.of("incoming", "json-hash-url-with-basic-auth-and-query");

        List<String> head = headOf("/postal/incoming?token=abc&x=1", "user:p%40ss@");

        assertThat(comparable(head)).isEqualTo(comparable(lines(recording)));
        assertThat(head).contains("Authorization: Basic dXNlcjpwJTQwc3M=");
    }

    private static List<String> headOf(String target, String userInfo) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                PostalSandbox postal = PostalSandbox.start()) {
            server.setSoTimeout(60_000);
            postal.postEventsTo(URI.create("http://" + userInfo + "127.0.0.1:" + server.getLocalPort() + target));
            postal.server().sendLimitExceeded(2, 1);
            try (Socket socket = server.accept()) {
                String head = head(socket.getInputStream());
                socket.getOutputStream().write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                return Arrays.asList(head.split("\r\n"));
            }
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        return head.toString();
    }

    private static List<String> lines(Recording recording) {
        return Arrays.asList(recording.json().at("/request/raw_head").asText().split("\r\n"));
    }

    /** Signatures, the port and the length differ from run to run. */
    private static List<String> comparable(List<String> lines) {
        return lines.stream()
                .map(line -> line.replaceAll("^(X-Postal-Signature[^:]*|Content-Length): .*", "$1"))
                .map(line -> line.replaceAll("^(Host: 127.0.0.1):.*", "$1"))
                .toList();
    }
}
