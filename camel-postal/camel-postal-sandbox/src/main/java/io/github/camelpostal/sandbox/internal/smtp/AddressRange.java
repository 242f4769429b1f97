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
package io.github.camelpostal.sandbox.internal.smtp;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The addresses that a credential of type SMTP-IP is for.
 *
 * @param prefix how many bits of the address count
 */
public record AddressRange(InetAddress address, int prefix) {
    /** Never a name, which would be looked up. */
    private static final Pattern TEXT = Pattern.compile("([0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)(?:/(\\d{1,3}))?");

    /** An address, or a range such as {@code 192.0.2.0/24}; empty when it is neither. */
    public static Optional<AddressRange> parse(String text) {
        Matcher parts = TEXT.matcher(text.strip());
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            InetAddress address = InetAddress.getByName(parts.group(1));
            int bits = address.getAddress().length * Byte.SIZE;
            int prefix = parts.group(2) == null ? bits : Integer.parseInt(parts.group(2));
            return prefix > bits ? Optional.empty() : Optional.of(new AddressRange(address, prefix));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    public boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] theirs = other.getAddress();
        int ignored = mine.length * Byte.SIZE - prefix;
        return mine.length == theirs.length
                && new BigInteger(1, mine).shiftRight(ignored).equals(new BigInteger(1, theirs).shiftRight(ignored));
    }
}
