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
package io.github.camelpostal.suppression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 5321, 4.1.2: quotes that are not needed make no other mailbox, so whoever left is found in quotes, too. */
class RecipientAddressTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '#', value = {"\"jane.doe\"@example.com,jane.doe@example.com",
            "\"Ja\\ne.doe\"@EXAMPLE.com.,jane.doe@example.com", "<\"jane+shop\"@example.com>,jane+shop@example.com",
            "\"a b\"@example.com,\"a b\"@example.com", "\"a..b\"@example.com,\"a..b\"@example.com",
            "\".a\"@example.com,\".a\"@example.com", "\"a@b\"@example.com,\"a@b\"@example.com",
            "\"\"@example.com,\"\"@example.com", "\"@example.com,\"@example.com",
            "\"a\\\\b\"@example.com,\"a\\\\b\"@example.com",
            "\"a\"b@example.com,\"a\"b@example.com"})
    void anAddressHasOneForm(String address, String normal) {
        assertThat(RecipientAddress.normalize(address)).isEqualTo(normal);
        assertThat(RecipientAddress.normalize(normal)).as("again").isEqualTo(normal);
    }

    @Test
    void whoeverBouncedInQuotesIsFoundWithout() {
        InMemorySuppressionList list = new InMemorySuppressionList();
        list.add(new SuppressionEntry("\"Bob\"@example.com", null, SuppressionReason.MANUAL, Instant.now(), null));
        assertThat(list.find(List.of("bob@example.com", "\"b\\ob\"@example.com"), null)).hasSize(2);
    }

    @Test
    void whatIsNoAddressIsNotQuoted() {
        assertThatThrownBy(() -> RecipientAddress.normalize("canary")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("canary");
    }
}
