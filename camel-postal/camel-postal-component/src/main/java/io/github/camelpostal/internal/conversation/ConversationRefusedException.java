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

/**
 * A conversation that cannot be put into this mail: its id is too long for the reply address, or the address cannot carry a
 * token. Thrown before anything is sent. The text names the limit and never the id, which may be personal.
 */
public final class ConversationRefusedException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final boolean tooLong;

    ConversationRefusedException(String message) {
        this(message, false);
    }

    ConversationRefusedException(String message, boolean tooLong) {
        super(message);
        this.tooLong = tooLong;
    }

    /** Whether a shorter id would do. */
    public boolean isTooLong() {
        return tooLong;
    }
}
