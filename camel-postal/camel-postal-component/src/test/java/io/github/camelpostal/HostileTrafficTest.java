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
package io.github.camelpostal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.camelpostal.payload.InboundAttachment;
import io.github.camelpostal.payload.InboundMail;
import io.github.camelpostal.testing.Bodies;
import io.github.camelpostal.testing.TestKey;
import io.github.camelpostal.testing.Wire;
import org.apache.camel.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Enemies on the wire of a running consumer: real mail is still taken or kept waiting, never dropped, and nothing of the
 * others stays behind.
 *
 * <p>{@code -Dpostal.flood.requests=1000 -Dpostal.flood.bytes=62914560} is the flood at full size.
 */
@Timeout(600)
class HostileTrafficTest {

    private static final Logger LOG = LoggerFactory.getLogger(HostileTrafficTest.class);
    private static final int FLOOD = Integer.getInteger("postal.flood.requests", 200);
    private static final int FLOOD_BYTES = Integer.getInteger("postal.flood.bytes", 2 * 1024 * 1024);
    private static final int FLOODERS = 16;
    private static final int CUT_OFF = 0;
    /** As many as the server has worker threads, and some more. */
    private static final int HALF_SENT = 30;

    @TempDir
    Path spool;

    @Test
    void keepsOrTakesRealMailWhileUnsignedBodiesPourIn() throws Exception {
        try (WebhookApp app = WebhookApp.start("&spoolDirectory=" + spool + "&maxSpoolSize=" + 8L * FLOOD_BYTES, exchange -> {
        })) {
            List<Integer> flood = new ArrayList<>();
            List<Integer> real = new ArrayList<>();
            inParallel(FLOODERS, FLOOD, () -> pour(app.port()), flood, () -> {
                for (int id = 1; id <= 25; id++) {
                    real.add(app.post(Bodies.mail(id, "tok")).status());
                }
            });

            LOG.info("{} unsigned bodies of {} bytes: {}; 25 real mails meanwhile: {}", FLOOD, FLOOD_BYTES, counted(flood),
                    counted(real));
            assertThat(flood).hasSize(FLOOD).isSubsetOf(503, CUT_OFF);
            assertThat(real).hasSize(25).isSubsetOf(200, 503);
            await().until(() -> leftovers() == 0);
            assertThat(app.post(Bodies.mail(99, "tok")).status()).isEqualTo(200);
        }
    }

