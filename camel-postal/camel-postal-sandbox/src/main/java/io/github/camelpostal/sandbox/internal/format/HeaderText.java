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

import java.io.UnsupportedEncodingException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeUtility;

/**
 * The text of mail header values: what Postal shows of a header that came in, and how it writes one that goes out.
 * Knows RFC 2047 and the way Postal's mail library formats addresses; never a whole mail.
 */
final class HeaderText {
    private static final Set<String> ADDRESS_FIELDS = Set.of(
            "from", "to", "cc", "bcc", "sender", "reply-to", "resent-from", "resent-to", "resent-cc", "resent-sender");
    private static final Pattern FOLD = Pattern.compile("\r?\n(?=[ \t])");
    private static final Pattern SAFE_PHRASE = Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~ \t-]*");
    private static final int ENCODED_WORD_BYTES = 42;

    private HeaderText() {
    }

    /** What Postal shows for a value as it stands in the mail. */
    static String shown(String name, String rawValue) {
        String value = utf8(FOLD.matcher(rawValue).replaceAll("")).strip();
        String field = name.toLowerCase(Locale.ROOT);
        if (ADDRESS_FIELDS.contains(field)) {
            return addresses(value);
        }
        return switch (field) {
            case "content-type" -> ContentTypeValue.ofType(value).text();
            case "received" -> value.endsWith("-0000") ? value.substring(0, value.length() - 5) + "+0000" : value;
            default -> decoded(value);
        };
    }

    /** Encoded words become text; what cannot be decoded stays as it stands. */
    static String decoded(String value) {
        try {
            return MimeUtility.decodeText(value);
        } catch (UnsupportedEncodingException e) {
            return value;
        }
    }

    /** A free text for a header that goes out: as it is, or as encoded words when it is not plain ASCII on one line. */
    static String encoded(String text) {
        boolean plain = text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
        return plain ? text : encodedWords(text);
    }

    /** An address list that goes out: names encoded, addresses untouched; what cannot be parsed is treated as free text. */
    static String encodedAddresses(String list) {
        try {
            InternetAddress[] parsed = InternetAddress.parseHeader(list, false);
            boolean plain = list.chars().allMatch(c -> c >= ' ' && c < 0x7f);
            return plain || parsed.length == 0
                    ? encoded(list)
                    : Arrays.stream(parsed).map(HeaderText::encodedAddress).collect(Collectors.joining(", "));
        } catch (AddressException e) {
            return encoded(list);
        }
    }

    /** The single addresses of a list; the list itself when it cannot be parsed. */
    static List<String> split(String list) {
        try {
            return Arrays.stream(InternetAddress.parseHeader(list, false)).map(InternetAddress::toUnicodeString).toList();
        } catch (AddressException e) {
            return List.of(list);
        }
    }

    private static String encodedAddress(InternetAddress address) {
        String name = address.getPersonal();
        return name == null ? encoded(address.getAddress()) : encodedWords(name) + " <" + encoded(address.getAddress()) + ">";
    }

    private static String addresses(String value) {
        try {
            return Arrays.stream(InternetAddress.parseHeader(value, false))
                    .filter(address -> !address.isGroup())
                    .map(HeaderText::address)
                    .collect(Collectors.joining(", "));
        } catch (AddressException e) {
            return decoded(value);
        }
    }

    private static String address(InternetAddress address) {
        String name = address.getPersonal();
        if (name == null || name.isEmpty()) {
            return address.getAddress();
        }
        String phrase = SAFE_PHRASE.matcher(name).matches()
                ? name
                : '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        return phrase + " <" + address.getAddress() + ">";
    }

    /** The parser hands bytes on as Latin-1 characters; when they are UTF-8 they are read as that. */
    private static String utf8(String latin1) {
        if (latin1.chars().allMatch(c -> c < 0x80)) {
            return latin1;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(latin1.getBytes(StandardCharsets.ISO_8859_1))).toString();
        } catch (CharacterCodingException e) {
            return latin1;
        }
    }

    private static String encodedWords(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder chunk = new StringBuilder();
        for (int c : text.codePoints().toArray()) {
            String next = new String(Character.toChars(c));
            if ((chunk + next).getBytes(StandardCharsets.UTF_8).length > ENCODED_WORD_BYTES) {
                words.add(encodedWord(chunk.toString()));
                chunk.setLength(0);
            }
            chunk.append(next);
        }
        words.add(encodedWord(chunk.toString()));
        return String.join("\r\n ", words);
    }

    private static String encodedWord(String text) {
        return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + "?=";
    }
}
