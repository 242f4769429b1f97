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
package io.github.camelpostal.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.camelpostal.testing.Bodies;
import io.github.camelpostal.testing.TestKey;
import io.github.camelpostal.testing.Wire;
import org.apache.camel.builder.RouteBuilder;
import org.apache.catalina.core.StandardContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.web.embedded.tomcat.TomcatWebServer;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;

/** A client may send as slowly as it likes, or not at all: Postal's mail gets its response, and nobody's thread is kept. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlowBodiesTest {

    private static final int THREADS = 4;

    private final CountDownLatch release = new CountDownLatch(1);
    private BootApp app;

    @BeforeAll
    void start(@TempDir Path spool) {
        app = BootApp.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook?processingTimeout=1s").routeId("webhook").process(exchange -> {
                });
                from("postal:webhook?path=/slow").process(exchange -> release.await(60, TimeUnit.SECONDS));
            }
        }, "server.tomcat.threads.max=" + THREADS, "spring.lifecycle.timeout-per-shutdown-phase=5s",
                "camel.component.postal.spool-directory=" + spool,
                "camel.component.postal.attachment-threshold=1000");
    }

    @AfterEach
    void noRequestIsLeftOpen() {
        TomcatWebServer server = (TomcatWebServer) ((ServletWebServerApplicationContext) app.spring()).getWebServer();
        StandardContext application = (StandardContext) server.getTomcat().getHost().findChildren()[0];

        await().atMost(60, TimeUnit.SECONDS).until(() -> application.getInProgressAsyncCount() == 0);
    }

    @AfterAll
    void stop() {
        release.countDown();
        app.close();
    }

    @Test
    void aBodyThatTricklesInBeforeASlowRouteGetsItsResponseInTime() throws Exception {
        byte[] body = Bodies.event("trickle");
        try (Socket socket = connect(60)) {
            long start = System.nanoTime();
            write(socket, Wire.head("POST", "/slow", body.length, TestKey.SHARED.signature(body)));
            int piece = body.length / 10 + 1;
            for (int sent = 0; sent < body.length; sent += piece) {
                write(socket, Arrays.copyOfRange(body, sent, Math.min(body.length, sent + piece)));
                pause(250);
            }

            assertThat(Wire.read(socket.getInputStream()).status()).isEqualTo(503);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).as("the deadline of 4 s does not begin with the last byte")
                    .isLessThan(Duration.ofMillis(6_500));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2_000})
    void aBodyThatStopsInTheMidstGets503AtTheDeadlineAndTheConnectionIsClosed(int sent) throws Exception {
        try (Socket socket = connect(60)) {
            long start = System.nanoTime();
            write(socket, Wire.head("POST", "/postal", 4_000, TestKey.SHARED.signature(new byte[4_000])));
            write(socket, new byte[sent]);

            assertThat(Wire.read(socket.getInputStream()).status()).isEqualTo(503);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(900));
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aChunkedBodyThatStopsInTheMidstGets503Too() throws Exception {
        try (Socket socket = connect(60)) {
            write(socket, ("POST /postal HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"id\"\r\n").getBytes(StandardCharsets.US_ASCII));

            assertThat(Wire.read(socket.getInputStream()).status()).isEqualTo(503);
        }
    }

    @Test
    void moreStoppedBodiesThanTheServerHasThreadsLeaveRoomForMailOnceTheyAreGivenUp() throws Exception {
        List<Socket> stopped = new ArrayList<>();
        try {
            for (int i = 0; i < 3 * THREADS; i++) {
                Socket socket = connect(60);
                stopped.add(socket);
                write(socket, Wire.head("POST", "/postal", 4_000));
            }
            byte[] body = Bodies.event("meanwhile");

            await().atMost(60, TimeUnit.SECONDS).ignoreExceptions().until(
                    () -> Wire.post(app.port(), "/postal", body, TestKey.SHARED.signature(body)).status() == 200);
        } finally {
            for (Socket socket : stopped) {
                socket.close();
            }
        }
    }

    @Test
    void aClientThatGoesAwayInTheMidstLeavesNothingBehind() throws Exception {
        try (Socket socket = connect(60)) {
            write(socket, Wire.head("POST", "/postal", 400_000, TestKey.SHARED.signature(new byte[0])));
            write(socket, new byte[200_000]);
        }
        byte[] body = Bodies.event("after");
        await().atMost(60, TimeUnit.SECONDS).until(
                () -> Wire.post(app.port(), "/postal", body, TestKey.SHARED.signature(body)).status() == 200);
    }

    @Test
    void twoRequestsOnOneConnectionBothGetAResponse() {
        // again where a slow machine has not come to the end of one in its second
        await().atMost(60, TimeUnit.SECONDS).ignoreExceptions().until(
                () -> statusesOnOneConnection(Bodies.event("p1"), Bodies.event("p2")), List.of(200, 200)::equals);
    }

    private List<Integer> statusesOnOneConnection(byte[] first, byte[] second) throws IOException {
        try (Socket socket = connect(10)) {
            write(socket, keepAlive(first));
            write(socket, keepAlive(second)); // before the first has its response
            return List.of(Wire.read(socket.getInputStream()).status(), Wire.read(socket.getInputStream()).status());
        }
    }

    private static byte[] keepAlive(byte[] body) {
        String head = new String(Wire.head("POST", "/postal", body.length, TestKey.SHARED.signature(body)),
                StandardCharsets.ISO_8859_1).replace("Connection: close\r\n", "");
        byte[] headBytes = head.getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = Arrays.copyOf(headBytes, headBytes.length + body.length);
        System.arraycopy(body, 0, all, headBytes.length, body.length);
        return all;
    }

    private Socket connect(int timeoutSeconds) throws IOException {
        Socket socket = new Socket("127.0.0.1", app.port());
        socket.setSoTimeout(timeoutSeconds * 1_000);
        return socket;
    }

    private static void write(Socket socket, byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    /** The slowness of the client is what is tested. */
    private static void pause(long millis) throws InterruptedException {
        new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
    }
}
