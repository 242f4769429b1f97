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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;

import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.internal.client.Refusal;
import io.github.camelpostal.internal.client.SendingRules;
import io.github.camelpostal.internal.mime.DomainName;
import org.jspecify.annotations.Nullable;

/**
 * Reads address fields as RFC 5322 lists, stricter than Jakarta Mail where its leniency would lose or invent a recipient.
 *
 * <p>
 * A quoted comma is part of a display name. International domains become A-labels. Refused, by the name of the field and the
 * position in it: groups, text behind an address (a forgotten comma), a local part that is not ASCII (Postal does not speak
 * SMTPUTF8), and addresses of more than 255 characters (Postal responds with HTTP 500 to those, protocol 2.4).
 */
public final class AddressList {

    private static final int LONGEST_ADDRESS = SendingRules.LONGEST_SHORT_TEXT;

    /** One mailbox whose name should be quoted, as in {@code Racing: Electronics <z@example.com>}; it is no group, which ends with ;. */
    private static final Pattern COLON_IN_NAME = Pattern.compile("([^<>,;\"()@\\\\]*:[^<>,;\"()@\\\\]*)(<[^<>,;:\\s]+>)\\s*");

    private static final String AROUND_DOMAINS = ",;<>()\"[]@:\\";

    private AddressList() {
    }

    /**
     * The mailboxes of a field.
     *
     * @param field the name of the field, for error texts
     * @param value an RFC 5322 list, an {@code InternetAddress}, or a collection or array of these; null is an empty list
     */
    public static List<Mailbox> parse(String field, @Nullable Object value) {
        List<InternetAddress> parsed = new ArrayList<>();
        collect(field, value, parsed);
        List<Mailbox> mailboxes = new ArrayList<>(parsed.size());
        for (InternetAddress address : parsed) {
            mailboxes.add(mailbox(field, mailboxes.size() + 1, address));
        }
        return mailboxes;
    }

    /** The one mailbox of a field that takes no more, or null. */
    public static @Nullable Mailbox parseOne(String field, @Nullable Object value) {
        List<Mailbox> mailboxes = parse(field, value);
        if (mailboxes.size() > 1) {
            throw new Refusal(PostalErrorCode.INVALID_ADDRESS,
                    "'" + field + "' holds " + mailboxes.size() + " addresses; it takes one");
        }
        return mailboxes.isEmpty() ? null : mailboxes.get(0);
    }

    /**
     * The mailboxes in a header field of a complete message. Other than in a list that a user wrote for us, a group counts with
     * its members: {@code undisclosed-recipients:;} is everyday mail.
     */
    public static List<Mailbox> parseMessageField(String field, List<String> values) {
        List<InternetAddress> parsed = new ArrayList<>();
        for (String value : values) {
            for (InternetAddress address : strict(field, value)) {
                if (address.isGroup()) {
                    parsed.addAll(members(field, address));
                } else {
                    parsed.add(address);
                }
            }
        }
        List<Mailbox> mailboxes = new ArrayList<>(parsed.size());
        for (InternetAddress address : parsed) {
            mailboxes.add(mailbox(field, mailboxes.size() + 1, address));
        }
        return mailboxes;
    }

    private static void collect(String field, @Nullable Object value, List<InternetAddress> into) {
        if (value == null) {
            return;
        }
        if (value instanceof CharSequence text) {
            into.addAll(strict(field, text.toString()));
        } else if (value instanceof InternetAddress address) {
            into.add(address);
        } else if (value instanceof Collection<?> several) {
            several.forEach(one -> collect(field, one, into));
        } else if (value instanceof Object[] several) {
            Arrays.asList(several).forEach(one -> collect(field, one, into));
        } else {
            throw new Refusal(PostalErrorCode.INVALID_ADDRESS, "'" + field + "' is a " + value.getClass().getName()
                    + "; it takes a String with an RFC 5322 address list, or a collection or array of Strings");
        }
    }

    private static List<InternetAddress> strict(String field, String text) {
        String line = withALabels(field, HeaderText.singleLine(text));
        Matcher unquoted = COLON_IN_NAME.matcher(line);
        if (unquoted.matches()) {
            line = '"' + unquoted.group(1).strip() + "\" " + unquoted.group(2);
        }
        try {
            List<InternetAddress> parsed = Arrays.asList(InternetAddress.parse(line, true));
            refuseTextBehindAngle(field, line);
            return parsed;
        } catch (AddressException e) {
            // e's own message quotes the address
            throw new Refusal(PostalErrorCode.INVALID_ADDRESS, "'" + field + "' is no RFC 5322 address list"
                    + (e.getPos() >= 0 ? " (trouble near character " + (e.getPos() + 1) + ")" : "")
                    + "; separate addresses by commas and quote a display name that holds one: \"Doe, Jane\" <jane@example.com>");
        }
    }

