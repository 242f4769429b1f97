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

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same question gets the same answer as from a real Postal: status, content type, envelope, types and nulls (contract 2). */
class RecordedApiTest {
    /** What is not compared yet, and why. */
    private static final Map<String, String> NOT_YET = Map.of("send-message-very-long-subject", "the recorded request is cut");

    @ParameterizedTest
    @MethodSource("comparable")
    void answersWhatPostalAnswered(Recording recording) {
        try (RecordedState state = RecordedState.before(recording)) {
            byte[] body = state.translated(new String(recording.requestBody(), StandardCharsets.UTF_8))
                    .getBytes(StandardCharsets.UTF_8);
            RawHttp.Response response = RawHttp.send(state.postal().port(), recording.method(), recording.path(),
                    recording.requestHeaders(), body);

            assertThat(response.status()).as(recording.name()).isEqualTo(recording.status());
            assertThat(response.headers().get("Content-Type")).isEqualTo(recording.contentType());
            if (recording.contentType().startsWith("application/json")) {
                JsonNode recorded = comparablePart(Recording.parse(recording.responseBody()));
                JsonNode actual = Recording.parse(response.body());
                assertThat(SameShape.differences(recorded, actual, state.valuesOfItsOwn())).as(recording.name()).isEmpty();
                assertThat(response.headers()).containsKeys("ETag", "X-Request-Id", "X-Runtime", "Cache-Control");
            } else {
                assertThat(response.body().isEmpty()).isEqualTo(recording.responseBody().isEmpty());
            }
        }
    }

    @Test
    void listsOnlyRecordingsThatExist() {
        assertThat(Recording.all("api")).extracting(Recording::name).containsAll(NOT_YET.keySet());
    }

    static List<Recording> comparable() {
        return Recording.all("api").stream().filter(recording -> !NOT_YET.containsKey(recording.name())).toList();
    }

    /** A known difference: the sandbox does not sign with DKIM. */
    private static JsonNode comparablePart(JsonNode recorded) {
        if (recorded.at("/data/headers") instanceof ObjectNode headers) {
            headers.remove("dkim-signature");
        }
        return recorded;
    }
}
