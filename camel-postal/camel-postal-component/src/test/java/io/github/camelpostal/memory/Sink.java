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

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** A server that takes one chunked request to its end, counts it, and responds as Postal responds to a send. */
final class Sink implements AutoCloseable {

    private static final String RESULT = "{\"status\":\"success\",\"time\":0.1,\"flags\":{},\"data\":{\"message_id\":\"large@sink\","
            + "\"messages\":{\"b@rcpt.test\":{\"id\":1,\"token\":\"abc\"}}}}";
    private static final byte[] LAST_CHUNK = "\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final CompletableFuture<Long> received = CompletableFuture.supplyAsync(this::takeOne);

    Sink() throws IOException {
    }

    String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    /** How many bytes came, once they are all there. */
    long received() {
        return received.join();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private long takeOne() {
        try (Socket socket = listener.accept()) {
            long total = drain(socket.getInputStream());
            socket.getOutputStream().write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                    + RESULT.length() + "\r\n\r\n" + RESULT).getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            return total;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long drain(InputStream in) throws IOException {
        byte[] buffer = new byte[256 * 1024];
        byte[] tail = new byte[LAST_CHUNK.length];
        long total = 0;
        do {
            int count = in.read(buffer);
            if (count < 0) {
                throw new IOException("The request ended after " + total + " bytes");
            }
            total += count;
            int kept = Math.min(count, tail.length);
            System.arraycopy(tail, kept, tail, 0, tail.length - kept);
            System.arraycopy(buffer, count - kept, tail, tail.length - kept, kept);
        } while (!java.util.Arrays.equals(tail, LAST_CHUNK));
        return total;
    }
}
