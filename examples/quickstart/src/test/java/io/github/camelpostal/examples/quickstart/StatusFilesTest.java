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
package io.github.camelpostal.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;

import io.github.camelpostal.payload.UnknownEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusFilesTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @TempDir
    Path folder;

    @Test
    void aLateDelayDoesNotOverwriteWhatHappenedAfterIt() throws IOException {
        record("delivered", NOON);
        record("deferred", NOON.minusSeconds(300));

        assertThat(status()).containsEntry("outcome", "delivered").containsEntry("event_time", NOON.toString());
    }

    @Test
    void aBounceAfterADeliveryIsTheLastWord() throws IOException {
        record("deferred", NOON.minusSeconds(300));
        record("delivered", NOON);
        record("bounced", NOON.plusMillis(1));

        assertThat(status()).containsEntry("outcome", "bounced");
    }

    @Test
    void ofTwoEventsInTheSameSecondADelayIsNeverTheLastWord() throws IOException {
        record("deferred", NOON);
        record("failed", NOON);
        record("deferred", NOON);

        assertThat(status()).containsEntry("outcome", "failed");
    }

    @Test
    void leavesNothingButTheStatusFileBehind() throws IOException {
        record("deferred", NOON);
        record("delivered", NOON.plusSeconds(1));

        try (Stream<Path> files = Files.list(folder.resolve("status"))) {
            assertThat(files).extracting(file -> file.getFileName().toString()).containsExactly("17-token.json");
        }
    }

    private void record(String outcome, Instant time) throws IOException {
        new StatusFiles(folder.resolve("status")).record(17, "token", outcome, "Event", time,
                new UnknownEvent("Event", "uuid", time, Map.of()));
    }

    private Map<String, Object> status() throws IOException {
        return new JsonFile(folder.resolve("status/17-token.json")).read().orElseThrow();
    }
}