    /** Writes international domains as A-labels, of which Jakarta Mail would refuse those with combining characters. */
    private static String withALabels(String field, String line) {
        if (isAscii(line)) {
            return line;
        }
        StringBuilder result = new StringBuilder(line.length() + 16);
        boolean quoted = false;
        int position = 1;
        int i = 0;
        while (i < line.length()) {
            char c = line.charAt(i++);
            result.append(c);
            if (c == '\\' && i < line.length()) {
                result.append(line.charAt(i++));
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                position++;
            } else if (c == '@' && !quoted) {
                int end = i;
                while (end < line.length() && AROUND_DOMAINS.indexOf(line.charAt(end)) < 0
                        && !Character.isWhitespace(line.charAt(end))) {
                    end++;
                }
                result.append(domain(field, position, line.substring(i, end)));
                i = end;
            }
        }
        return result.toString();
    }

    /** Jakarta Mail drops what stands between {@code >} and the next comma, and with it a recipient. */
    private static void refuseTextBehindAngle(String field, String line) {
        boolean quoted = false;
        int comment = 0;
        boolean closed = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\') {
                i++;
            } else if (quoted) {
                quoted = c != '"';
            } else if (c == '(') {
                comment++;
            } else if (c == ')' && comment > 0) {
                comment--;
            } else if (comment == 0) {
                if (c == ',' || c == ';') {
                    closed = false;
                } else if (closed && !Character.isWhitespace(c)) {
                    throw new Refusal(PostalErrorCode.INVALID_ADDRESS, "'" + field + "' has text behind the '>' of an address"
                            + " (character " + (i + 1) + "); a comma may be missing there");
                } else if (c == '>') {
                    closed = true;
                } else if (c == '"') {
                    quoted = true;
                }
            }
        }
    }

    private static List<InternetAddress> members(String field, InternetAddress group) {
        try {
            InternetAddress[] members = group.getGroup(true);
            return members == null ? List.of() : Arrays.asList(members);
        } catch (AddressException e) {
            throw new Refusal(PostalErrorCode.INVALID_ADDRESS, "a group in '" + field + "' has members that are no addresses");
        }
    }

    private static Mailbox mailbox(String field, int position, InternetAddress parsed) {
        if (parsed.isGroup()) {
            throw invalid(field, position, "is a group (\"name: member, member;\"); list its members instead");
        }
        String address = parsed.getAddress() == null ? "" : HeaderText.singleLine(parsed.getAddress());
        int at = address.lastIndexOf('@');
        if (at < 1 || at == address.length() - 1) {
            throw invalid(field, position, "has no local part and domain (somebody@example.com)");
        }
        String local = address.substring(0, at);
        if (!isAscii(local)) {
            throw invalid(field, position,
                    "has a local part that is not ASCII, which Postal cannot send to (only a domain may be international)");
        }
        String ascii = local + '@' + domain(field, position, address.substring(at + 1));
        try {
            new InternetAddress(ascii, true).validate();
        } catch (AddressException e) {
            throw invalid(field, position, "is not a valid address");
        }
        if (ascii.startsWith("@")) {
            throw invalid(field, position, "is a source route, which RFC 5321 forbids");
        }
        if (ascii.length() > LONGEST_ADDRESS) {
            throw new Refusal(PostalErrorCode.TOO_LONG, "address " + position + " of '" + field + "' has " + ascii.length()
                    + " characters; Postal stores " + LONGEST_ADDRESS);
        }
        String name = parsed.getPersonal();
        return new Mailbox(name == null ? "" : HeaderText.singleLine(name).strip(), ascii);
    }

    private static String domain(String field, int position, String domain) {
        DomainName name = DomainName.of(domain);
        return name.ascii().orElseThrow(() -> invalid(field, position,
                "has an international domain that cannot be written as A-labels (" + String.join(", ", name.problems()) + ")"));
    }

    private static Refusal invalid(String field, int position, String problem) {
        return new Refusal(PostalErrorCode.INVALID_ADDRESS, "address " + position + " of '" + field + "' " + problem);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 127) {
                return false;
            }
        }
        return true;
    }
}
