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

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import com.ibm.icu.text.IDNA;

/**
 * A domain in the form in which Postal and the DNS know it: international labels as A-labels by UTS #46, non-transitional. By
 * IDNA 2003, as in {@link java.net.IDN}, {@code faß.example} would be {@code fass.example}, which may be somebody else's: a mail
 * would go there, and an address on a suppression list would not be recognised when an event names it.
 *
 * @param text     an ASCII domain as it was given, in its letter case
 * @param problems why the domain cannot be written so, in words; empty if it can
 */
public record DomainName(String text, List<String> problems) {

    private static final IDNA UTS_46 = IDNA.getUTS46Instance(
            IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.CHECK_BIDI | IDNA.CHECK_CONTEXTJ);

    public static DomainName of(String domain) {
        if (domain.chars().allMatch(c -> c < 128)) {
            return new DomainName(domain, List.of());
        }
        IDNA.Info info = new IDNA.Info();
        String ascii = UTS_46.nameToASCII(domain, new StringBuilder(), info).toString();
        return new DomainName(ascii,
                info.getErrors().stream().map(error -> error.name().toLowerCase(Locale.ROOT).replace('_', ' ')).toList());
    }

    /** Empty if the domain cannot be written in ASCII. */
    public Optional<String> ascii() {
        return problems.isEmpty() ? Optional.of(text) : Optional.empty();
    }

    /** To compare by: in lower case, in ASCII where that is possible, without the dot of the root. */
    public static String comparable(String domain) {
        return withoutRoot(of(domain).ascii().orElse(domain)).toLowerCase(Locale.ROOT);
    }

    /** {@code example.com.} is the same domain as {@code example.com}, but not in a mail address (RFC 5321, 2.3.5). */
    public static String withoutRoot(String domain) {
        return domain.length() > 1 && domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
    }
}
