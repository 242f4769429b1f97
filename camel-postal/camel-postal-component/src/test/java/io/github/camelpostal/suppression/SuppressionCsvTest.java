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

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import io.github.camelpostal.payload.FailureReason.Category;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A list can move. */
class SuppressionCsvTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private final PostalSuppressionList list = new InMemorySuppressionList(Clock.fixed(NOW, ZoneOffset.UTC),
            Duration.ofHours(24));

    @Test
    void aListReadFromAnotherIsTheSame() throws IOException {
        list.record(Rules.failure("jane@example.com", "m1", NOW, Category.UNKNOWN_USER));
        list.record(new RecipientEvent.Unsubscription("\"a,b\"@example.com", "news, \"weekly\"", NOW));
        list.add(new SuppressionEntry("john@exämple.com", null, SuppressionReason.MANUAL, NOW, null));
        StringWriter csv = new StringWriter();
        SuppressionCsv.write(list, csv);

        PostalSuppressionList other = new InMemorySuppressionList(Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofHours(24));
        assertThat(SuppressionCsv.read(new StringReader(csv.toString()), other)).isEqualTo(3);
        StringWriter again = new StringWriter();
        SuppressionCsv.write(other, again);
        assertThat(again).hasToString(csv.toString());
        assertThat(csv.toString()).startsWith("address,stream,reason,since,expires\r\n")
                .contains("jane@example.com,,unknown-user,2026-03-01T10:00:00Z,2026-05-30T10:00:00Z\r\n");
    }

    @Test
    void anImportedBounceEndsWithADelivery() throws IOException {
        SuppressionCsv.read(new StringReader("jane@example.com,,unknown-user,2026-02-01T00:00:00Z,2027-01-01T00:00:00Z"), list);
        assertThat(list.find(List.of("jane@example.com"), null)).isNotEmpty();
        list.record(new RecipientEvent.Delivery("jane@example.com", "m", NOW));
        assertThat(list.find(List.of("jane@example.com"), null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jane@example.com", "jane,,manual,2026-03-01T10:00:00Z,",
            "jane@example.com,,annoyed,2026-03-01T10:00:00Z,", "jane@example.com,,manual,yesterday,",
            "jane@example.com,,manual,,"})
    void aMistakeIsReportedWithItsRecordAndWithoutTheAddress(String line) {
        assertThatThrownBy(() -> SuppressionCsv.read(new StringReader("address,stream,reason,since,expires\n" + line), list))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("Record 2")
                .hasMessageNotContaining("jane");
    }
}
