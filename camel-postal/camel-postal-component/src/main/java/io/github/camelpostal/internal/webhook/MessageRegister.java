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
package io.github.camelpostal.internal.webhook;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/** What the consumer's own mail server has stored. */
@FunctionalInterface
public interface MessageRegister {

    /**
     * What never changes about a stored message.
     *
     * @param token    random letters and digits
     * @param rcptTo   whom the envelope names
     * @param mailFrom null for the null sender
     */
    record Entry(String token, @Nullable String rcptTo, @Nullable String mailFrom) {
    }

    /** Empty if there is no message of that id; fails if nobody can say. No thread waits for it. */
    CompletionStage<Optional<Entry>> find(long id);
}
