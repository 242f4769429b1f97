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
package io.github.camelpostal.sandbox.internal.format;

import java.util.Locale;
import java.util.regex.Pattern;

import com.ibm.icu.text.IDNA;

/** How Postal takes addresses apart: by searching and replacing in text, not by RFC 5322. */
public final class Addresses {
    private static final Pattern UP_TO_BRACKET = Pattern.compile(".*<", Pattern.DOTALL);
    private static final Pattern FROM_BRACKET = Pattern.compile(">.*", Pattern.DOTALL);
    private static final Pattern COMMENT = Pattern.compile("\\(.+?\\)");

    private Addresses() {
    }

    /** Without display name, brackets and comments; of several addresses in one text the last survives (protocol 2.6). */
    public static String bare(String address) {
        String inBrackets = FROM_BRACKET.matcher(UP_TO_BRACKET.matcher(address).replaceAll("")).replaceAll("");
        return COMMENT.matcher(inBrackets).replaceAll("").strip();
    }

    /** What follows the last {@code @}, as {@link #asciiDomain}; empty without one. */
    public static String domain(String address) {
        int at = address.lastIndexOf('@');
        return at < 0 ? "" : asciiDomain(address.substring(at + 1));
    }

    /**
     * A domain in lower case, an internationalised one in its ASCII form by UTS #46 without transitional processing: with that,
     * or by IDNA 2003, {@code faß.example} would be the domain of somebody else.
     */
    public static String asciiDomain(String domain) {
        if (domain.chars().allMatch(c -> c < 0x80)) {
            return domain.toLowerCase(Locale.ROOT);
        }
        StringBuilder ascii = new StringBuilder();
        IDNA.Info info = new IDNA.Info();
        Uts46.NON_TRANSITIONAL.nameToASCII(domain, ascii, info);
        return info.hasErrors() ? domain.toLowerCase(Locale.ROOT) : ascii.toString().toLowerCase(Locale.ROOT);
    }

    /** Loaded with the first domain that needs it: its tables take a while. */
    private static final class Uts46 {
        static final IDNA NON_TRANSITIONAL = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII);

        private Uts46() {
        }
    }

    /** What stands before the {@code @} and the first {@code +}, in lower case: what routes are matched by (protocol 4.1). */
    public static String localPartWithoutTag(String address) {
        int at = address.lastIndexOf('@');
        String local = at < 0 ? address : address.substring(0, at);
        int plus = local.indexOf('+');
        return (plus < 0 ? local : local.substring(0, plus)).toLowerCase(Locale.ROOT);
    }
}
