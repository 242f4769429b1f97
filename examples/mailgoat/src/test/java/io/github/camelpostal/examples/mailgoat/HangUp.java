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
package io.github.camelpostal.examples.mailgoat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that reads the request to its end and hangs up: what a Postal looks like that is restarted at the wrong moment. */
final class HangUp implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
    private final AtomicInteger requests = new AtomicInteger();

    HangUp() throws IOException {
        Thread thread = new Thread(this::serve, "hang-up");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    int requests() {
        return requests.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                read(socket.getInputStream());
                requests.incrementAndGet();
            } catch (IOException e) {
                // the client or the test is gone
            }
        }
    }

    private static void read(InputStream in) throws IOException {
        StringBuilder seen = new StringBuilder();
        long missing = Long.MAX_VALUE;
        while (missing > 0) {
            int next = in.read();
            if (next < 0) {
                return;
            }
            seen.append((char) next);
            int end = seen.indexOf("\r\n\r\n");
            if (end >= 0) {
                missing = stillMissing(seen, end);
            }
        }
    }

    private static long stillMissing(StringBuilder seen, int end) {
        String head = seen.substring(0, end);
        Matcher length = LENGTH.matcher(head);
        if (length.find()) {
            return Long.parseLong(length.group(1)) - (seen.length() - end - 4);
        }
        byte[] body = seen.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1);
        return new String(body, StandardCharsets.ISO_8859_1).endsWith("0\r\n\r\n") ? 0 : 1;
    }
}
