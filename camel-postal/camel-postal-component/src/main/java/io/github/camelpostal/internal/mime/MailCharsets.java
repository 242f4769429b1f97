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

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Turns bytes of a mail into text by the charset that its sender names, which is often not the one that they used: mail
 * programs of vendors write supersets under the names of the standards (as the WHATWG's encoding standard lists them).
 */
final class MailCharsets {

    private static final Map<String, String> SUPERSETS = Map.ofEntries(Map.entry("iso88591", "windows-1252"),
            Map.entry("latin1", "windows-1252"), Map.entry("88591", "windows-1252"), Map.entry("l1", "windows-1252"),
            Map.entry("we8mswin1252", "windows-1252"), Map.entry("ansi", "windows-1252"),
            Map.entry("iso88599", "windows-1254"), Map.entry("latin5", "windows-1254"),
            Map.entry("iso88598i", "windows-1255"), Map.entry("iso88598e", "windows-1255"),
            Map.entry("iso88598", "windows-1255"), Map.entry("iso885911", "x-windows-874"),
            Map.entry("tis620", "x-windows-874"), Map.entry("windows874", "x-windows-874"),
            Map.entry("gb2312", "GB18030"), Map.entry("gbk", "GB18030"), Map.entry("xgbk", "GB18030"),
            Map.entry("cp936", "GB18030"), Map.entry("csgb2312", "GB18030"), Map.entry("euccn", "GB18030"),
            Map.entry("shiftjis", "windows-31j"), Map.entry("xsjis", "windows-31j"), Map.entry("sjis", "windows-31j"),
            Map.entry("mskanji", "windows-31j"), Map.entry("cp932", "windows-31j"),
            Map.entry("iso2022jp", "x-windows-iso2022jp"), Map.entry("eucjp", "x-eucJP-Open"),
            Map.entry("euckr", "x-windows-949"), Map.entry("ksc56011987", "x-windows-949"),
            Map.entry("ksc5601", "x-windows-949"), Map.entry("cp949", "x-windows-949"), Map.entry("uhc", "x-windows-949"),
            Map.entry("big5", "Big5-HKSCS"), Map.entry("big5hkscs", "Big5-HKSCS"), Map.entry("cp950", "Big5-HKSCS"),
            Map.entry("xbig5", "Big5-HKSCS"), Map.entry("macintosh", "x-MacRoman"), Map.entry("mac", "x-MacRoman"),
            Map.entry("utf8", "UTF-8"), Map.entry("unicode11utf8", "UTF-8"), Map.entry("cp850", "IBM850"),
            Map.entry("cp437", "IBM437"), Map.entry("koi8", "KOI8-R"), Map.entry("koi8ru", "KOI8-U"));
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final Pattern HZ_RUN = Pattern.compile("~\\{([^~]*)~\\}");
    private static final Pattern UTF7_RUN = Pattern.compile("\\+([A-Za-z0-9+/]*)-?");

    private MailCharsets() {
    }

    /**
     * Never fails: where the charset is missing, unknown or obviously not true, UTF-8 if it can be, else windows-1252.
     *
     * @param label what the mail says; may be in quotes, encoded or cut
     */
    static String decode(byte[] bytes, @Nullable String label) {
        String name = normalised(label);
        if (name.equals("hzgb2312") || name.equals("hz")) {
            return hz(bytes);
        }
        if (name.equals("utf7") || name.equals("unicode11utf7")) {
            return utf7(bytes);
        }
        Charset charset = charset(name);
        if (charset == null) {
            return utf8OrLatin(bytes);
        }
        if (charset.equals(StandardCharsets.UTF_8)) {
            return utf8(bytes);
        }
        return new String(bytes, charset);
    }

    /**
     * Text that came as one char a byte: bytes above ASCII are UTF-8 (RFC 6532) if they can be, else windows-1252. What has
     * been decoded already shows in characters that are no bytes.
     */
    static String eightBit(String value) {
        boolean ascii = true;
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) > 0xff) {
                return value;
            }
            ascii &= value.charAt(i) < 0x80;
        }
        return ascii ? value : utf8OrLatin(value.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String normalised(@Nullable String label) {
        return label == null ? "" : label.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    private static @Nullable Charset charset(String name) {
        if (name.isEmpty() || name.equals("usascii") || name.equals("ascii")) {
            return null; // a claim that says nothing about bytes above ASCII
        }
        String superset = SUPERSETS.get(name);
        String known = superset == null ? name : normalised(superset);
        Charset charset = Known.BY_NAME.get(known);
        return charset != null || !known.startsWith("x") ? charset : Known.BY_NAME.get(known.substring(1));
    }

    /** Asking the JDK for a charset that it does not have searches the class path, which a mail could have it do for hours. */
    private static final class Known {

        private static final Map<String, Charset> BY_NAME = new HashMap<>();

        static {
            Charset.availableCharsets().values().forEach(charset -> {
                charset.aliases().forEach(alias -> BY_NAME.putIfAbsent(normalised(alias), charset));
                BY_NAME.put(normalised(charset.name()), charset);
            });
        }
    }

    /** A mail that says UTF-8 and has no single character of it above ASCII is in something else. */
    private static String utf8(byte[] bytes) {
        String strict = strictUtf8(bytes);
        if (strict != null) {
            return strict;
        }
        String replaced = new String(bytes, StandardCharsets.UTF_8);
        boolean someUtf8 = replaced.chars().anyMatch(c -> c > 0x7f && c != 0xfffd);
        return someUtf8 ? replaced : new String(bytes, WINDOWS_1252);
    }

    private static String utf8OrLatin(byte[] bytes) {
        String strict = strictUtf8(bytes);
        return strict != null ? strict : new String(bytes, WINDOWS_1252);
    }

    private static @Nullable String strictUtf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** RFC 1843: GB 2312 with the high bits cut off, between {@code ~\{} and {@code ~\}}. */
    private static String hz(byte[] bytes) {
        Matcher run = HZ_RUN.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        return run.replaceAll(found -> {
            byte[] characters = found.group(1).getBytes(StandardCharsets.ISO_8859_1);
            for (int i = 0; i < characters.length; i++) {
                characters[i] |= (byte) 0x80;
            }
            return Matcher.quoteReplacement(decode(characters, "gb2312"));
        }).replace("~~", "~");
    }

    /** RFC 2152: UTF-16 in base64 behind a plus sign. */
    private static String utf7(byte[] bytes) {
        Matcher run = UTF7_RUN.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        return run.replaceAll(found -> {
            String encoded = found.group(1);
            if (encoded.isEmpty()) {
                return "+";
            }
            ByteArrayOutputStream utf16 = new ByteArrayOutputStream();
            utf16.writeBytes(Base64.getDecoder().decode(encoded.length() % 4 == 1
                    ? encoded.substring(0, encoded.length() - 1)
                    : encoded));
            return Matcher.quoteReplacement(
                    new String(utf16.toByteArray(), 0, utf16.size() / 2 * 2, StandardCharsets.UTF_16BE));
        });
    }
}
