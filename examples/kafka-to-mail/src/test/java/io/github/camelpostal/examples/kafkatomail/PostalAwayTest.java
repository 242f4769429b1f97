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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

import io.github.camelpostal.examples.kafkatomail.Topic.Entry;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Kafka.class)
@Timeout(120)
class PostalAwayTest {

    private final int port = RunningRoutes.freePort();
    private final URI url = URI.create("http://127.0.0.1:" + port);

    @Test
    void sendsEverythingOnceAndInOrderWhenPostalComesBack(LocalBroker broker) {
        try (RunningRoutes routes = new RunningRoutes(broker, url)) {
            try (PostalSandbox postal = sandbox()) {
                routes.start();
                routes.order("0", "before@customer.example");
                postal.awaitSentTo("before@customer.example", RunningRoutes.TIMEOUT);
                await().atMost(RunningRoutes.TIMEOUT).until(() -> routes.committed() == 1);
            }
            orders(routes, 5);
            await().atMost(RunningRoutes.TIMEOUT).until(routes::isPaused);
            String member = routes.member();

            try (PostalSandbox postal = sandbox()) {
                await().atMost(RunningRoutes.TIMEOUT).until(() -> routes.committed() == 6);

                assertThat(postal.sent()).extracting(StoredMail::rcptTo).containsExactly(recipients(5));
                assertThat(routes.member()).as("the member of the group").isEqualTo(member);
                assertThat(routes.in("dead-letters")).isEmpty();
                assertThat(routes.in("review")).isEmpty();
            }
        }
    }

    @Test
    void losesNothingThoughPostalIsAwayAtTheFirstRecordEver(LocalBroker broker) {
        try (RunningRoutes routes = new RunningRoutes(broker, url)) {
            orders(routes, 3);
            routes.start();
            await().atMost(RunningRoutes.TIMEOUT).until(routes::isPaused);

            try (PostalSandbox postal = sandbox()) {
                await().atMost(RunningRoutes.TIMEOUT).until(() -> routes.committed() == 3);

                assertThat(postal.sent()).extracting(StoredMail::rcptTo).containsExactly(recipients(3));
            }
        }
    }

    @Test
    void goesOnWhereItWasWhenItIsItselfRestartedDuringTheOutage(LocalBroker broker) {
        try (RunningRoutes routes = new RunningRoutes(broker, url)) {
            orders(routes, 3);
            routes.start();
            await().atMost(RunningRoutes.TIMEOUT).until(routes::isPaused);
            routes.restart();
            await().atMost(RunningRoutes.TIMEOUT).until(routes::isPaused);

            try (PostalSandbox postal = sandbox()) {
                await().atMost(RunningRoutes.TIMEOUT).until(() -> routes.committed() == 3);

                assertThat(postal.sent()).extracting(StoredMail::rcptTo).containsExactly(recipients(3));
            }
        }
    }

    @Test
    void waitsForSomebodyToActWhenNoMailCanPass(LocalBroker broker) {
        try (RunningRoutes routes = new RunningRoutes(broker, url)) {
            try (PostalSandbox postal = PostalSandbox.builder().port(port).domain("shop.example").apiKey("another").start()) {
                routes.start();
                orders(routes, 3);
                await().atMost(RunningRoutes.TIMEOUT).until(routes::isPaused);
                assertThat(routes.committed()).isZero();
                assertThat(postal.sent()).isEmpty();
            }
            try (PostalSandbox postal = sandbox()) {
                await().atMost(RunningRoutes.TIMEOUT).until(() -> routes.committed() == 3);

                assertThat(postal.sent()).extracting(StoredMail::rcptTo).containsExactly(recipients(3));
                assertThat(routes.in("dead-letters")).isEmpty();
            }
        }
    }

    @Test
    void findsOutWhetherPostalHasTheMailWhenTheResponseIsLost(LocalBroker broker) {
        try (PostalSandbox postal = sandbox(); RunningRoutes routes = new RunningRoutes(broker, url).start()) {
            orders(routes, 1);
            await().atMost(RunningRoutes.TIMEOUT).until(() -> routes.committed() == 1);
            postal.apiFaults().on("send/raw").next(1).loseResponse();

            routes.order("2", "to-2@customer.example");
            routes.order("3", "to-3@customer.example");

            await().atMost(RunningRoutes.TIMEOUT).until(() -> routes.committed() == 3);
            assertThat(postal.sent()).extracting(StoredMail::rcptTo).containsExactly(recipients(3));
            assertThat(routes.in("review")).isEmpty();
        }
    }

    @Test
    void sendsARecordOnceThoughItIsWrittenTwiceWithTheSameId(LocalBroker broker) {
        try (PostalSandbox postal = sandbox(); RunningRoutes routes = new RunningRoutes(broker, url).start()) {
            for (int i = 0; i < 2; i++) {
                ProducerRecord<String, byte[]> record = new ProducerRecord<>(routes.topic("records"), "1",
                        RunningRoutes.json("1", "to-1@customer.example").getBytes(StandardCharsets.UTF_8));
                record.headers().add("id", "order-1-confirmed".getBytes(StandardCharsets.UTF_8));
                routes.write(record);
            }

            await().atMost(RunningRoutes.TIMEOUT).until(() -> routes.committed() == 2);
            assertThat(postal.sent()).hasSize(1);
            assertThat(routes.in("dead-letters")).isEmpty();
        }
    }

    @Test
    void putsOneRecordUnderReviewAndNotAllThatFollowWhenPostalIsRestarted(LocalBroker broker) {
        try (RunningRoutes routes = new RunningRoutes(broker, url).with("kafka-to-mail.review-after", "0s")) {
            try (SilentPostal postal = new SilentPostal(port)) {
                routes.start();
                orders(routes, 5);
                Entry review = routes.await("review", seen -> !seen.isEmpty()).get(0);
                assertThat(review.key()).isEqualTo("1");
                assertThat(review.value()).contains("to-1@customer.example");
                assertThat(review.header("failure-code")).isEqualTo("Uncertain");
                assertThat(review.header("failure-record")).isEqualTo(routes.topic("records") + "-0@0");
                await().atMost(RunningRoutes.TIMEOUT).until(routes::isPaused);
                // asks again and again, and sends nothing
                await().atMost(RunningRoutes.TIMEOUT).until(() -> postal.requests() >= 4);
                assertThat(postal.sends()).isEqualTo(1);
            }
            try (PostalSandbox postal = sandbox()) {
                await().atMost(RunningRoutes.TIMEOUT).until(() -> routes.committed() == 5);

                assertThat(postal.sent()).extracting(StoredMail::rcptTo).containsExactly("to-2@customer.example",
                        "to-3@customer.example", "to-4@customer.example", "to-5@customer.example");
                assertThat(routes.in("review")).hasSize(1);
            }
        }
    }

    private PostalSandbox sandbox() {
        return PostalSandbox.builder().port(port).domain("shop.example").start();
    }

    private static void orders(RunningRoutes routes, int count) {
        List.of(recipients(count)).forEach(email -> routes.order(email.replaceAll("\\D", ""), email));
    }

    private static String[] recipients(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "to-" + i + "@customer.example").toArray(String[]::new);
    }
}
