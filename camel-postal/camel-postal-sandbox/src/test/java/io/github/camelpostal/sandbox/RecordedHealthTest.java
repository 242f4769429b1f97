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

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Monitoring gets the responses that Postal's worker and its SMTP server give (protocol 8). */
class RecordedHealthTest {
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$");
    private static final Pattern ROOT = Pattern.compile("(worker|smtp-server) \\(pid: \\d+, host: \\S+\\)");

    @ParameterizedTest
    @MethodSource("all")
    void respondsAsPostalDid(Recording recording) {
        try (PostalSandbox postal = PostalSandbox.builder().smtpPort(0).healthPorts(0, 0).start()) {
            int port = recording.name().startsWith("worker") ? postal.workerHealthPort() : postal.smtpHealthPort();
            RawHttp.Response response = RawHttp.send(port, recording.method(), recording.path(),
                    Map.of("Host", "127.0.0.1:" + port, "Connection", "close"), recording.requestBody());

            assertThat(response.status()).isEqualTo(recording.status());
            assertThat(response.headers().get("Content-Type"))
                    .isEqualTo(recording.json().at("/response/headers/Content-Type").asText());
            if (recording.path().equals("/metrics")) {
                assertThat(types(response.body())).isEqualTo(types(recording.responseBody()));
            } else if (recording.path().equals("/")) {
                assertThat(recording.responseBody()).matches(ROOT);
                assertThat(response.body()).matches(ROOT).startsWith(recording.name().startsWith("worker") ? "w" : "s");
            } else {
                assertThat(response.body()).isEqualTo(recording.responseBody());
            }
        }
    }

    /** Names and types, in order. */
    private static List<String> types(String metrics) {
        return TYPE.matcher(metrics).results().map(match -> match.group(1) + " " + match.group(2))
                .toList();
    }

    static List<Recording> all() {
        return Recording.all("health");
    }
}
