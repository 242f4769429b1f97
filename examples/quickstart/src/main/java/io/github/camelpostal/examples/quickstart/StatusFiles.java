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

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.payload.PostalEvent;
import org.apache.camel.Body;
import org.apache.camel.Header;

/**
 * The newest known fate of each message, one file each: {@code <id>-<token>.json}.
 *
 * <p>Postal keeps no order: the retry of a {@code MessageDelayed} that we had missed may come long after the
 * {@code MessageSent}. So it is the time of the event that decides, not the time of its arrival.
 */
final class StatusFiles {

    private static final String EVENT_TIME = "event_time";

    private final Path folder;

    StatusFiles(Path folder) {
        this.folder = folder;
    }

    /** One at a time, because two events about one message may arrive together. */
    synchronized void record(@Header(PostalConstants.ID) long id, @Header(PostalConstants.TOKEN) String token,
            @Header(PostalConstants.OUTCOME) String outcome, @Header(PostalConstants.EVENT) String event,
            @Header(PostalConstants.EVENT_TIME) Instant time, @Body PostalEvent body) throws IOException {
        JsonFile file = new JsonFile(folder.resolve(id + "-" + token + ".json"));
        if (isNews(time, outcome, file)) {
            Map<String, Object> status = new LinkedHashMap<>();
            status.put("id", id);
            status.put("token", token);
            status.put("outcome", outcome);
            status.put("event", event);
            status.put(EVENT_TIME, time.toString());
            status.put("postal", body.toMap());
            file.write(status);
        }
    }

    private static boolean isNews(Instant time, String outcome, JsonFile file) throws IOException {
        Instant known = file.read().map(status -> Instant.parse((String) status.get(EVENT_TIME))).orElse(Instant.MIN);
        // Some databases keep whole seconds: of two events in the same one, a delay is never the last word.
        return time.isAfter(known) || time.equals(known) && !"deferred".equals(outcome);
    }
}
