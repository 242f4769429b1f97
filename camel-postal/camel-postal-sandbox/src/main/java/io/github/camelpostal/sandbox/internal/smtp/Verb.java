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

import java.util.Locale;
import java.util.stream.Stream;

/** The commands that Postal knows. What follows the verb does not matter for which one it is: {@code QUITE} is {@code QUIT}. */
enum Verb {
    QUIT("QUIT"), STARTTLS("STARTTLS"), EHLO("EHLO"), HELO("HELO"), RSET("RSET"), NOOP("NOOP"), AUTH_PLAIN(
            "AUTH PLAIN"), AUTH_LOGIN("AUTH LOGIN"), AUTH_CRAM_MD5(
                    "AUTH CRAM-MD5"), MAIL_FROM("MAIL FROM"), RCPT_TO("RCPT TO"), DATA("DATA"), UNKNOWN("");

    private final String text;

    Verb(String text) {
        this.text = text;
    }

    static Verb of(String line) {
        String upperCase = line.toUpperCase(Locale.ROOT);
        return Stream.of(values()).filter(verb -> upperCase.startsWith(verb.text)).findFirst().orElse(UNKNOWN);
    }
}
