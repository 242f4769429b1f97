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
package io.github.camelpostal.internal.conversation;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** Keys and the day of the tests of this package. */
final class Secrets {

    static final String OLD = "a:the first secret of this test and long enough";
    static final String NEW = "b:the second secret of this test and as long as that";
    static final Instant NOW = Instant.parse("2026-05-05T10:12:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private Secrets() {
    }

    static ConversationKeys keys() {
        return ConversationKeys.parse(OLD);
    }
}
