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

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker is away: Postal keeps what it has by its own clock, which runs here as fast as the test wants. */
class BrokerAwayTest {
    private static final Duration OUTAGE = Duration.ofMinutes(50);
    private static final Duration STEP = Duration.ofMinutes(10);
    /** Postal tries a mail again for 31 hours; within this time each one's next try has come. */
    private static final Duration AFTERWARDS = Duration.ofHours(2);

    @TempDir
    Path folder;

    @Test
    void allMailOfFiftyMinutesArrivesAfterwardsAndNoneIsBounced() {
        try (PostalSandbox sandbox = PostalSandbox.builder().domain("shop.example").virtualTime().start();
                RunningRoutes routes = new RunningRoutes(folder, sandbox.port(), sandbox.apiKey())) {
            sandbox.routeTo("orders@shop.example", routes.here("/postal/mail"));
            routes.stopBroker();
            Set<String> written = new HashSet<>();
            for (Duration passed = Duration.ZERO; passed.compareTo(OUTAGE) < 0; passed = passed.plus(STEP)) {
                written.add(mailArrives(sandbox, written.size()));
                sandbox.advance(STEP);
            }
            assertThat(sandbox.received()).extracting(StoredMail::status).containsOnly("SoftFail");

            routes.startBroker();
            Set<String> arrived = new HashSet<>();
            RunningRoutes.eventually(() -> {
                sandbox.advance(AFTERWARDS);
                take(routes, arrived);
                return arrived.size() == written.size();
            });

            assertThat(arrived).isEqualTo(written);
            assertThat(sandbox.received()).extracting(StoredMail::status).containsOnly("Sent");
            assertThat(sandbox.sent()).as("bounces to senders").isEmpty();
        }
    }

    private static String mailArrives(PostalSandbox sandbox, int number) {
        String subject = "Mail number " + number;
        String mail = "From: zoe@customer.example\r\nTo: orders@shop.example\r\nSubject: " + subject + "\r\n\r\nHello.\r\n";
        sandbox.receive("zoe@customer.example", "orders@shop.example", mail.getBytes());
        return subject;
    }

    private static void take(RunningRoutes routes, Set<String> arrived) {
        for (Exchange mail = routes.take("inbound-mails", Duration.ofMillis(500)); mail != null;) {
            String json = mail.getMessage().getBody(String.class);
            arrived.add(json.replaceFirst("(?s).*\"subject\":\"([^\"]*)\".*", "$1"));
            mail = routes.take("inbound-mails", Duration.ofMillis(500));
        }
    }
}