    @Test
    void takesRealMailAgainWhenHalfSentBodiesHaveHeldAllThreadsOfTheServer() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try (WebhookApp app = WebhookApp.start("&processingTimeout=2s&attachmentThreshold=10&spoolDirectory=" + spool,
                exchange -> {
                })) {
            for (int i = 0; i < HALF_SENT; i++) {
                Socket socket = new Socket("127.0.0.1", app.port());
                sockets.add(socket);
                socket.getOutputStream().write(Wire.head("POST", "/postal", 1_000_000));
                socket.getOutputStream().write("{\"id\":1,\"rcpt_to\":".getBytes(ISO_8859_1));
            }
            assertThat(app.post(Bodies.mail(1, "tok")).status()).isIn(200, 503);
            for (Socket socket : sockets) {
                assertThat(Wire.read(socket.getInputStream()).status()).isEqualTo(503);
            }

            assertThat(app.post(Bodies.mail(1, "tok")).status()).isEqualTo(200);
            app.routed().clear(); // copies, which keep their files for as long as they can be reached
            await().until(() -> {
                System.gc();
                return leftovers() == 0;
            });
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void takesRealMailWhileMoreSmallBodiesAreHalfSentThanItGathersAtOnce() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try (WebhookApp app = WebhookApp.start()) {
            for (int i = 0; i < 90; i++) { // 18 MB are announced in all
                Socket socket = new Socket("127.0.0.1", app.port());
                sockets.add(socket);
                socket.getOutputStream().write(Wire.head("POST", "/postal", 200_000));
                socket.getOutputStream().write("{".getBytes(ISO_8859_1));
            }
            assertThat(app.post(Bodies.mail(1, "tok")).status()).isEqualTo(200);
            assertThat(app.post(Bodies.mail(2, "tok", "x".repeat(220_000))).status()).isEqualTo(200);
            for (Socket socket : sockets) {
                assertThat(Wire.read(socket.getInputStream()).status()).isEqualTo(503);
            }
            assertThat(app.post(Bodies.mail(3, "tok")).status()).isEqualTo(200);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void respondsToABodyThatTrickledInBeforeASlowRouteInsideTheTimeThatPostalWaits() throws Exception {
        byte[] body = Bodies.mail(1, "tok");
        byte[] head = Wire.head("POST", "/postal", body.length, TestKey.SHARED.signature(body));
        var end = new CountDownLatch(1);
        try (WebhookApp app = WebhookApp.start("", exchange -> end.await());
                Socket socket = new Socket("127.0.0.1", app.port());
                Trickle trickle = new Trickle(socket.getOutputStream(), body, Duration.ofMillis(2500))) {
            app.send("POST", "/postal", body); // unsigned: it only wakes the server up
            long start = System.nanoTime();
            socket.getOutputStream().write(head);
            trickle.start();

            assertThat(Wire.read(socket.getInputStream()).status()).isEqualTo(503);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).as("the deadline of 4 s does not begin with the last byte")
                    .isBetween(Duration.ofMillis(2500), Duration.ofMillis(6500));
            assertThat(app.routed()).hasSize(1);
            end.countDown();
            await().until(() -> app.inFlight() == 0);
            assertThat(app.post(body).status()).isEqualTo(200);
        } finally {
            end.countDown();
        }
    }

    @Test
    void letsNoFieldOrFileNameBecomeAHeaderOfAnything() throws Exception {
        String evil = "a\\r\\nX-Evil: 1\\r\\n\\r\\n../../x";
        byte[] body = new String(Bodies.mail(1, "tok", evil), UTF_8)
                .replace("\"subject\":\"Hello\"", "\"subject\":\"" + evil + "\",\"X-Evil\":\"1\",\"CamelHttpResponseCode\":404")
                .replace("\"auto_submitted\":null", "\"auto_submitted\":\"" + evil + "\"")
                .replace("\"attachments\":[]", "\"attachments\":[" + attachment(evil, evil, "aGVsbG8=") + "]").getBytes(UTF_8);
        try (WebhookApp app = WebhookApp.start()) {
            Wire.Response response = app.post(body, "X-Evil: 1", "CamelHttpResponseCode: 404", "Camel-Postal-Id: 7");

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).isEmpty();
            assertThat(response.headers()).doesNotContainKey("x-evil");
            var message = app.routed().take().getMessage();
            assertThat(message.getHeaders().keySet())
                    .allMatch(name -> name.startsWith("CamelPostal") || name.equals("Content-Type"));
            assertThat(message.getBody(InboundMail.class).attachments()).extracting(InboundAttachment::name)
                    .allMatch(name -> name.matches("[^\\r\\n/\\\\]+"));
        }
    }

    @Test
    void takesAMailWithFiveThousandAttachmentsAndOfOneWithTenThousandWhatThereIsRoomFor() throws Exception {
        try (WebhookApp app = WebhookApp.start()) {
            byte[] allowed = mailWithAttachments(1, 5_000);
            await().atMost(Duration.ofSeconds(30)).until(() -> { // on a slow machine it is taken late
                int status = app.post(allowed).status();
                assertThat(status).isIn(200, 503);
                return status == 200;
            });
            assertThat(app.routed()).hasSize(1);
            assertThat(app.routed().take().getMessage().getBody(InboundMail.class).attachments()).hasSize(5_000);

            byte[] tooMany = mailWithAttachments(2, 10_000);
            await().atMost(Duration.ofSeconds(60)).until(() -> app.post(tooMany).status() == 200);
            Message cut = app.routed().take().getMessage();
            assertThat(cut.getBody(InboundMail.class).attachments()).hasSize(5_000);
            assertThat(cut.getHeader(PostalConstants.MAIL_TRUNCATED)).isEqualTo(true);
        }
    }

