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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.camelpostal.sandbox.internal.store.Journal;
import io.github.camelpostal.sandbox.internal.store.Message;
import org.junit.jupiter.api.Test;

/** A sandbox that is told of every change can go on where the one before it ended. */
class JournalTest {
    private static final Instant START = Instant.parse("2026-11-20T18:00:00Z");

    private final Map<Long, Message> kept = new ConcurrentHashMap<>();

    private final Journal journal = new Journal() {
        @Override
        public void stored(String server, Message message) {
            kept.put(message.id(), message);
        }

        @Override
        public List<Message> load(String server) {
            return List.copyOf(kept.values());
        }
    };

    @Test
    void goesOnWithWhatWasWaitingWhenTheOneBeforeEnded() {
        try (PostalSandbox first = start(START)) {
            for (String to : List.of("ann", "softfail", "held")) {
                new Client(first).call("/api/v1/send/message",
                        "{'to':['" + to + "@customer.example'],'from':'me@example.com','plain_body':'b'}");
                first.advance(to.equals("held") ? Duration.ZERO : Duration.ofSeconds(1));
            }
            new Client(first).call("/api/v1/send/message",
                    "{'to':['bob@customer.example'],'from':'me@example.com','plain_body':'b'}");
        }

        try (PostalSandbox second = start(START.plusSeconds(60))) {
            assertThat(second.sent()).extracting(StoredMail::status).containsExactly("Sent", "SoftFail", "Held", "Pending");
            second.advance(Duration.ZERO);
            assertThat(second.sent()).extracting(StoredMail::status).containsExactly("Sent", "SoftFail", "Held", "Sent");

            second.advance(Duration.ofSeconds(241));
            assertThat(second.message(2).orElseThrow().deliveries()).as("on time, whatever the restart").hasSize(2);
            second.advance(Duration.ofDays(7));
            assertThat(second.message(3).orElseThrow().status()).isEqualTo("HoldCancelled");

            new Client(second).call("/api/v1/send/message",
                    "{'to':['eve@customer.example'],'from':'me@example.com','plain_body':'b'}");
            assertThat(second.sent().to("eve@customer.example").only().id()).isEqualTo(5);
        }
    }

    private PostalSandbox start(Instant time) {
        return PostalSandbox.builder().keyPair(Signatures.PAIR).virtualTime(time).journal(journal).start();
    }
}
