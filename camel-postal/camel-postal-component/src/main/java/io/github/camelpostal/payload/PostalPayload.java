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

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonValue;

/** What Postal sends to a {@code postal:webhook}: an event or a mail. The body that a route gets. */
public sealed interface PostalPayload permits PostalEvent, InboundMail {

    /** What happened, in one word for all kinds. */
    Outcome outcome();

    /**
     * A key that is the same in every duplicate of this request and in no other one; 100 printable ASCII characters at most.
     *
     * <ul>
     * <li>An event: its {@code uuid}.
     * <li>A mail in Postal's format {@code Hash}: {@code mail:<id>:<token>}. The id alone is counted per mail server.
     * <li>A mail in the format {@code RawMessage}, which has no token: {@code raw:} and the hex SHA-256 of, one after the other,
     * the id (8 bytes, big endian), rcpt_to and mail_from (each its length in UTF-8 bytes as 4 bytes, big endian, and these
     * bytes; length -1 for the null sender), and the SHA-256 of the decoded message (32 bytes).
     * </ul>
     */
    String dedupKey();

    /**
     * The same under Postal's field names and in Postal's order, as in JSON; times are Unix seconds, bytes are {@code byte[]},
     * what is absent is null.
     */
    @JsonValue
    Map<String, Object> toMap();
}
