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

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

import io.github.camelpostal.payload.Content;

/**
 * A bar that grows while large attachments go out. They are read as they are sent, so what has been read is what has been sent.
 *
 * <p>Shown to a person only: neither to a pipe, nor for what takes no time.
 */
final class Progress implements AutoCloseable {

    private static final long WORTH_SHOWING = 1024 * 1024;
    private static final int WIDTH = 30;
    private static final long MIB = 1024 * 1024;

    private final PrintWriter to;
    private final boolean shown;
    private final long total;
    private long sent;
    private int percent = -1;
    private boolean closed;

    private Progress(PrintWriter to, boolean shown, long total) {
        this.to = to;
        this.shown = shown;
        this.total = total;
    }

    static Progress of(Terminal terminal, List<Path> files) {
        long total = files.stream().mapToLong(file -> file.toFile().length()).sum();
        return new Progress(terminal.err(), terminal.interactive() && total >= WORTH_SHOWING, total);
    }

    /** The file's bytes, counted as they are read. */
    Content watch(Path file) {
        Content content = Content.of(file);
        return new Content() {
            @Override
            public InputStream open() throws IOException {
                return new CountedStream(content.open());
            }

            @Override
            public long length() {
                return content.length();
            }
        };
    }

    /** Ends the line of the bar. */
    @Override
    public void close() {
        if (shown && !closed && percent >= 0) {
            to.println();
            to.flush();
        }
        closed = true;
    }

    private void add(long bytes) {
        sent += bytes;
        int now = (int) Math.min(100, sent * 100 / Math.max(1, total));
        if (shown && now > percent) {
            percent = now;
            int full = WIDTH * percent / 100;
            to.print(String.format("\r[%s%s] %3d %%  %d of %d MiB", "#".repeat(full), ".".repeat(WIDTH - full), percent,
                    Math.min(sent, total) / MIB, total / MIB));
            to.flush();
        }
    }

    private final class CountedStream extends FilterInputStream {

        CountedStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            add(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            add(Math.max(0, count));
            return count;
        }
    }
}
