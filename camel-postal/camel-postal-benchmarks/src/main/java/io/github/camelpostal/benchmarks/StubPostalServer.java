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

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Responds to every request as Postal does to a send, with an id of its own, and does nothing else: a thread per connection that reads into one buffer and
 * writes one array, so that neither time nor memory of the server blurs the comparison. Knows just enough HTTP to find the end
 * of a request.
 */
final class StubPostalServer implements AutoCloseable {

    private static final long FIRST_ID = 1_000_000_000; // so many that their number of digits stays
    private static final byte[] LENGTH = ascii("\r\ncontent-length: ");
    private static final byte[] END_OF_HEAD = ascii("\r\n\r\n");
    private static final byte[] END_OF_CHUNKS = ascii("\r\n0\r\n\r\n");

    private final ServerSocket listener;
    private final String response;
    private final int endOfFirstId;
    // as Postal's: a ledger notices ids that go back
    private final AtomicLong lastId = new AtomicLong(FIRST_ID);
    private volatile long responseNanos;

    /** For mails to one recipient. */
    StubPostalServer() throws IOException {
        this(List.of("jane@rcpt.test"));
    }

    /** @param recipients to whom it says that it sends */
    StubPostalServer(List<String> recipients) throws IOException {
        response = response(recipients);
        endOfFirstId = response.indexOf(FIRST_ID + ",") + 10;
        listener = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    /** From now on each response takes so long. */
    void respondAfter(Duration time) {
        responseNanos = time.toNanos();
    }

    String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = listener.accept();
                connection.setTcpNoDelay(true);
                start(() -> serve(connection));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = connection.getInputStream();
            OutputStream out = connection.getOutputStream();
            byte[] buffer = new byte[256 * 1024];
            byte[] bytes = ascii(response);
            while (readRequest(in, buffer)) {
                LockSupport.parkNanos(responseNanos);
                AsciiSearch.write(lastId.incrementAndGet(), bytes, endOfFirstId);
                out.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean readRequest(InputStream in, byte[] buffer) throws IOException {
        int filled = 0;
        int body = -1;
        while (body < 0) {
            int count = in.read(buffer, filled, buffer.length - filled);
            if (count < 0) {
                return false;
            }
            filled += count;
            body = AsciiSearch.after(END_OF_HEAD, buffer, 0, filled);
        }
        int length = AsciiSearch.after(LENGTH, buffer, 0, body);
        if (length > 0) {
            skip(in, buffer, AsciiSearch.number(buffer, length) - (filled - body));
        } else {
            skipChunks(in, buffer, filled);
        }
        return true;
    }

    private static void skip(InputStream in, byte[] buffer, long rest) throws IOException {
        long left = rest;
        while (left > 0) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                throw new IOException("The request breaks off");
            }
            left -= count;
        }
    }

    private static void skipChunks(InputStream in, byte[] buffer, int alreadyFilled) throws IOException {
        int filled = alreadyFilled;
        while (!AsciiSearch.endsWith(END_OF_CHUNKS, buffer, filled)) {
            if (filled == buffer.length) { // only its end matters
                System.arraycopy(buffer, filled - END_OF_CHUNKS.length, buffer, 0, END_OF_CHUNKS.length);
                filled = END_OF_CHUNKS.length;
            }
            int count = in.read(buffer, filled, buffer.length - filled);
            if (count < 0) {
                throw new IOException("The request breaks off");
            }
            filled += count;
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "stub-postal-server");
        thread.setDaemon(true);
        thread.start();
    }

    private static String response(List<String> recipients) {
        String json = "{\"status\":\"success\",\"time\":0.02,\"flags\":{},\"data\":{\"message_id\":"
                + "\"8a2d6b94-7e41-4cd3-9a3b-2f0d4a1c7e55@rp.postal.example\",\"messages\":{"
                + recipients.stream().map(to -> "\"" + to + "\":{\"id\":" + FIRST_ID + ",\"token\":\"JHxvwTuEJ9pYqCdB\"}")
                        .collect(Collectors.joining(","))
                + "}}}";
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: " + json.length()
                + "\r\n\r\n" + json;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
