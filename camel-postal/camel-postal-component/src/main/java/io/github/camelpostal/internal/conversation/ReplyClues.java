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

import org.jspecify.annotations.Nullable;

/**
 * What the recognition looks at, and nothing else: a token in the body or in To would let any mail that quotes one in.
 *
 * @param recipient  the envelope recipient ({@code rcpt_to})
 * @param inReplyTo  the value of In-Reply-To
 * @param references the value of References
 * @param from       the author's address; only to tell an expected sender from another one
 */
public record ReplyClues(@Nullable String recipient, @Nullable String inReplyTo, @Nullable String references,
        @Nullable String from) {
}
