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
package io.github.camelpostal.examples.kafkatomail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;

import io.github.camelpostal.api.PostalAccessException;
import io.github.camelpostal.api.PostalUnavailableException;
import org.junit.jupiter.api.Test;

class WaitsTest {

    private final Pause.Waits waits = new Pause.Waits(Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofMinutes(5));

    @Test
    void doublesUpToTheMaximumAndStaysThere() {
        Exception away = new PostalUnavailableException("send", null, 0, "away", null);

        assertThat(IntStream.of(1, 2, 3, 6, 7, 1_000).mapToObj(troubles -> waits.after(troubles, away).toSeconds()))
                .containsExactly(1L, 2L, 4L, 32L, 60L, 60L);
    }

    @Test
    void doesNotHurryWhereSomebodyHasToActFirst() {
        Exception wrongKey = new PostalAccessException("send", "InvalidServerAPIKey", 200, "wrong key", null);

        assertThat(waits.after(1, wrongKey)).isEqualTo(Duration.ofMinutes(5));
    }
}
