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
package io.github.camelpostal.suppression;

import java.util.Locale;

import io.github.camelpostal.internal.mime.DomainName;
import io.github.camelpostal.internal.mime.LocalPart;

/** How an address is written on the list, so that it is found again however a sender or a server writes it. */
public final class RecipientAddress {

    private RecipientAddress() {
    }

    /**
     * The bare address in lower case, without quotes that are not needed, its domain in ASCII. Local parts may differ by case in
     * theory; a list that took that seriously would let through the mail to {@code Jane@} after the bounce of {@code jane@}.
     *
     * @throws IllegalArgumentException if it is no bare address: without {@code @}, with white space, over 320 characters
     */
    public static String normalize(String address) {
        String bare = address.strip();
        if (bare.startsWith("<") && bare.endsWith(">")) {
            bare = bare.substring(1, bare.length() - 1);
        }
        int at = bare.lastIndexOf('@');
        if (at < 1 || at == bare.length() - 1 || bare.length() > 320 || hasWhiteSpace(bare)) {
            throw new IllegalArgumentException("This is no bare mail address");
        }
        return isNormal(bare)
                ? bare
                : LocalPart.unquoted(bare.substring(0, at)).toLowerCase(Locale.ROOT) + "@" + domain(bare.substring(at + 1));
    }

    /** The domain of a normalized address. */
    public static String domainOf(String address) {
        return address.substring(address.lastIndexOf('@') + 1);
    }

    // without streams: it is asked for each of a thousand recipients of a mail
    private static boolean hasWhiteSpace(String bare) {
        boolean quoted = bare.indexOf('"') >= 0;
        for (int i = 0; i < bare.length(); i++) {
            char c = bare.charAt(i);
            if (c < ' ' || Character.isWhitespace(c) && !quoted) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNormal(String bare) {
        for (int i = 0; i < bare.length(); i++) {
            char c = bare.charAt(i);
            if (c >= 128 || c >= 'A' && c <= 'Z' || c == '"') {
                return false;
            }
        }
        return bare.charAt(bare.length() - 1) != '.';
    }

    private static String domain(String domain) {
        return DomainName.comparable(domain); // also one that cannot exist: the address was written to and can bounce
    }
}
