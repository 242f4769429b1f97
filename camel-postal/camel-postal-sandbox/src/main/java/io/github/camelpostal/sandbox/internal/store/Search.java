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
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Which messages are looked for. Null members do not count.
 *
 * @param text found, letter case aside, in recipient, sender, subject, Message-ID, tag, token, or as the id
 */
public record Search(@Nullable Direction direction, @Nullable Status status, @Nullable String text) {
    /** All messages. */
    public static final Search ALL = new Search(null, null, null);

    public Search {
        text = text == null || text.isBlank() ? null : text.strip().toLowerCase(Locale.ROOT);
    }

    /**
     * One page of what was found.
     *
     * @param messages newest first
     * @param total    how many there are on all pages
     */
    public record Page(List<Message> messages, int total) {
        public Page {
            messages = List.copyOf(messages);
        }
    }

    boolean fits(Message message) {
        return (direction == null || message.direction() == direction)
                && (status == null || message.status() == status)
                && (text == null || contains(message));
    }

    private boolean contains(Message message) {
        Arrival arrival = message.arrival();
        return contains(arrival.rcptTo()) || contains(arrival.mailFrom()) || contains(arrival.subject())
                || contains(arrival.messageId()) || contains(message.state().tag()) || contains(message.token())
                || Long.toString(message.id()).equals(text);
    }

    private boolean contains(@Nullable String value) {
        return value != null && value.toLowerCase(Locale.ROOT).contains(text);
    }
}
