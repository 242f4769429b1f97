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
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

import io.github.camelpostal.benchmarks.Contest.Call;

/** Posts ready-made requests over one connection and accepts no other response than 200; makes no garbage. */
final class PreparedRequestCall implements Call {

    private static final byte[] END_OF_HEAD = ascii("\r\n\r\n");
    private static final byte[] END_OF_CHUNKS = ascii("\r\n0\r\n\r\n");
    private static final byte[] LENGTH = ascii("\r\ncontent-length: ");
    private static final byte[] OK = ascii("http/1.1 200 ");

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final Supplier<byte[]> requests;
    private final byte[] response = new byte[8 * 1024];

    PreparedRequestCall(int port, Supplier<byte[]> requests) throws IOException {
        this.socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
        this.requests = requests;
    }

    @Override
    public void make() throws IOException {
        out.write(requests.get());
        int filled = 0;
        do {
            int count = in.read(response, filled, response.length - filled);
            if (count < 0) {
                throw new IOException("The server closed the connection");
            }
            filled += count;
        } while (!isComplete(filled));
        if (!AsciiSearch.startsWith(OK, response)) {
            throw new IOException("Got: " + new String(response, 0, filled, StandardCharsets.US_ASCII));
        }
    }

    private boolean isComplete(int filled) {
        int body = AsciiSearch.after(END_OF_HEAD, response, 0, filled);
        if (body < 0) {
            return false;
        }
        int length = AsciiSearch.after(LENGTH, response, 0, body);
        return length > 0
                ? filled - body >= AsciiSearch.number(response, length)
                : AsciiSearch.endsWith(END_OF_CHUNKS, response, filled);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
