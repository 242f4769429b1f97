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
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Odd requests get the responses of a real Postal: encodings, methods, broken JSON, hosts, keys (protocol 2.1, 2.4). */
class RecordedApiFormatsTest {
    @ParameterizedTest
    @MethodSource("all")
    void respondsAsPostalDid(Recording recording) {
        try (RecordedState state = RecordedState.before(recording)) {
            RawHttp.Response response = RawHttp.send(state.postal().port(), recording.method(),
                    recording.path().replace("216", Long.toString(1)), recording.requestHeaders(), body(state, recording));

            assertThat(response.status()).as(recording.name()).isEqualTo(recording.status());
            assertThat(response.headers().getOrDefault("Content-Type", "")).isEqualTo(recording.contentType());
            assertThat(response.headers().keySet()).containsAll(recording.responseHeaderNames());
            if (recording.json().at("/response/headers").has("location")) {
                assertThat(response.headers().get("Location"))
                        .isEqualTo(recording.json().at("/response/headers/location").asText());
            }
            if (recording.contentType().startsWith("application/json") && !recording.responseBody().isEmpty()) {
                assertThat(SameShape.differences(Recording.parse(recording.responseBody()),
                        Recording.parse(response.body()), state.valuesOfItsOwn())).as(recording.name()).isEmpty();
            } else {
                assertThat(response.body().isEmpty()).isEqualTo(recording.responseBody().isEmpty());
            }
        }
    }

    static List<Recording> all() {
        return Recording.all("api-formats");
    }

    private static byte[] body(RecordedState state, Recording recording) {
        if (recording.json().path("request").has("body_base64")) {
            return Base64.getDecoder().decode(recording.json().at("/request/body_base64").asText());
        }
        String body = new String(recording.requestBody(), StandardCharsets.UTF_8);
        if (recording.isCut()) {
            return withItsLength(recording, body);
        }
        boolean aboutOurMessage = recording.path().contains("/messages/");
        return (aboutOurMessage ? body.replace("216", "1") : state.translated(body)).getBytes(StandardCharsets.UTF_8);
    }

    /** The recorded request was cut inside an attachment, whose bytes do not matter. */
    private static byte[] withItsLength(Recording recording, String body) {
        int length = Integer.parseInt(recording.requestHeaders().get("Content-Length"));
        String begin = body.substring(0, body.indexOf("\"data\": \"") + 9);
        String end = "\"}]}";
        return (begin + "A".repeat(length - begin.length() - end.length()) + end).getBytes(StandardCharsets.US_ASCII);
    }
}
