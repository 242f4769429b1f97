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

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same request gets the same response as from a real Postal: status, content type, envelope, types and nulls (protocol 2). */
class RecordedApiTest {
    @ParameterizedTest
    @MethodSource("all")
    void respondsAsPostalDid(Recording recording) {
        try (RecordedState state = RecordedState.before(recording)) {
            byte[] body = state.translated(body(recording)).getBytes(StandardCharsets.UTF_8);
            RawHttp.Response response = RawHttp.send(state.postal().port(), recording.method(), recording.path(),
                    recording.requestHeaders(), body);

            assertThat(response.status()).as(recording.name()).isEqualTo(recording.status());
            assertThat(response.headers().get("Content-Type")).isEqualTo(recording.contentType());
            assertThat(response.headers().keySet()).containsAll(recording.responseHeaderNames());
            if (recording.contentType().startsWith("application/json")) {
                JsonNode recorded = Recording.parse(recording.responseBody());
                JsonNode actual = Recording.parse(response.body());
                assertThat(SameShape.differences(recorded, actual, state.valuesOfItsOwn())).as(recording.name()).isEmpty();
            } else {
                assertThat(response.body().isEmpty()).isEqualTo(recording.responseBody().isEmpty());
            }
        }
    }

    static List<Recording> all() {
        return Recording.all("api");
    }

    /** One request was cut when it was recorded; its length says how many letters its subject had. */
    private static String body(Recording recording) {
        String body = new String(recording.requestBody(), StandardCharsets.UTF_8);
        if (!recording.isCut()) {
            return body;
        }
        String begin = body.substring(0, body.indexOf("xxx"));
        String end = "\", \"plain_body\": \"Hello Bob\"}";
        int length = Integer.parseInt(recording.requestHeaders().get("Content-Length"));
        return begin + "x".repeat(length - begin.length() - end.length()) + end;
    }
}