    @Test
    void keepsAMailWaitingThatDoesNotFitOnTheDisk() throws Exception {
        byte[] body = new String(Bodies.mail(1, "tok"), UTF_8).replace("\"attachments\":[]", "\"attachments\":["
                + attachment("bomb.zip", "application/zip", "A".repeat(24 * 1024 * 1024)) + "]").getBytes(UTF_8);
        try (WebhookApp app = WebhookApp.start("&processingTimeout=60s&maxSpoolSize=20000000&spoolDirectory=" + spool,
                exchange -> {
                })) {
            assertThat(app.post(body).status()).isEqualTo(503);
            assertThat(app.routed()).isEmpty();
            await().until(() -> leftovers() == 0);
            assertThat(app.post(Bodies.mail(2, "tok")).status()).isEqualTo(200);
        }
    }

    @Test
    void keepsWaitingWhatIsNestedTooDeeplyAlthoughItIsSigned() throws Exception {
        String deep = "[".repeat(200_000) + "]".repeat(200_000);
        try (WebhookApp app = WebhookApp.start()) {
            assertThat(app.post(deep.getBytes(UTF_8)).status()).isEqualTo(503);
            assertThat(app.post(("{\"event\":\"MessageSent\",\"uuid\":\"u\",\"timestamp\":1,\"payload\":" + deep + "}")
                    .getBytes(UTF_8)).status()).isEqualTo(503);
            assertThat(app.routed()).isEmpty();
            assertThat(app.post(Bodies.mail(2, "tok")).status()).isEqualTo(200);
        }
    }

    private static void inParallel(int threads, int times, Callable<Integer> task, List<Integer> results, Task meanwhile)
            throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                futures.add(executor.submit(task));
            }
            meanwhile.run();
            for (Future<Integer> future : futures) {
                results.add(future.get());
            }
        } finally {
            executor.shutdownNow();
        }
    }

    @FunctionalInterface
    private interface Task {
        void run() throws Exception;
    }

    private static int pour(int port) {
        byte[] zeros = new byte[64 * 1024];
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(Wire.head("POST", "/postal", FLOOD_BYTES));
            for (long left = FLOOD_BYTES; left > 0; left -= zeros.length) {
                socket.getOutputStream().write(zeros, 0, (int) Math.min(left, zeros.length));
            }
            return Wire.read(socket.getInputStream()).status();
        } catch (IOException e) { // not finished at the deadline
            return CUT_OFF;
        }
    }

    private static Map<Integer, Long> counted(List<Integer> statuses) {
        return statuses.stream().collect(Collectors.groupingBy(status -> status, Collectors.counting()));
    }

    private long leftovers() throws IOException {
        return SpoolFiles.below(spool).size();
    }

    private static byte[] mailWithAttachments(long id, int count) {
        String attachments = IntStream.range(0, count).mapToObj(i -> attachment("same.txt", "text/plain", "aGVsbG8="))
                .collect(Collectors.joining(","));
        return new String(Bodies.mail(id, "tok"), UTF_8).replace("\"attachments\":[]", "\"attachments\":[" + attachments + "]")
                .getBytes(UTF_8);
    }

    private static String attachment(String name, String type, String base64) {
        return "{\"filename\":\"" + name + "\",\"content_type\":\"" + type + "\",\"size\":5,\"data\":\"" + base64 + "\"}";
    }

    /** Writes a body evenly over some time. */
    private static final class Trickle implements AutoCloseable {

        private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        private final OutputStream out;
        private final byte[] body;
        private final Duration duration;
        private int written;

        Trickle(OutputStream out, byte[] body, Duration duration) {
            this.out = out;
            this.body = body;
            this.duration = duration;
        }

        void start() {
            long pause = duration.toNanos() / 25;
            timer.scheduleAtFixedRate(this::writeSome, pause, pause, TimeUnit.NANOSECONDS);
        }

        private void writeSome() {
            int count = Math.min(body.length - written, body.length / 25 + 1);
            try {
                out.write(body, written, count);
                out.flush();
                written += count;
            } catch (IOException e) {
                timer.shutdown();
            }
        }

        @Override
        public void close() {
            timer.shutdownNow();
        }
    }
}
