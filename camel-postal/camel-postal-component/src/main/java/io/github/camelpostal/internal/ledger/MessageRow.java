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
package io.github.camelpostal.internal.ledger;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A message stored at Postal, as far as settling looks at it (protocol 2.9).
 *
 * @param outgoing  false for an incoming mail, which can have the Message-ID of one that was sent
 * @param rcptTo    exactly as it was submitted
 * @param messageId without angle brackets
 * @param timestamp by Postal's clock
 * @param pending   whether no delivery was attempted yet
 */
public record MessageRow(long id, String token, boolean outgoing, @Nullable String rcptTo, @Nullable String messageId,
        Instant timestamp, boolean pending) {
}
