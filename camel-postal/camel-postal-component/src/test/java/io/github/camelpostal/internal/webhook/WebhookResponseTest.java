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
package io.github.camelpostal.internal.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What all responses have in common; ResponseTableTest tests which one there is when. */
class WebhookResponseTest {

    @ParameterizedTest
    @EnumSource
    void aTextIsPlainAsciiAndSaysSo(WebhookResponse response) {
        Map<String, String> expected = response.text().isEmpty() ? Map.of() : Map.of("Content-Type", "text/plain");

        assertThat(response.headers()).containsAllEntriesOf(expected).doesNotContainKey("Location");
        assertThat(response.content()).asString().isEqualTo(response.text()).matches("[A-Za-z ]{0,20}");
    }

    @ParameterizedTest
    @EnumSource
    void noStatusButTheseIsEverSent(WebhookResponse response) {
        assertThat(response.status()).isIn(200, 503, 422, 413, 405);
    }
}
