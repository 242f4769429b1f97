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
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.ContentDisposition;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.ParameterList;
import jakarta.mail.internet.ParseException;

/**
 * The name that makes a part an attachment for Postal (protocol 4.4): that of {@code Content-Type}, else that of
 * {@code Content-Disposition}, else {@code Content-Location}. A part without any is none, whatever its disposition says.
 */
final class FileName {
    private static final int RANDOM_NAMES = 100_000_000;
    /** A name with spaces that nobody has put in quotes; Postal's library does it then. */
    private static final Pattern UNQUOTED = Pattern.compile("(?i)((?:file)?name=)([^\";\\s][^\";]*\\s[^\";]*)");

    private FileName() {
    }

    static Optional<String> of(MimePart part) throws MessagingException {
        String type = part.getHeader("Content-Type", null);
        Optional<String> name = nameIn(type, true).or(() -> nameIn(disposition(part), false)).or(() -> location(part));
        if (name.isEmpty() && type != null && type.strip().toLowerCase(Locale.ROOT).startsWith("message/rfc822")) {
            // made up anew at every look, so that two posts of the same mail can differ (protocol 4.4)
            return Optional.of(ThreadLocalRandom.current().nextInt(RANDOM_NAMES) + ".eml");
        }
        return name.map(HeaderText::decoded);
    }

    private static Optional<String> nameIn(String value, boolean contentType) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            String quoted = quoted(value);
            ParameterList parameters = contentType
                    ? new ContentType(quoted).getParameterList()
                    : new ContentDisposition(quoted).getParameterList();
            return parameters == null
                    ? Optional.empty()
                    : Optional.ofNullable(parameters.get("filename")).or(() -> Optional.ofNullable(parameters.get("name")));
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    private static String quoted(String value) {
        return UNQUOTED.matcher(value).replaceAll(found -> Matcher.quoteReplacement(
                found.group(1) + '"' + found.group(2).strip() + '"'));
    }

    private static String disposition(MimePart part) {
        return header(part, "Content-Disposition");
    }

    private static Optional<String> location(MimePart part) {
        return Optional.ofNullable(header(part, "Content-Location")).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static String header(MimePart part, String name) {
        try {
            return part.getHeader(name, null);
        } catch (MessagingException e) {
            return null;
        }
    }
}
