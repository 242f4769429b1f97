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

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Message-IDs that carry a token, {@code <random.token@domain>}, and the fields in which mail programs repeat them. The
 * randomness comes first because Postal's index covers the first eight characters, and looking for a message by its
 * Message-ID would be slow if they were all alike.
 */
final class ConversationMessageId {

    static final int RANDOM_DIGITS = 16;

    static final int RANDOM_BYTES = 10;

    /** A Message-ID over 255 characters makes Postal fail (protocol 2.13). */
    private static final int MAX_LENGTH = 255;

    /** Mail programs keep ten to thirty references; nobody needs more, and hostile mail has thousands. */
    private static final int MAX_IDS = 100;

    private static final int MAX_FIELD = 32 * 1024;

    private ConversationMessageId() {
    }

    /** Returns how many characters an escaped id may have. */
    static int limit(String domain) {
        return MAX_LENGTH - RANDOM_DIGITS - 1 - ConversationToken.FIXED_LENGTH - 1 - domain.length();
    }

    static String of(byte[] random, String token, String domain) {
        return '<' + Base32.ofBytes(random, RANDOM_DIGITS) + '.' + token + '@' + domain + '>';
    }

    /** The text that could be a token in a Message-ID, which may stand in angle brackets; empty if there is none. */
    static Optional<String> token(String messageId) {
        String id = messageId.strip();
        int start = id.startsWith("<") ? 1 : 0;
        int at = id.lastIndexOf('@');
        int dot = start + RANDOM_DIGITS;
        if (at <= dot || id.charAt(dot) != '.') {
            return Optional.empty();
        }
        String token = id.substring(dot + 1, at);
        return ConversationToken.looksLikeOne(token) ? Optional.of(token) : Optional.empty();
    }

    /** The Message-IDs of an In-Reply-To or References field, the last one first: it is the mail that was replied to. */
    static List<String> lastFirst(@Nullable String field) {
        List<String> ids = new ArrayList<>();
        if (field == null) {
            return ids;
        }
        String text = field.length() > MAX_FIELD ? field.substring(field.length() - MAX_FIELD) : field;
        int end = text.length();
        while (ids.size() < MAX_IDS && end > 0) {
            int close = text.lastIndexOf('>', end - 1);
            int open = close < 0 ? -1 : text.lastIndexOf('<', close);
            if (open < 0) {
                break;
            }
            // a folded line may have left white space within a long id
            ids.add(text.substring(open + 1, close).replaceAll("\\s+", ""));
            end = open;
        }
        if (ids.isEmpty() && text.indexOf('<') < 0) {
            addBare(text, ids);
        }
        return ids;
    }

    /** Some programs leave the angle brackets out. */
    private static void addBare(String text, List<String> ids) {
        String[] words = text.strip().split("[\\s,]+");
        for (int i = words.length - 1; i >= 0 && ids.size() < MAX_IDS; i--) {
            ids.add(words[i]);
        }
    }
}
