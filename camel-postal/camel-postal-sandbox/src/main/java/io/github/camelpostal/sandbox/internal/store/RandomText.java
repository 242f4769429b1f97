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

import java.util.random.RandomGenerator;

/** The letters and digits that Postal makes up: tokens, log ids. */
public final class RandomText {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abcdefghijklmnopqrstuvwxyz";
    private static final int UPPER_AND_DIGITS = 36;
    private static final int LOG_ID_LENGTH = 8;

    private final RandomGenerator random;
    private final int tokenLength;

    /** For the recorded version. */
    public RandomText(RandomGenerator random) {
        this(random, PostalVersion.RECORDED);
    }

    public RandomText(RandomGenerator random, PostalVersion version) {
        this.random = random;
        this.tokenLength = version.tokenLength();
    }

    /** 16 letters or digits, 12 before 3.0.0. */
    public String token() {
        return pick(tokenLength, ALPHABET.length());
    }

    /** 8 capital letters or digits. */
    public String logId() {
        return pick(LOG_ID_LENGTH, UPPER_AND_DIGITS);
    }

    private String pick(int length, int from) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(from)));
        }
        return text.toString();
    }
}
