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
package io.github.camelpostal.sandbox.internal.delivery;

import java.time.Instant;

import io.github.camelpostal.sandbox.internal.format.TimeFormat;
import org.jspecify.annotations.Nullable;

/**
 * One SMTP transaction in which mail came to Postal, from outside or from a client of its own.
 *
 * @param mailFrom      null for the null sender
 * @param helo          what the other side called itself
 * @param clientAddress where it came from
 * @param tls           whether it was encrypted
 */
public record SmtpTransaction(@Nullable String mailFrom, String helo, String clientAddress, boolean tls) {

    /** From somewhere outside, in the clear. */
    public static SmtpTransaction from(@Nullable String mailFrom) {
        String domain = mailFrom == null || mailFrom.indexOf('@') < 0
                ? "outside.example"
                : mailFrom.substring(mailFrom.lastIndexOf('@') + 1).replaceAll("[^A-Za-z0-9.-]", "");
        return new SmtpTransaction(mailFrom, "mx." + domain, "127.0.0.1", false);
    }

    /** The line that Postal puts before the mail, ending in CRLF (protocol 3.1). */
    String received(String smtpHostname, boolean hidden, Instant now) {
        String from = hidden
                ? ""
                : "from " + helo + " (" + clientAddress + " [" + clientAddress + "]) ";
        return "Received: " + from + "by " + smtpHostname + " with SMTP; " + TimeFormat.received(now) + "\r\n";
    }
}
