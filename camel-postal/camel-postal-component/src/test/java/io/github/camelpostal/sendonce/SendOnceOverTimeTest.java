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

import java.net.URI;
import java.time.Duration;

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.sandbox.Outcome;
import io.github.camelpostal.sandbox.PostalSandbox;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** What time, and whoever looks after Postal, do to a key that is not settled yet. */
class SendOnceOverTimeTest extends SendOnceTestSupport {

    @Test
    void retentionDeletesAcceptedKeysAndNeverAStuckOne() {
        sendSomethingBefore();
        loseTheResponse();
        clock.advance(Duration.ofDays(1));
        ledger.expireAccepted(Duration.ofMinutes(1));
        assertThat(ledger.get("before")).isEmpty();
        assertThat(ledger.get("order-1")).isPresent();
        repeatUntilSent("order-1", "x", A);
        assertEachStoredOnce(A);
    }

    @Test
    void anAcceptedKeyThatIsUsedAgainAfterItsRetentionIsANewOne() {
        sent(send("order-1", "x", A));
        clock.advance(Duration.ofDays(8));
        ledger.expireAccepted(Duration.ofDays(7));
        Exchange late = send("order-1", "x", A);
        sent(late);
        assertThat(late.getMessage().getHeader(PostalConstants.DUPLICATE)).isEqualTo(false);
        assertThat(rows(A)).hasSize(2);
    }

    @Test
    void eventsThatAreLostForThirtySixMinutesAreNotNeeded() {
        sandbox.postEventsTo(URI.create("http://127.0.0.1:1/nobody-listens-here"));
        sendSomethingBefore();
        loseTheResponse();
        clock.advance(Duration.ofMinutes(36));
        repeatUntilSent("order-1", "x", A);
        assertEachStoredOnce(A);
    }

    @Test
    void aHeldCopyThatIsReleasedLaterIsAcceptedAndNotSentAgain() {
        sandbox.server().outcome(A, Outcome.held());
        sendSomethingBefore();
        loseTheResponse();
        repeatUntilSent("order-1", "x", A);
        sandbox.server().release(rows(A).get(0).id());
        Exchange repeated = send("order-1", "x", A);
        sent(repeated);
        assertThat(repeated.getMessage().getHeader(PostalConstants.DUPLICATE)).isEqualTo(true);
        assertEachStoredOnce(A);
    }

    @Test
    void aRestoredPostalThatUsesIdsAgainMakesOpenKeysUnknownAndNotMissing() {
        sendSomethingBefore();
        loseTheResponse();
        int port = sandbox.port();
        sandbox.close();
        sandbox = PostalSandbox.builder().port(port).domain("acme.example").clock(clock).start();
        for (int i = 0; i < 4; i++) {
            sent(send("after-" + i, "x", "after@rcpt.test"));
        }
        clock.advance(AFTER_RESEND);
        uncertain(send("order-1", "x", A));
        clock.advance(AFTER_RESEND);
        assertThat(uncertain(send("order-1", "x", A)).unknown()).containsExactly(A);
        assertThat(rows(A)).isEmpty();
    }

    private void loseTheResponse() {
        sandbox.apiFaults().on("send/raw").next(1).loseResponse();
        uncertain(send("order-1", "x", A));
    }
}
