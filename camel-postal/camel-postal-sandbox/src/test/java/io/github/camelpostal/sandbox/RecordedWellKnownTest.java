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

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The key set is published as a real Postal publishes it (protocol 6.3). */
class RecordedWellKnownTest {
    static final String PEM = "signing-public-key.pem";

    private final PostalSandbox postal = PostalSandbox.builder().keyPair(Signatures.PAIR).start();

    @AfterEach
    void stop() {
        postal.close();
    }

    @ParameterizedTest
    @MethodSource("all")
    void respondsAsPostalDid(Recording recording) {
        Map<String, String> headers = new LinkedHashMap<>(recording.requestHeaders());
        String etag = RawHttp.send(postal.port(), "GET", recording.path(), Map.of("Host", "127.0.0.1", "Connection", "close"),
                new byte[0]).headers().get("ETag");
        headers.replace("If-None-Match", etag);

        RawHttp.Response response = RawHttp.send(postal.port(), "GET", recording.path(), headers, new byte[0]);

        assertThat(response.status()).isEqualTo(recording.status());
        assertThat(response.headers().keySet()).containsAll(recording.responseHeaderNames());
        assertThat(response.headers().getOrDefault("Content-Type", "")).isEqualTo(recording.contentType());
        if (recording.status() == 200) {
            assertThat(SameShape.differences(Recording.parse(recording.responseBody()), Recording.parse(response.body()),
                    "n|kid")).isEmpty();
        } else {
            assertThat(response.body()).isEmpty();
        }
    }

    @Test
    void showsTheKeyInTheSamePemForm() throws IOException {
        try (InputStream recorded = getClass().getResourceAsStream("/recordings/wellknown/" + PEM)) {
            String pem = new String(recorded.readAllBytes(), StandardCharsets.US_ASCII);
            String shape = "[A-Za-z0-9+/=]";
            assertThat(postal.publicKeyPem().replaceAll(shape, "x")).isEqualTo(pem.replaceAll(shape, "x"));
        }
    }

    @Test
    void tellsWhoAsksFromWhichAddress() {
        RawHttp.Response response = RawHttp.send(postal.port(), "GET", "/ip",
                Map.of("Host", "127.0.0.1", "X-Forwarded-For", "203.0.113.9, 127.0.0.1", "Connection", "close"), new byte[0]);

        assertThat(response.body()).isEqualTo("ip: 203.0.113.9 remote ip: 203.0.113.9");
        assertThat(response.headers()).containsEntry("Content-Type", "text/plain; charset=utf-8");
    }

    static List<Recording> all() {
        return Recording.all("wellknown");
    }
}
