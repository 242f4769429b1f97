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
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** An application that chooses the Message-ID itself, and uses it for the mails of several keys. */
class SharedMessageIdTest extends SendOnceTestSupport {

    private static final String MAIL = "From: sales@acme.example\r\nTo: a@rcpt.test\r\nSubject: Hi\r\n"
            + "Message-ID: <own@acme.example>\r\nDate: Mon, 02 Nov 2026 10:00:00 +0000\r\n\r\nHello\r\n";

    @Test
    void theMailOfAnotherKeyIsNotTakenForThisOne() {
        sendSomethingBefore();
        sent(send("first"));
        sandbox.apiFaults().on("send/raw").next(1).loseResponseAfterRecipients(0);
        uncertain(send("second"));
        assertThat(rows(A)).hasSize(1);

        await().atMost(Duration.ofMinutes(2)).until(() -> {
            clock.advance(Duration.ofSeconds(70));
            return send("second").getException() == null;
        });
        assertThat(rows(A)).as("one for each key").hasSize(2);
    }

    @Test
    void ofTwoUnsettledKeysNobodyCanTellWhoseMailItIs() {
        sendSomethingBefore();
        sandbox.apiFaults().on("send/raw").next(1).loseResponse();
        uncertain(send("first"));
        sandbox.apiFaults().on("send/raw").next(1).loseResponseAfterRecipients(0);
        uncertain(send("second"));
        for (int i = 0; i < 3; i++) {
            clock.advance(AFTER_RESEND);
            assertThat(uncertain(send("first")).unknown()).containsExactly(A);
            assertThat(uncertain(send("second")).unknown()).containsExactly(A);
        }
        assertEachStoredOnce(A);
    }

    private Exchange send(String key) {
        return send("postal:sendRaw?sendLedger=#ledger", key, MAIL, Map.of());
    }
}
