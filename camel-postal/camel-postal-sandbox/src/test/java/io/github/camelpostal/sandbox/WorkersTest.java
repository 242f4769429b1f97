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
package io.github.camelpostal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Test;

/** In real time two workers post at once, as many as a worker process of Postal's has threads (protocol 4.6). */
class WorkersTest {
    private static final int MAILS = 4;

    private final CountDownLatch two = new CountDownLatch(2);
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @Test
    void postsTwoMailsAtOnceAndNeverThree() throws IOException {
        ExecutorService threads = Executors.newCachedThreadPool();
        HttpServer endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        endpoint.setExecutor(threads);
        endpoint.createContext("/", this::respondWhenTwoAreHere);
        endpoint.start();
        try (PostalSandbox postal = PostalSandbox.builder().keyPair(Signatures.PAIR).webhookTimeout(Duration.ofSeconds(30))
                .start()) {
            for (int i = 0; i < MAILS; i++) { // each for a route of its own, so that they are no batch
                postal.routeTo("box" + i + "@example.com",
                        URI.create("http://127.0.0.1:" + endpoint.getAddress().getPort() + "/"));
                postal.receive("alice@customer.example", "box" + i + "@example.com", "Subject: s\n\nb\n".getBytes());
            }
            postal.received().withStatus("Sent").await(MAILS, Duration.ofSeconds(30));
        } finally {
            endpoint.stop(0);
            threads.shutdownNow();
        }

        assertThat(most).hasValue(2);
    }

    private void respondWhenTwoAreHere(HttpExchange exchange) throws IOException {
        try (exchange) {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            two.countDown();
            assertThat(two.await(60, TimeUnit.SECONDS)).isTrue();
            exchange.getRequestBody().readAllBytes();
            inside.decrementAndGet();
            exchange.sendResponseHeaders(200, -1);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
