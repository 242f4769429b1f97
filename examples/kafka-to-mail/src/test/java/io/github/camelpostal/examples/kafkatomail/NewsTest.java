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
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A newsletter can be left, and only that. */
@ExtendWith(Kafka.class)
@Timeout(180)
class NewsTest {

    @Test
    void whoHasLeftGetsNoMoreNewsAndStillHisOrders(LocalBroker broker) throws Exception {
        try (PostalSandbox postal = PostalSandbox.builder().domain("shop.example").start();
                RunningRoutes routes = new RunningRoutes(broker, postal.url()).start()) {
            routes.news("Spring", "zoe@customer.example");
            leave(postal.awaitSentTo("zoe@customer.example", RunningRoutes.TIMEOUT));

            routes.news("Summer", "zoe@customer.example");
            routes.news("Summer", "amy@customer.example");
            routes.order("4711", "zoe@customer.example");

            await().atMost(RunningRoutes.TIMEOUT).until(() -> routes.committed() == 4);
            assertThat(postal.sent().to("zoe@customer.example")).extracting(StoredMail::subject)
                    .containsExactly("Spring", "Your order 4711");
            assertThat(postal.sent().to("amy@customer.example")).extracting(StoredMail::subject).containsExactly("Summer");
            assertThat(postal.sent().to("zoe@customer.example").get(1).mime().getHeader("List-Unsubscribe")).isNull();
            assertThat(routes.in("dead-letters")).isEmpty();
        }
    }

    @Test
    void anOrderForADeadMailboxIsADeadLetterWithTheReason(LocalBroker broker) {
        try (PostalSandbox postal = PostalSandbox.builder().domain("shop.example").start();
                RunningRoutes routes = new RunningRoutes(broker, postal.url()).start()) {
            postal.postEventsTo(routes.url("/postal/events"));
            routes.order("1", "hardfail@customer.example");
            routes.await("events", seen -> seen.size() == 1); // and so the list knows it

            routes.order("2", "hardfail@customer.example");

            assertThat(routes.await("dead-letters", seen -> !seen.isEmpty()).get(0).header("failure-code"))
                    .isEqualToIgnoringCase("Suppressed");
            assertThat(postal.sent()).hasSize(1);
        }
    }

    /** As a mail program does when its button is pressed (RFC 8058). */
    private static void leave(StoredMail mail) throws Exception {
        assertThat(mail.mime().getHeader("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");
        URI link = URI.create(mail.mime().getHeader("List-Unsubscribe", null).replaceAll("[<>\\s]", ""));
        HttpRequest press = HttpRequest.newBuilder(link)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("List-Unsubscribe=One-Click")).build();
        assertThat(HttpClient.newHttpClient().send(press, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(200);
    }
}
