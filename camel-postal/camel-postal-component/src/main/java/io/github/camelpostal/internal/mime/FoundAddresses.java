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
package io.github.camelpostal.internal.mime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;

/**
 * The bare addresses in an address field that somebody else wrote, and that was decoded: a comma in a display name may have
 * lost its quotes, and anything may stand there. What it finds can be written to; what cannot, it does not find.
 */
public final class FoundAddresses {

    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}\\p{Cc}]+");

    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");

    private static final Pattern IN_ANGLES = Pattern.compile("<([^<>]*)>");

    private static final Pattern BARE = Pattern.compile("[^\\s<>@,;:()\"]+@[^\\s<>@,;:()\"]+");

    /** Postal speaks no SMTPUTF8, so only the domain may be international. */
    private static final Pattern ADDRESS = Pattern
            .compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([\\p{L}\\p{M}\\p{N}_-]+(?:\\.[\\p{L}\\p{M}\\p{N}_-]+)*)");

    private static final int LONGEST_ADDRESS = 255;

    /** So that a hostile field costs little to search. */
    private static final int LONGEST_FIELD = 5000;

    private FoundAddresses() {
    }

    /** The addresses in these values of a field, each once, members of groups among them; international domains in ASCII. */
    public static List<String> in(List<String> values) {
        Set<String> addresses = new LinkedHashSet<>();
        for (String value : values) {
            String start = value.substring(0, Math.min(LONGEST_FIELD, value.length()));
            String line = BLANKS.matcher(start).replaceAll(" ").strip();
            parsed(line).orElseGet(() -> sought(line)).forEach(addresses::add);
        }
        return List.copyOf(addresses);
    }

    /** The address without what follows {@code +} in its local part. */
    public static String withoutTag(String address) {
        int at = address.lastIndexOf('@');
        return at < 0 ? address : LocalPart.withoutTag(address.substring(0, at)) + address.substring(at);
    }

    /** Those that can be written to; empty if it is no list of addresses. */
    private static Optional<List<String>> parsed(String line) {
        List<String> addresses = new ArrayList<>();
        try {
            for (InternetAddress address : InternetAddress.parse(line, true)) {
                InternetAddress[] members = address.isGroup() ? address.getGroup(true) : null;
                for (InternetAddress one : members == null ? List.of(address) : Arrays.asList(members)) {
                    if (one.getAddress() == null || one.getAddress().indexOf('@') < 0) {
                        return Optional.empty();
                    }
                    sendable(one.getAddress()).ifPresent(addresses::add);
                }
            }
            return Optional.of(addresses);
        } catch (AddressException e) {
            return Optional.empty();
        }
    }

    /** An address in a display name is a trap: where there are angle brackets, only those count, and else the first one. */
    private static List<String> sought(String line) {
        String unquoted = QUOTED.matcher(line).replaceAll(" ");
        List<String> found = IN_ANGLES.matcher(unquoted).results().map(angles -> angles.group(1).strip()).toList();
        if (found.isEmpty()) {
            found = BARE.matcher(unquoted).results().map(MatchResult::group).limit(1).toList();
        }
        return found.stream().map(FoundAddresses::sendable).flatMap(Optional::stream).toList();
    }

    private static Optional<String> sendable(String address) {
        if (address.length() > LONGEST_ADDRESS || !ADDRESS.matcher(address).matches()) {
            return Optional.empty();
        }
        int domain = address.lastIndexOf('@') + 1;
        return DomainName.of(address.substring(domain)).ascii().map(ascii -> address.substring(0, domain) + ascii)
                .filter(ascii -> ascii.length() <= LONGEST_ADDRESS).filter(FoundAddresses::isValid);
    }

    private static boolean isValid(String address) {
        try {
            new InternetAddress(address, true).validate();
            return true;
        } catch (AddressException e) {
            return false;
        }
    }
}
