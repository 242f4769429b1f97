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
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A connection in the middle of a request whose head has been read. */
public final class ScriptedConnection {

    private final ScriptedServer.Request request;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    ScriptedConnection(ScriptedServer.Request request, Socket socket, InputStream in, OutputStream out) {
        this.request = request;
        this.socket = socket;
        this.in = in;
        this.out = out;
    }

    public ScriptedServer.Request request() {
        return request;
    }

    /** Reads the body and keeps it with the request. */
    public byte[] readBody() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        readBody(body);
        request.setBody(body.toByteArray());
        return request.body();
    }

    /** Reads the body to somewhere. */
    public long readBody(OutputStream sink) throws IOException {
        if (request.header("content-length") != null) {
            return copy(Long.parseLong(request.header("content-length")), sink);
        }
        if (!"chunked".equals(request.header("transfer-encoding"))) {
            return 0;
        }
        long total = 0;
        for (long size = chunkSize(); size > 0; size = chunkSize()) {
            total += copy(size, sink);
            copy(2, OutputStream.nullOutputStream());
        }
        copy(2, OutputStream.nullOutputStream());
        return total;
    }

    /** Reads that much and no more. */
    public void readSome(long bytes) throws IOException {
        copy(bytes, OutputStream.nullOutputStream());
    }

    /** A complete response with its length. */
    public void respond(int status, Map<String, String> headers, byte[] body) throws IOException {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("Content-Length", Integer.toString(body.length));
        ByteArrayOutputStream response = new ByteArrayOutputStream();
        response.write(headText(status, all).getBytes(StandardCharsets.UTF_8));
        response.write(body);
        out.write(response.toByteArray()); // in one piece: Nagle's algorithm would hold the second back
        out.flush();
    }

    public void head(int status, Map<String, String> headers) throws IOException {
        write(headText(status, headers));
    }

    private static String headText(int status, Map<String, String> headers) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n");
        headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head.append("\r\n").toString();
    }

    public void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Says nothing until the client gives up. */
    public void beSilent() throws IOException {
        while (in.read() >= 0) {
            // not interested
        }
    }

    /** Neither reads nor says anything until the client gives up. */
    public void beDeaf() {
        synchronized (socket) {
            while (!socket.isClosed()) {
                try {
                    socket.wait(50);
                } catch (InterruptedException e) {
                    return;
                }
            }
        }
    }

    /** Ends the connection with a TCP reset. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    public void close() throws IOException {
        socket.close();
    }

    /** Closes the connection after a while of silence; unlike this method, the client may go on at once. */
    public void closeAfter(Duration idle) throws IOException {
        socket.setSoTimeout((int) idle.toMillis()); // a read that times out ends the connection
    }

    private long chunkSize() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the chunks break off");
            }
            line.append((char) b);
        }
        return Long.parseLong(line.toString().trim(), 16);
    }

    private long copy(long bytes, OutputStream sink) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        long left = bytes;
        while (left > 0) {
            int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (n < 0) {
                throw new EOFException("the body breaks off");
            }
            sink.write(buffer, 0, n);
            left -= n;
        }
        return bytes;
    }
}
