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

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of the option {@code conversationSecret}: {@code id:secret} pairs, separated by commas. The first one signs, all
 * verify. A key is retired by moving it behind a new one, and removed once its last token has expired. Unsubscribe links
 * never expire, so whoever sends them keeps old keys.
 * <p>
 * Texts of exceptions never contain a secret.
 */
public final class ConversationKeys {

    /** As long as the output of the hash, so that the key is never the weakest part. */
    static final int MIN_SECRET_BYTES = 32;

    private final Map<Character, ConversationKey> keys;
    private final ConversationKey signing;

    private ConversationKeys(Map<Character, ConversationKey> keys) {
        this.keys = keys;
        this.signing = keys.values().iterator().next();
    }

    /**
     * Reads the option's value.
     *
     * @throws IllegalArgumentException if a pair has no colon, an id that is not one base32 character, an id used twice, or
     *                                  a secret that is too short
     */
    public static ConversationKeys parse(String option) {
        Map<Character, ConversationKey> keys = new LinkedHashMap<>();
        int position = 0;
        for (String pair : option.split(",", -1)) {
            position++;
            ConversationKey key = parsePair(pair.strip(), position);
            if (keys.putIfAbsent(key.id(), key) != null) {
                throw new IllegalArgumentException("conversationSecret: the key id '" + key.id() + "' is used twice");
            }
        }
        return new ConversationKeys(keys);
    }

    private static ConversationKey parsePair(String pair, int position) {
        String where = "conversationSecret: entry " + position;
        int colon = pair.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException(where + " is not of the form id:secret (a secret must not contain a comma)");
        }
        String id = pair.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        if (id.length() != 1 || !Base32.isDigit(id.charAt(0))) {
            throw new IllegalArgumentException(where + " needs an id of one character, a to z or 2 to 7");
        }
        byte[] secret = pair.substring(colon + 1).getBytes(StandardCharsets.UTF_8);
        if (secret.length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException(where + " has a secret of " + secret.length + " bytes, at least "
                    + MIN_SECRET_BYTES + " are needed");
        }
        return new ConversationKey(id.charAt(0), secret);
    }

    ConversationKey signing() {
        return signing;
    }

    Optional<ConversationKey> find(char id) {
        return Optional.ofNullable(keys.get(id));
    }

    @Override
    public String toString() {
        return "keys " + keys.keySet();
    }
}
