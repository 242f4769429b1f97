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

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.github.camelpostal.testing.ForkedJava;
import io.github.camelpostal.testing.TestKey;
import io.github.camelpostal.testing.Wire;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is received is kept on disk, decoded too: mail that is larger than the heap reaches the route. */
@Tag("slow")
class LargeReceiveTest {

    private static final Logger LOG = LoggerFactory.getLogger(LargeReceiveTest.class);
    private static final String LARGE = "&maxBodySize=1000000000&maxSpoolSize=4000000000&processingTimeout=120000"
            + "&maxInFlight=64&spoolDirectory=";
    private static final int CONCURRENT = 50;

    @TempDir
    Path spool;

    @Test
    void receivesAMailThatIsLargerThanTheHeap() throws Exception {
        receive(LargeBody.hash(1, SizeOf.mebibytes(96, 220) * SizeOf.MIB), SizeOf.mebibytes(48, 96));
    }

    @Test
    void receivesARawMailThatIsLargerThanTheHeap() throws Exception {
        receive(LargeBody.raw(1, SizeOf.mebibytes(72, 160) * SizeOf.MIB), SizeOf.mebibytes(48, 96));
    }

    @Test
    void receivesFiftyLargeMailsAtOnceInLittleMemory() throws Exception {
        long heap = SizeOf.mebibytes(96, 256);
        long attachment = SizeOf.mebibytes(3, 10) * SizeOf.MIB; // on the wire it is base64
        try (ForkedJava process = start(heap)) {
            int port = Integer.parseInt(process.report());
            ExecutorService postal = Executors.newFixedThreadPool(CONCURRENT);
            List<Future<Integer>> responses = postal.invokeAll(IntStream.range(0, CONCURRENT)
                    .<Callable<Integer>>mapToObj(id -> () -> post(port, LargeBody.hash(id, attachment))).toList());
            postal.shutdown();

            for (Future<Integer> response : responses) {
                assertThat(response.get()).isEqualTo(200);
            }
            String last = "";
            for (int i = 0; i < CONCURRENT; i++) {
                last = process.report();
                assertThat(last).startsWith(LargeBody.hash(i, attachment).attachment() + " ");
            }
            LOG.info("Received {} mails of {} MiB with -Xmx{}m; bytes of an attachment and most heap in use: {}", CONCURRENT,
                    LargeBody.hash(0, attachment).length() / SizeOf.MIB, heap, last);
        }
    }

    private void receive(LargeBody body, long heap) throws Exception {
        assertThat(body.length()).isGreaterThan(heap * SizeOf.MIB);
        try (ForkedJava process = start(heap)) {
            int port = Integer.parseInt(process.report());

            assertThat(post(port, body)).isEqualTo(200);

            String told = process.report();
            assertThat(told).startsWith(body.attachment() + " ");
            LOG.info("Received {} MiB with -Xmx{}m; bytes of the attachment and most heap in use: {}",
                    body.length() / SizeOf.MIB, heap, told);
        }
    }

    private ForkedJava start(long heap) throws IOException {
        return ForkedJava.start(LargeReceive.class, List.of("-Xmx" + heap + "m"), TestKey.SHARED.publicKey(),
                LARGE + spool.toUri().getPath());
    }

    private static int post(int port, LargeBody body) throws IOException {
        byte[] head = Wire.head("POST", "/postal", body.length(), TestKey.SHARED.signature(body::writeTo));
        try (Socket socket = new Socket("127.0.0.1", port)) {
            OutputStream out = new BufferedOutputStream(socket.getOutputStream());
            out.write(head);
            body.writeTo(out);
            out.flush();
            return Wire.read(socket.getInputStream()).status();
        }
    }
}
