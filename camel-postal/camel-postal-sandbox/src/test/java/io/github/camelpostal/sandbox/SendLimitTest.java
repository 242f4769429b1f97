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

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A limit of ten messages in a rolling hour: surplus mail is held, and two events tell of it (protocol 2.14). */
class SendLimitTest {
    private static final int LIMIT = 10;

    private final Stage stage = new Stage(server -> server.sendLimit(LIMIT));

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void holdsWhatIsOverTheLimitAndAlsoWhatIsReleasedBeforeTheHourIsOver() {
        send(LIMIT);
        StoredMail surplus = stage.send("ann@customer.example");
        stage.settle();
        assertThat(stage.postal.sent().withStatus("Sent")).hasSize(LIMIT);
        assertThat(stage.now(surplus).status()).isEqualTo("Held");

        stage.postal.server().release(surplus.id());
        assertThat(stage.settled(surplus).status()).isEqualTo("Held");

        stage.postal.advance(Duration.ofHours(1));
        assertThat(stage.now(surplus).status()).as("not by itself").isEqualTo("Held");
        stage.postal.server().release(surplus.id());
        assertThat(stage.settled(surplus).status()).isEqualTo("Sent");
    }

    @Test
    void tellsOnceAnHourThatTheLimitComesNearAndThatItIsReached() {
        send(LIMIT + 5);
        assertThat(limitEvents()).containsExactly("SendLimitApproaching 9 of 10", "SendLimitExceeded 10 of 10");

        stage.postal.advance(Duration.ofMinutes(59));
        send(1);
        assertThat(limitEvents()).hasSize(2);

        stage.postal.advance(Duration.ofMinutes(1));
        send(LIMIT + 1);
        assertThat(limitEvents()).hasSize(4).endsWith("SendLimitApproaching 9 of 10", "SendLimitExceeded 10 of 10");
    }

    private void send(int count) {
        for (int i = 0; i < count; i++) {
            stage.send("ann@customer.example");
        }
        stage.settle();
    }

    private List<String> limitEvents() {
        return Stream
                .of(stage.postal.webhookRequests().where("about the limit", post -> post.mailId() == 0)
                        .toArray(WebhookRequest[]::new))
                .map(post -> post.event() + " " + post.json().at("/payload/volume") + " of " + post.json().at("/payload/limit"))
                .toList();
    }
}
