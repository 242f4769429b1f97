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

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which Postal the sandbox stands for, and what clients and receivers can notice of it (protocol 11). Everything not asked here
 * is as in 3.3.6.
 */
public record PostalVersion(int major, int minor, int patch) implements Comparable<PostalVersion> {
    /** The version that was recorded, and the default. */
    public static final PostalVersion RECORDED = new PostalVersion(3, 3, 6);

    private static final Pattern TEXT = Pattern.compile("(\\d+)\\.(\\d+)(?:\\.(\\d+))?");
    private static final int OLD_TOKEN = 12;
    private static final int TOKEN = 16;

    /**
     * @param text {@code 3.3.0}, or {@code 2.3} for 2.3.0
     * @throws IllegalArgumentException when it is no version
     */
    public static PostalVersion of(String text) {
        Matcher numbers = TEXT.matcher(text);
        if (!numbers.matches()) {
            throw new IllegalArgumentException("A version of Postal looks like 3.3.6, not like " + text);
        }
        return new PostalVersion(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)),
                numbers.group(3) == null ? 0 : Integer.parseInt(numbers.group(3)));
    }

    /** The API runs on the framework that 3.3.1 replaced: other checks of types, other frame, CORS. */
    public boolean hasMoonropeApi() {
        return isBefore(3, 3, 1);
    }

    /** {@code _expansions} that are {@code true} or absent are HTTP 500: 3.3.1 and 3.3.2. */
    public boolean crashesWithoutListOfExpansions() {
        return !isBefore(3, 3, 1) && isBefore(3, 3, 3);
    }

    /** {@code bounce}, {@code received_with_ssl} and {@code sent_with_ssl} in the API are 0 and 1. */
    public boolean writesBooleansAsNumbers() {
        return isBefore(2, 1, 3);
    }

    /** Another {@code Host} than the configured one is HTTP 403. */
    public boolean checksHost() {
        return !isBefore(2, 1, 3);
    }

    /** Tracked links and pixels are behind that check and so do not work. */
    public boolean checksHostOfTrackedLinks() {
        return checksHost() && isBefore(2, 2, 0);
    }

    /** SHA-256 signatures, the key's id, and the published key set. */
    public boolean hasKeySet() {
        return !isBefore(3, 2, 0);
    }

    /** Posts to private, link-local and loopback addresses are refused unless they are allowed (protocol 14). */
    public boolean refusesPrivateTargets() {
        return !isBefore(3, 3, 7);
    }

    /** Letters and digits in a token. */
    public int tokenLength() {
        return isBefore(3, 0, 0) ? OLD_TOKEN : TOKEN;
    }

    private boolean isBefore(int otherMajor, int otherMinor, int otherPatch) {
        return compareTo(new PostalVersion(otherMajor, otherMinor, otherPatch)) < 0;
    }

    @Override
    public int compareTo(PostalVersion other) {
        return Comparator.comparingInt(PostalVersion::major).thenComparingInt(PostalVersion::minor)
                .thenComparingInt(PostalVersion::patch).compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
