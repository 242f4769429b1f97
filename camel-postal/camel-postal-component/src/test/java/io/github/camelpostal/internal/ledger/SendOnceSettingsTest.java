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
package io.github.camelpostal.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The options of sending once, and the Message-IDs that it makes. */
class SendOnceSettingsTest {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration RESPONSE = Duration.ofSeconds(30);

    @ParameterizedTest
    @CsvSource({"PT1M35.001S, PT60S, PT0S", "PT10M, PT60S, P7D", "PT0S, PT60S, P7D", "PT10M, PT0.001S, P7D"})
    void aCallIsOverBeforeItIsRepeated(Duration resendAfter, Duration lease, Duration retention) {
        SendOnceSettings settings = SendOnceSettings.of(resendAfter, lease, retention);

        assertThat(settings.checked(CONNECT, RESPONSE)).isSameAs(settings);
        assertThat(settings.resends()).isEqualTo(!resendAfter.isZero());
    }

    @ParameterizedTest
    @CsvSource({"PT1M35S, PT60S, P7D, resendAfter is PT1M35S", "PT1S, PT60S, P7D, resendAfter is PT1S",
            "PT10M, PT0S, P7D, ledgerLease must be positive", "PT10M, PT-1S, P7D, ledgerLease must be positive",
            "PT10M, PT60S, PT-1S, not negative", "PT-10M, PT60S, P7D, resendAfter is PT-10M"})
    void whatCouldRepeatACallThatStillRunsIsRefused(Duration resendAfter, Duration lease, Duration retention, String reason) {
        assertThatThrownBy(() -> SendOnceSettings.of(resendAfter, lease, retention).checked(CONNECT, RESPONSE))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(reason);
    }

    @Test
    void aMessageIdCannotBeGuessedAndNeverComesTwice() {
        RandomIds random = new RandomIds(new SecureRandom());
        Set<String> seen = new HashSet<>();
        Set<Integer> characters = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            String id = random.messageId("x.test");
            assertThat(id).matches("[a-z2-7]{26}@x\\.test");
            assertThat(seen.add(id)).isTrue();
            id.substring(0, 26).chars().forEach(characters::add);
        }
        assertThat(characters).as("all of the alphabet").hasSize(32);
    }
}
