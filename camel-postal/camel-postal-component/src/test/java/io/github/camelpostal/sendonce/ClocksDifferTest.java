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

import java.time.Clock;
import java.time.Duration;

import io.github.camelpostal.sandbox.PostalSandbox;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Postal's clock is not the ledger's. */
class ClocksDifferTest extends SendOnceTestSupport {

    @ParameterizedTest(name = "by {0} s")
    @ValueSource(longs = {-3600, 3600})
    void whatIsMissingIsSentOnceAndWhatIsThereIsFound(long ahead) {
        int port = sandbox.port();
        sandbox.close();
        sandbox = PostalSandbox.builder().port(port).domain("acme.example")
                .clock(Clock.offset(clock, Duration.ofSeconds(ahead))).start();
        sendSomethingBefore();
        sandbox.apiFaults().on("send/raw").next(1).loseResponseAfterRecipients(1);
        uncertain(send("order-1", "x", A, B));
        assertThat(rows(B)).isEmpty();

        clock.advance(AFTER_RESEND);
        assertThat(repeatUntilSent("order-1", "x", A, B).recipients()).containsOnlyKeys(A, B);
        assertEachStoredOnce(A, B);
    }
}
