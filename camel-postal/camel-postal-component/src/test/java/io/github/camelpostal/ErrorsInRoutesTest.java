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

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.camelpostal.testing.Bodies;
import io.github.camelpostal.testing.ForkedJava;
import io.github.camelpostal.testing.Wire;
import org.apache.camel.LoggingLevel;
import org.apache.camel.StreamCache;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.AsyncProcessorAwaitManager;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a route throws, an {@link Error} too: Postal will try again, and nothing of the exchange stays behind. */
class ErrorsInRoutesTest {

    @TempDir
    Path spool;

    @ParameterizedTest
    @ValueSource(classes = {OutOfMemoryError.class, AssertionError.class, StackOverflowError.class, NoClassDefFoundError.class,
            ThreadDeath.class, IllegalStateException.class})
    void leaveNothingBehind(Class<? extends Throwable> type) throws Exception {
        try (CamelApp app = CamelApp.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook?verifySignature=false&attachmentThreshold=0&spoolDirectory=" + spool).routeId("webhook")
                        .process(exchange -> ErrorsInRoutesTest
                                .<RuntimeException>raise(type.getDeclaredConstructor().newInstance()));
            }
        })) {
            for (int id = 1; id <= 20; id++) { // more than there are places
                assertThat(Wire.post(app.port(), "/postal", Bodies.mail(id, "tok")).status()).isEqualTo(503);
            }
            await().untilAsserted(() -> {
                assertThat(((PostalConsumer) app.context().getRoute("webhook").getConsumer()).getInFlight()).isZero();
                assertThat(app.context().getInflightRepository().size()).isZero();
                assertThat(app.context().getInflightRepository().size("webhook")).isZero(); // what a stop waits for
                assertThat(files()).isZero();
            });
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void raise(Throwable thrown) throws T {
        throw (T) thrown;
    }

    /** An error may come after the first step, in a route that another one calls, within a split. */
    @ParameterizedTest
    @ValueSource(classes = {OutOfMemoryError.class, AssertionError.class, NoClassDefFoundError.class,
            IllegalStateException.class})
    void leaveNoRouteWithWorkThatItWaitsForWhenItStops(Class<? extends Throwable> type) throws Exception {
        try (CamelApp app = CamelApp.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook?verifySignature=false").routeId("webhook").setHeader("a").constant("b").to("direct:next")
                        .log(LoggingLevel.DEBUG, "not reached");
                from("direct:next").routeId("next").log(LoggingLevel.DEBUG, "reached").split(constant("1,2"), ",")
                        .process(exchange -> ErrorsInRoutesTest
                                .<RuntimeException>raise(type.getDeclaredConstructor().newInstance()));
            }
        })) {
            for (int id = 1; id <= 20; id++) { // more than there are places
                assertThat(Wire.post(app.port(), "/postal", Bodies.mail(id, "tok")).status()).isEqualTo(503);
            }
            await().untilAsserted(() -> {
                assertThat(app.context().getInflightRepository().size("webhook")).isZero();
                assertThat(app.context().getInflightRepository().size("next")).isZero();
            });
        }
    }

    /** Of most errors on another thread Camel tells nobody: the exchange never ends. An operator sees that, and can end it. */
    @Test
    void onAnotherThreadCanBeGivenUp() throws Exception {
        AtomicBoolean isBroken = new AtomicBoolean(true);
        try (CamelApp app = CamelApp.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook?verifySignature=false&maxInFlight=1&processingTimeout=1s").routeId("webhook").threads()
                        .process(exchange -> {
                            if (isBroken.get()) {
                                throw new OutOfMemoryError("as for a mail that is too large");
                            }
                        });
            }
        })) {
            PostalConsumer consumer = (PostalConsumer) app.context().getRoute("webhook").getConsumer();
            assertThat(Wire.post(app.port(), "/postal", Bodies.mail(1, "tok")).status()).isEqualTo(503);
            isBroken.set(false);
            assertThat(Wire.post(app.port(), "/postal", Bodies.mail(2, "tok")).status()).isEqualTo(503);
            assertThat(consumer.getResponses()).containsEntry("FULL", 1L);
            await().until(() -> consumer.getLongestInFlightSeconds() >= 1);

            AsyncProcessorAwaitManager waiting = PluginHelper.getAsyncProcessorAwaitManager(app.context());
            waiting.browse().forEach(exchange -> waiting.interrupt(exchange.getExchange()));
            await().untilAsserted(() -> {
                assertThat(Wire.post(app.port(), "/postal", Bodies.mail(1, "tok")).status()).isEqualTo(200);
                assertThat(Wire.post(app.port(), "/postal", Bodies.mail(2, "tok")).status()).isEqualTo(200);
            });
            await().until(() -> consumer.getLongestInFlightSeconds() == 0);
        }
    }

    /** A mail that the route cannot hold in memory must not cost the mails after it. */
    @Test
    void aMailThatFillsTheMemoryDoesNotFillTheSpool() throws Exception {
        try (ForkedJava process = ForkedJava.start(TooLittleMemory.class, List.of("-Xmx100m", "-XX:-ExitOnOutOfMemoryError"),
                spool.toString())) {
            assertThat(process.report()).isEqualTo("503 503 503, files: 0");
            assertThat(process.report()).isEqualTo("small: 200");
        }
    }

    /** Runs in a process of its own. */
    static final class TooLittleMemory {

        private TooLittleMemory() {
        }

        public static void main(String[] args) throws Exception {
            ForkedJava.endWithTheTest();
            Path spool = Path.of(args[0]);
            try (CamelApp app = CamelApp.start(new RouteBuilder() {
                @Override
                public void configure() {
                    from("postal:webhook?verifySignature=false&processingTimeout=60s&bodyFormat=raw&maxSpoolSize=100000000"
                            + "&spoolDirectory=" + spool).process(exchange -> {
                                StreamCache body = exchange.getMessage().getBody(StreamCache.class);
                                List<byte[]> all = new ArrayList<>();
                                for (int i = 0; i < 20; i++) {
                                    all.add(((InputStream) body).readAllBytes());
                                    body.reset();
                                }
                            });
                }
            })) {
                String statuses = post(app, 1) + " " + post(app, 1) + " " + post(app, 1);
                await().until(() -> files(spool) == 0);
                ForkedJava.tell(statuses + ", files: " + files(spool));
                ForkedJava.tell("small: " + Wire.post(app.port(), "/postal", Bodies.mail(2, "tok")).status());
            }
        }

        private static int post(CamelApp app, int id) throws IOException {
            byte[] head = Wire.head("POST", "/postal", Bodies.mail(id, "tok", "").length + 30_000_000L);
            try (Socket socket = new Socket("127.0.0.1", app.port())) {
                String[] around = new String(Bodies.mail(id, "tok", "#"), StandardCharsets.US_ASCII).split("#");
                byte[] piece = "x".repeat(100_000).getBytes();
                socket.getOutputStream().write(head);
                socket.getOutputStream().write(around[0].getBytes());
                for (int i = 0; i < 300; i++) {
                    socket.getOutputStream().write(piece);
                }
                socket.getOutputStream().write(around[1].getBytes());
                return Wire.read(socket.getInputStream()).status();
            }
        }
    }

    private long files() throws IOException {
        return files(spool);
    }

    private static long files(Path spool) throws IOException {
        return SpoolFiles.below(spool).size();
    }
}
