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

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/** Makes owner tokens and Message-IDs that nobody else has. */
public final class RandomIds {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    private final RandomGenerator random;

    /** @param random a {@code SecureRandom}: a Message-ID that can be guessed can be imitated */
    public RandomIds(RandomGenerator random) {
        this.random = random;
    }

    /** 26 letters and digits, 130 bits. */
    public String token() {
        byte[] token = new byte[26];
        random.nextBytes(token); // at once: a SecureRandom takes a lock each time
        for (int i = 0; i < token.length; i++) {
            token[i] = (byte) ALPHABET.charAt(token[i] & 31);
        }
        return new String(token, StandardCharsets.US_ASCII);
    }

    /** A Message-ID without angle brackets. It begins with randomness: Postal's index covers its first eight characters. */
    public String messageId(String domain) {
        return token() + "@" + domain;
    }
}
