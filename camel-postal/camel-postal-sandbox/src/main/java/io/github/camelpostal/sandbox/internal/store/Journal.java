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
package io.github.camelpostal.sandbox.internal.store;

import java.util.List;

/** Keeps messages beyond the end of the process. Told of every change, asked once at the start. */
public interface Journal {
    /** Keeps nothing. */
    Journal NONE = (server, message) -> {
    };

    /**
     * The message is new, or has a new state that replaces the one before. Called on the thread that made the change, in the
     * order of the changes of one server, before anybody who waits for it wakes up; a slow journal slows the server down.
     *
     * @param server the mail server's permalink
     */
    void stored(String server, Message message);

    /** The message was removed permanently. */
    default void removed(String server, long id) {
        // nothing to forget for who keeps nothing
    }

    /** What was stored before the process started, each message once, in any order. */
    default List<Message> load(String server) {
        return List.of();
    }

    /** The highest id that was ever given, so that none is given twice; 0 if none was. */
    default long lastId(String server) {
        return 0;
    }
}
