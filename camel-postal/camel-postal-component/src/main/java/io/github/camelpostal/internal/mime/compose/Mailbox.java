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
package io.github.camelpostal.internal.mime.compose;

import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;

import io.github.camelpostal.api.PostalMessage;
import io.github.camelpostal.internal.mime.LocalPart;

/**
 * One checked address: who it is for, and the ASCII address that Postal delivers to.
 *
 * @param name    the display name in plain Unicode; empty when there is none
 * @param address local part and domain, ASCII only, an international domain as A-labels
 */
public record Mailbox(String name, String address) {

    /**
     * Reads what {@link #asText()} wrote.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static Mailbox of(String text) {
        if (text.indexOf('<') < 0) {
            return new Mailbox("", text);
        }
        try {
            InternetAddress parsed = new InternetAddress(text, true);
            return new Mailbox(parsed.getPersonal() == null ? "" : parsed.getPersonal(), parsed.getAddress());
        } catch (AddressException e) {
            throw new IllegalArgumentException("an address that was checked cannot be read"); // e's own message quotes it
        }
    }

    /** Who sends a mail that is checked: one without a sender has been refused. */
    public static Mailbox ofSender(PostalMessage checked) {
        return of(Objects.requireNonNull(checked.from(), "from"));
    }

    /** The mailbox as Postal's structured call wants it: a Unicode display name, quoted where it has to be. */
    public String asText() {
        return name.isEmpty() ? address : asInternetAddress().toUnicodeString();
    }

    /** The mailbox for a MIME header, which encodes the display name. */
    public InternetAddress asInternetAddress() {
        InternetAddress mailbox = new InternetAddress();
        mailbox.setAddress(address);
        if (!name.isEmpty()) {
            try {
                mailbox.setPersonal(name, StandardCharsets.UTF_8.name());
            } catch (UnsupportedEncodingException e) {
                throw new IllegalStateException("every Java has UTF-8", e);
            }
        }
        return mailbox;
    }

    /** Several mailboxes as the value of a MIME header field, encoded and folded. */
    public static String headerValue(String field, List<Mailbox> mailboxes) {
        return InternetAddress.toString(mailboxes.stream().map(Mailbox::asInternetAddress).toArray(InternetAddress[]::new),
                field.length() + 2);
    }

    /**
     * What two spellings of the same mailbox have in common. Only the domain is compared in any case: what the local part means
     * is the receiving server's business (RFC 5321, 2.4). Quotes that are not needed mean nothing.
     */
    public String identity() {
        int at = address.lastIndexOf('@');
        return LocalPart.unquoted(address.substring(0, at)) + address.substring(at).toLowerCase(Locale.ROOT);
    }
}
