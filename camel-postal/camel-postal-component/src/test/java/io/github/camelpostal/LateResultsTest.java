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
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.camelpostal.testing.Bodies;
import org.apache.camel.Processor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The route outlives the response: Postal gets a 503, the work goes on, and its result decides the response to the next attempt. */
class LateResultsTest {

    private static final String HURRIED = "&processingTimeout=1s";

    private final CountDownLatch hold = new CountDownLatch(1);

    @ParameterizedTest
    @ValueSource(strings = {"", "&deduplicate=false"})
    void respondsToTheNextRetryWith200WithoutRunningTheRouteWhenTheWorkCompletedLate(String options) throws Exception {
        try (WebhookApp app = WebhookApp.start(HURRIED + options, held(exchange -> {
        }))) {
            assertThat(app.post(Bodies.mail(1, "tok")).status()).isEqualTo(503);
            release(app);

            assertThat(app.post(Bodies.mail(1, "tok")).status()).isEqualTo(200);
            assertThat(app.routed()).hasSize(1);
        }
    }

    @Test
    void runsTheRouteAgainWhenTheWorkFailedLate() throws Exception {
        try (WebhookApp app = WebhookApp.start(HURRIED, held(exchange -> {
            throw new IllegalStateException("late");
        }))) {
            assertThat(app.post(Bodies.mail(1, "tok")).status()).isEqualTo(503);
            release(app);

            assertThat(app.post(Bodies.mail(1, "tok")).status()).isEqualTo(503);
            assertThat(app.routed()).hasSize(2);
        }
    }

    @Test
    void respondsToTheNextRetryWith422WithoutRunningTheRouteWhenTheMailWasRejectedLate() throws Exception {
        try (WebhookApp app = WebhookApp.start(HURRIED, held(exchange -> {
            throw new PostalRejectMailException("late");
        }))) {
            assertThat(app.post(Bodies.mail(1, "tok")).status()).isEqualTo(503);
            release(app);

            assertThat(app.post(Bodies.mail(1, "tok")).status()).isEqualTo(422);
            assertThat(app.routed()).hasSize(1);
        }
    }

    @Test
    void respondsWith503ToADuplicateOfWhatIsBeingWorkedOn() throws Exception {
        try (WebhookApp app = WebhookApp.start(HURRIED, held(exchange -> {
        }))) {
            assertThat(app.post(Bodies.mail(1, "tok")).status()).isEqualTo(503);

            assertThat(app.post(Bodies.mail(1, "tok")).status()).isEqualTo(503);
            assertThat(app.routed()).hasSize(1);
            hold.countDown();
        }
    }

    @Test
    void respondsWith503AtOnceWhenAsManyAreBeingWorkedOnAsMaxInFlightAllows() throws Exception {
        try (WebhookApp app = WebhookApp.start("&processingTimeout=20s&maxInFlight=1", held(exchange -> {
        }))) {
            CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> status(app, Bodies.mail(1, "tok")));
            await().until(() -> app.routed().size() == 1);

            assertThat(app.post(Bodies.mail(2, "tok")).status()).isEqualTo(503);
            hold.countDown();
            assertThat(first.get(60, TimeUnit.SECONDS)).isEqualTo(200);
            assertThat(app.post(Bodies.mail(2, "tok")).status()).isEqualTo(200);
        }
    }

    @Test
    void respondsToADuplicateOfSomethingCompletedEvenWhenLateWorkHoldsAllPlaces() throws Exception {
        try (WebhookApp app = WebhookApp.start(HURRIED + "&maxInFlight=1", exchange -> {
            if (exchange.getMessage().getHeader(PostalConstants.ID, Long.class) == 2) {
                hold.await();
            }
        })) {
            assertThat(app.post(Bodies.mail(1, "tok")).status()).isEqualTo(200);
            assertThat(app.post(Bodies.mail(2, "tok")).status()).isEqualTo(503);

            assertThat(app.post(Bodies.mail(1, "tok")).status()).isEqualTo(200);
            hold.countDown();
        }
    }

    @Test
    void knowsAfterARestartOfTheRouteWhatItsFormerLifeIsStillWorkingOn() throws Exception {
        try (WebhookApp app = WebhookApp.start(HURRIED, held(exchange -> {
        }))) {
            app.context().getShutdownStrategy().setTimeout(1);
            assertThat(app.post(Bodies.mail(1, "tok")).status()).isEqualTo(503);
            app.context().getRouteController().stopRoute("webhook");
            app.context().getRouteController().startRoute("webhook");

            assertThat(app.post(Bodies.mail(1, "tok")).status()).isEqualTo(503);
            assertThat(app.routed()).hasSize(1);
            release(app);
            assertThat(app.post(Bodies.mail(1, "tok")).status()).isEqualTo(200);
            assertThat(app.routed()).hasSize(1);
        }
    }

    @Test
    void receivesAgainAfterASuspensionForWhichTheWorkInFlightTookTooLong() throws Exception {
        try (WebhookApp app = WebhookApp.start(HURRIED, held(exchange -> {
        }))) {
            app.context().getShutdownStrategy().setTimeout(1);
            assertThat(app.post(Bodies.mail(1, "tok")).status()).isEqualTo(503);
            app.context().getRouteController().suspendRoute("webhook");
            assertThat(app.post(Bodies.mail(2, "tok")).status()).isEqualTo(503);
            await().until(LateResultsTest::camelsShutdownIsOver);
            app.context().getRouteController().resumeRoute("webhook");
            release(app);

            assertThat(app.post(Bodies.mail(1, "tok")).status()).isEqualTo(200);
            assertThat(app.post(Bodies.mail(2, "tok")).status()).isEqualTo(200);
        }
    }

    /** Its thread may be behind the caller whose wait has timed out, and would suspend once more what was resumed meanwhile. */
    private static boolean camelsShutdownIsOver() {
        return Thread.getAllStackTraces().values().stream().flatMap(Arrays::stream)
                .noneMatch(frame -> frame.getClassName().contains("DefaultShutdownStrategy$ShutdownTask"));
    }

    private Processor held(Processor then) {
        return exchange -> {
            hold.await();
            then.process(exchange);
        };
    }

    private void release(WebhookApp app) {
        hold.countDown();
        await().until(() -> app.inFlight() == 0);
    }

    private static int status(WebhookApp app, byte[] body) {
        try {
            return app.post(body).status();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
