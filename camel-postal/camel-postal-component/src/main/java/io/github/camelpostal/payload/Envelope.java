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
package io.github.camelpostal.payload;

import java.time.Instant;
import java.util.regex.Pattern;

/** What stands around every event (contract 5.1). */
record Envelope(String event, String uuid, Instant timestamp) {

    // it becomes a deduplication key, which must be short, and must not look like the key of a mail
    private static final Pattern UUID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    static Envelope read(Fields fields) throws PayloadException {
        String uuid = fields.requiredText("uuid");
        if (!UUID.matcher(uuid).matches()) {
            throw new PayloadException("'uuid' is not a uuid");
        }
        return new Envelope(fields.requiredText("event"), uuid, fields.instant("timestamp"));
    }
}
