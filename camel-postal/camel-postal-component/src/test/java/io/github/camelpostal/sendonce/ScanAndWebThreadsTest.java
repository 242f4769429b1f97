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
package io.github.camelpostal.sendonce;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.github.camelpostal.PostalComponent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Postal ships with five web threads (protocol 2.1), which sends and the scan that settles keys have to share. */
class ScanAndWebThreadsTest extends SendOnceTestSupport {

    private static final int WEB_THREADS = 5;
    private static final int SENDERS = 5;
    private static final int ASKERS = 3;
    private static final int EACH = 15;

    private WebThreads front;

    @Override
    void startApplication() {
        try {
            front = new WebThreads(sandbox.url(), WEB_THREADS);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        super.startApplication();
        camel.getComponent("postal", PostalComponent.class).getConfiguration().setServerUrl(front.url());
    }

    @AfterEach
    void stopFront() {
        front.close();
    }

    @Test
    void sendingGoesOnWhileKeysAreSettledByReading() throws Exception {
        sendSomethingBefore();
        sandbox.apiFaults().on("send/raw").next(ASKERS).loseResponseAfterRecipients(0);
        for (int i = 0; i < ASKERS; i++) {
            uncertain(send("lost-" + i, "x", A));
        }
        // a busy Postal: a call takes a web thread for so long
        sandbox.apiFaults().on("send/message").delay(Duration.ofMillis(100));
        sandbox.apiFaults().on("messages/message").delay(Duration.ofMillis(100));
        long readBefore = front.count("messages/message");
        long start = System.nanoTime();

        ExecutorService threads = Executors.newFixedThreadPool(SENDERS + ASKERS);
        List<Future<?>> mails = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            mails.add(threads.submit(this::sendMails));
        }
        List<Future<Integer>> askers = new ArrayList<>();
        for (int i = 0; i < ASKERS; i++) {
            String key = "lost-" + i;
            askers.add(threads.submit(() -> askUntil(key, mails)));
        }
        int asked = 0;
        for (Future<Integer> asker : askers) {
            asked += asker.get();
        }
        for (Future<?> each : mails) {
            each.get();
        }
        threads.shutdown();
        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds() + 1;

        assertThat(front.mostAtOnce("messages/message")).as("web threads that settling ever had").isEqualTo(1);
        assertThat(front.mostAtOnce("send/message")).as("those that were left to sends")
                .isGreaterThanOrEqualTo(WEB_THREADS - 1);
        // and the two marks each time that somebody asks
        assertThat(front.count("messages/message") - readBefore).as("reads").isBetween(5L, 5 * seconds + 2 * asked);
    }

    private void sendMails() {
        for (int i = 0; i < EACH; i++) {
            sent(template.send("postal:send?from=sales@acme.example&subject=Order&to=" + B,
                    exchange -> exchange.getMessage().setBody("x")));
        }
    }

    /** Whoever asks again and again does not make it faster. */
    private int askUntil(String key, List<Future<?>> done) {
        int asked = 0;
        do {
            uncertain(send(key, "x", A));
            asked++;
        } while (!done.stream().allMatch(Future::isDone));
        return asked;
    }
}
