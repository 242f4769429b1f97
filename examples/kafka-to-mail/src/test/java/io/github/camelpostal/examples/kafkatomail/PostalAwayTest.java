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
package io.github.camelpostal.examples.kafkatomail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;

import io.github.camelpostal.examples.kafkatomail.broker.LocalBroker;
import io.github.camelpostal.examples.kafkatomail.broker.Topic.Entry;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Kafka.class)
@Timeout(120)
class PostalAwayTest {

    private final int port = Bridge.freePort();
    private final URI url = URI.create("http://127.0.0.1:" + port);

    @Test
    void sendsEverythingOnceAndInOrderWhenPostalComesBack(LocalBroker broker) {
        try (Bridge bridge = new Bridge(broker, url)) {
            try (PostalSandbox postal = sandbox()) {
                bridge.start();
                bridge.order("0", "before@customer.example");
                postal.awaitSentTo("before@customer.example", Bridge.PATIENCE);
                await().atMost(Bridge.PATIENCE).until(() -> bridge.committed() == 1);
            }
            orders(bridge, 5);
            await().atMost(Bridge.PATIENCE).until(bridge::isPaused);
            String member = bridge.member();

            try (PostalSandbox postal = sandbox()) {
                await().atMost(Bridge.PATIENCE).until(() -> bridge.committed() == 6);

                assertThat(postal.sent()).extracting(StoredMail::rcptTo).containsExactly(recipients(5));
                assertThat(bridge.member()).as("the member of the group").isEqualTo(member);
                assertThat(bridge.in("dead-letters")).isEmpty();
                assertThat(bridge.in("review")).isEmpty();
            }
        }
    }

    @Test
    void losesNothingThoughPostalIsAwayAtTheFirstRecordEver(LocalBroker broker) {
        try (Bridge bridge = new Bridge(broker, url)) {
            orders(bridge, 3);
            bridge.start();
            await().atMost(Bridge.PATIENCE).until(bridge::isPaused);

            try (PostalSandbox postal = sandbox()) {
                await().atMost(Bridge.PATIENCE).until(() -> bridge.committed() == 3);

                assertThat(postal.sent()).extracting(StoredMail::rcptTo).containsExactly(recipients(3));
            }
        }
    }

    @Test
    void goesOnWhereItWasWhenItIsItselfRestartedDuringTheOutage(LocalBroker broker) {
        try (Bridge bridge = new Bridge(broker, url)) {
            orders(bridge, 3);
            bridge.start();
            await().atMost(Bridge.PATIENCE).until(bridge::isPaused);
            bridge.restart();
            await().atMost(Bridge.PATIENCE).until(bridge::isPaused);

            try (PostalSandbox postal = sandbox()) {
                await().atMost(Bridge.PATIENCE).until(() -> bridge.committed() == 3);

                assertThat(postal.sent()).extracting(StoredMail::rcptTo).containsExactly(recipients(3));
            }
        }
    }

    @Test
    void waitsForSomebodyToActWhenNoMailCanPass(LocalBroker broker) {
        try (Bridge bridge = new Bridge(broker, url)) {
            try (PostalSandbox postal = PostalSandbox.builder().port(port).domain("shop.example").apiKey("another").start()) {
                bridge.start();
                orders(bridge, 3);
                await().atMost(Bridge.PATIENCE).until(bridge::isPaused);
                assertThat(bridge.committed()).isZero();
                assertThat(postal.sent()).isEmpty();
            }
            try (PostalSandbox postal = sandbox()) {
                await().atMost(Bridge.PATIENCE).until(() -> bridge.committed() == 3);

                assertThat(postal.sent()).extracting(StoredMail::rcptTo).containsExactly(recipients(3));
                assertThat(bridge.in("dead-letters")).isEmpty();
            }
        }
    }

    @Test
    void putsOneRecordUnderReviewAndNotAllThatFollowWhenPostalIsRestarted(LocalBroker broker) {
        try (Bridge bridge = new Bridge(broker, url)) {
            try (SpeechlessPostal postal = new SpeechlessPostal(port)) {
                bridge.start();
                orders(bridge, 5);
                Entry review = bridge.await("review", seen -> !seen.isEmpty()).get(0);
                assertThat(review.key()).isEqualTo("1");
                assertThat(review.value()).contains("to-1@customer.example");
                assertThat(review.header("failure-code")).isEqualTo("Uncertain");
                assertThat(review.header("failure-record")).isEqualTo(bridge.topic("records") + "-0@0");
                await().atMost(Bridge.PATIENCE).until(bridge::isPaused);
                // asks again and again, and sends nothing
                await().atMost(Bridge.PATIENCE).until(() -> postal.requests() >= 4);
                assertThat(postal.sends()).isEqualTo(1);
            }
            try (PostalSandbox postal = sandbox()) {
                await().atMost(Bridge.PATIENCE).until(() -> bridge.committed() == 5);

                assertThat(postal.sent()).extracting(StoredMail::rcptTo).containsExactly("to-2@customer.example",
                        "to-3@customer.example", "to-4@customer.example", "to-5@customer.example");
                assertThat(bridge.in("review")).hasSize(1);
            }
        }
    }

    private PostalSandbox sandbox() {
        return PostalSandbox.builder().port(port).domain("shop.example").start();
    }

    private static void orders(Bridge bridge, int count) {
        List.of(recipients(count)).forEach(email -> bridge.order(email.replaceAll("\\D", ""), email));
    }

    private static String[] recipients(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "to-" + i + "@customer.example").toArray(String[]::new);
    }
}
