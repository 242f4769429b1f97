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
package io.github.camelpostal.examples.jmstomail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.camelpostal.ledger.PostalSendLedger;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.builder.NotifyBuilder;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Postal is away, comes back, or dies with a mail in its hands. */
class PostalAwayTest {
    private static final int MESSAGES = 10;

    @TempDir
    Path folder;
    private final int postalPort = LocalBroker.freePort();
    private RunningRoutes routes;

    @BeforeEach
    void start() {
        routes = new RunningRoutes(folder, postalPort, PostalSandbox.DEFAULT_API_KEY);
    }

    @AfterEach
    void stop() {
        routes.close();
    }

    @Test
    void nothingIsLostAndNothingIsSentTwiceWhilePostalIsAway() {
        IntStream.range(0, MESSAGES).forEach(i -> routes.put(RunningRoutes.order("" + i, "c" + i + "@customer.example")));
        RunningRoutes.eventually(routes::isPaused);

        try (PostalSandbox sandbox = postal()) {
            RunningRoutes.eventually(() -> sandbox.sent().size() >= MESSAGES);

            assertThat(sandbox.sent()).extracting(StoredMail::rcptTo).doesNotHaveDuplicates().hasSize(MESSAGES);
            assertThat(routes.isEmpty("mails.dead-letters")).isTrue();
            assertThat(routes.isEmpty("mails.review")).isTrue();
        }
    }

    @Test
    void nothingPassesAndNothingIsLostWhileTheServerIsSuspended() {
        try (PostalSandbox sandbox = postal()) {
            sandbox.server().suspend();
            routes.put(RunningRoutes.order("1", "zoe@customer.example"));
            RunningRoutes.eventually(routes::isPaused);
            assertThat(sandbox.sent()).isEmpty();

            sandbox.server().unsuspend();

            sandbox.awaitSentTo("zoe@customer.example", RunningRoutes.TIMEOUT);
        }
    }

    @Test
    void aPostalThatDiesWithAMailInItsHandsGetsItNotTwiceAndNoOtherUntilItResponds() {
        try (SilentPostal silent = new SilentPostal(postalPort)) {
            routes.put(RunningRoutes.order("1", "first@customer.example"));
            RunningRoutes.eventually(() -> silent.sends() == 1 && routes.isPaused());
            routes.put(RunningRoutes.order("2", "second@customer.example"));
            int asked = silent.requests();
            RunningRoutes.eventually(() -> silent.requests() > asked + 2);

            assertThat(silent.sends()).isEqualTo(1);
        }
        try (PostalSandbox sandbox = postal()) {
            sandbox.awaitSentTo("second@customer.example", RunningRoutes.TIMEOUT);
            assertThat(sandbox.sent()).extracting(StoredMail::rcptTo).containsExactly("second@customer.example");
            assertThat(routes.isEmpty("mails.review")).isTrue();
            assertThat(routes.isEmpty("mails.dead-letters")).isTrue();
        }
    }

    /** Each consumer may have a mail in its hands when Postal dies, and they hear of it one after the other. */
    @Test
    void goesOnAlsoWhenSeveralMailsFailWhileItIsPaused() {
        Route route = routes.camel().getRoute(MailQueueRoutes.ROUTE);
        PauseWhilePostalIsAway policy = (PauseWhilePostalIsAway) route.getRoutePolicyList().get(0);
        Exchange inHands = new DefaultExchange(routes.camel());
        inHands.setProperty(PauseWhilePostalIsAway.PAUSE, true);
        policy.onExchangeDone(route, inHands);
        long soon = policy.getOpenedAt() + 100; // the pause is twice as long
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10)).until(() -> {
            policy.onExchangeDone(route, inHands);
            return System.currentTimeMillis() > soon;
        });

        try (PostalSandbox sandbox = postal()) {
            routes.put(RunningRoutes.order("1", "zoe@customer.example"));

            sandbox.awaitSentTo("zoe@customer.example", RunningRoutes.TIMEOUT);
        }
    }

    @Test
    void aMailWhoseResponseIsLostIsSentOnceAndNoDeadLetter() {
        try (PostalSandbox sandbox = postal()) {
            routes.put(RunningRoutes.order("1", "first@customer.example"));
            sandbox.awaitSentTo("first@customer.example", RunningRoutes.TIMEOUT);
            NotifyBuilder repeated = new NotifyBuilder(routes.camel()).fromRoute(MailQueueRoutes.ROUTE).whenDone(2).create();
            sandbox.apiFaults().on("send/raw").next(1).loseResponse();
            routes.put(RunningRoutes.order("2", "second@customer.example"));

            assertThat(repeated.matches(RunningRoutes.TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            PostalSendLedger ledger = routes.camel().getRegistry().lookupByNameAndType("ledger", PostalSendLedger.class);
            RunningRoutes.eventually(() -> ledger.countOpen("http://127.0.0.1:" + postalPort) == 0);
            assertThat(sandbox.sent()).extracting(StoredMail::rcptTo)
                    .containsExactly("first@customer.example", "second@customer.example");
            assertThat(routes.isEmpty("mails.dead-letters")).isTrue();
            assertThat(routes.isEmpty("mails.review")).isTrue();
        }
    }

    private PostalSandbox postal() {
        return PostalSandbox.builder().port(postalPort).domain("shop.example").start();
    }
}
