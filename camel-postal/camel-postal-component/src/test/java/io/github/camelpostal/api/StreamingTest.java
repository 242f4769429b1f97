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
package io.github.camelpostal.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.github.camelpostal.RealClient;
import io.github.camelpostal.payload.Content;
import io.github.camelpostal.testing.ScriptedConnection;
import io.github.camelpostal.testing.ScriptedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Content goes through, not into memory; and what breaks on the way never becomes a mail.
 */
class StreamingTest {

    private static final String SENT = "{\"status\":\"success\",\"data\":{\"message_id\":\"m@x\",\"messages\":{\"b@x\":{\"id\":1,\"token\":\"t\"}}}}";

    private final AtomicLong received = new AtomicLong();

    @Test
    void anAttachmentOf200MegabytesAllocatesNextToNothing() throws Exception {
        long size = 200_000_000;
        try (ScriptedServer server = ScriptedServer.start(this::swallow);
                RealClient real = RealClient.of(server.url(), c -> c.getConfiguration().setResponseTimeout(20_000))) {
            real.client().sendMessage(Messages.small()); // loads classes
            long before = allocatedByThisThread();
            real.client().sendMessage(Messages.with(Messages.zeros(size)));
            long withLength = allocatedByThisThread() - before;
            assertThat(received.get()).isGreaterThan(size / 3 * 4);
            assertThat(withLength).as("bytes allocated for it").isLessThan(500_000);

            before = allocatedByThisThread();
            real.client().sendMessage(Messages.with(Messages.zerosOfUnknownLength(size)));
            assertThat(allocatedByThisThread() - before).as("bytes allocated in chunks").isLessThan(500_000);
        }
    }

    @Test
    void aSmallMessageAllocatesLittle() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(this::swallow); RealClient real = RealClient.of(server.url())) {
            PostalMessage message = Messages.small().toBuilder().plainBody("x".repeat(2_000)).build();
            for (int i = 0; i < 500; i++) {
                real.client().sendMessage(message);
            }
            long before = allocatedByThisThread();
            for (int i = 0; i < 100; i++) {
                real.client().sendMessage(message);
            }
            assertThat((allocatedByThisThread() - before) / 100).as("bytes a message").isLessThan(20_000);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aStoredMessageOfManyMegabytesIsReadOnceAndKeptOnce() throws Exception {
        int lines = 700_000; // 31 MB of content, 43 million characters: more than Jackson takes for a text
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readBody();
            connection.head(200, Map.of("Content-Type", "application/json", "Connection", "close"));
            connection.write("{\"status\":\"success\",\"data\":{\"id\":1,\"token\":\"t\",\"raw_message\":\"");
            String block = ("QUJD".repeat(15) + "\\n").repeat(1000);
            for (int i = 0; i < lines / 1000; i++) {
                connection.write(block);
            }
            connection.write("\"}}");
            connection.close();
        }); RealClient real = RealClient.of(server.url())) {
            long before = allocatedByThisThread();
            StoredMessage message = real.client().message(1, EnumSet.of(Expansion.RAW_MESSAGE));
            long allocated = allocatedByThisThread() - before;
            Content raw = message.rawMessage();
            assertThat(raw.length()).isEqualTo(lines * 45L);
            assertThat(allocated).as("bytes allocated; the base64 alone has 43 million").isLessThan(lines * 65L);
            try (InputStream in = raw.open()) {
                assertThat(new String(in.readNBytes(7))).isEqualTo("ABCABCA");
                assertThat(in.skip(Long.MAX_VALUE >> 1) + in.readAllBytes().length).isEqualTo(lines * 45L - 7);
            }
        }
    }

    @Test
    void aSourceThatFailsHalfWayIsRefusedAndPostalGetsNothingThatItCouldParse() throws Exception {
        for (long announced : new long[]{1_000_000, -1}) {
            AtomicBoolean complete = new AtomicBoolean();
            try (ScriptedServer server = ScriptedServer.start(connection -> {
                connection.readBody();
                complete.set(true);
            }); RealClient real = RealClient.of(server.url())) {
                PostalRejectedException failure = catchThrowableOfType(PostalRejectedException.class,
                        () -> real.client().sendMessage(Messages.with(failingAfter(500_000, announced))));
                assertThat(failure.code()).isEqualTo(PostalErrorCode.CONTENT_UNREADABLE);
                assertThat(failure).hasMessageContaining("nothing was sent").hasRootCauseMessage("disk on fire");
                assertThat(failure.httpStatus()).isZero();
                await().until(() -> server.openConnections() == 0);
                assertThat(complete).as("the request was complete for the server").isFalse();
                server.onlyRequest();
            }
        }
    }

    @Test
    void aSourceThatCannotBeOpenedIsRefused() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(this::swallow); RealClient real = RealClient.of(server.url())) {
            Content missing = new Content() {
                @Override
                public InputStream open() throws IOException {
                    throw new FileNotFoundException("gone");
                }

                @Override
                public long length() {
                    return 10;
                }
            };
            assertThatExceptionOfType(PostalRejectedException.class)
                    .isThrownBy(() -> real.client().sendMessage(Messages.with(missing)))
                    .withCauseInstanceOf(FileNotFoundException.class);
        }
    }

    @Test
    void aFileIsSentAndAStreamOnlyOnce(@TempDir Path directory) throws Exception {
        Path file = Files.write(directory.resolve("a.bin"), new byte[]{1, 2, 3});
        try (ScriptedServer server = ScriptedServer.responding(SENT); RealClient real = RealClient.of(server.url())) {
            real.client().sendMessage(Messages.small().toBuilder().attachment(PostalAttachment.of(file, "image/png")).build());
            assertThat(server.onlyRequest().bodyText())
                    .contains("{\"name\":\"a.bin\",\"content_type\":\"image/png\",\"data\":\"AQID\"}");
            AtomicBoolean closed = new AtomicBoolean();
            Content once = Content.once(new FilterInputStream(new ByteArrayInputStream(new byte[]{1})) {
                @Override
                public void close() {
                    closed.set(true);
                }
            });
            real.client().sendMessage(Messages.with(once));
            assertThat(closed).isTrue();
            assertThatExceptionOfType(PostalRejectedException.class)
                    .isThrownBy(() -> real.client().sendMessage(Messages.with(once))).withStackTraceContaining("stream cache");
        }
    }

    private static Content failingAfter(int bytes, long announced) {
        return new Content() {
            @Override
            public InputStream open() {
                return new InputStream() {
                    private int left = bytes;

                    @Override
                    public int read() throws IOException {
                        if (left == 0) {
                            throw new IOException("disk on fire");
                        }
                        left--;
                        return 'x';
                    }
                };
            }

            @Override
            public long length() {
                return announced;
            }
        };
    }

    private void swallow(ScriptedConnection connection) throws IOException {
        received.set(connection.readBody(OutputStream.nullOutputStream()));
        connection.respond(200, Map.of("Content-Type", "application/json"), SENT.getBytes());
    }

    private static long allocatedByThisThread() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
