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

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** Names of charsets as Ruby knows them, with the spellings that Postal's mail library understands besides (protocol 4.4). */
final class RubyCharset {
    private static final Set<String> KNOWN = Set
            .of(("utf-8 us-ascii ascii ansi_x3.4-1968 646 utf-16be utf-16le utf-32be utf-32le "
                    + "ucs-2be ucs-4be ucs-4le cp65001 euc-jp eucjp windows-31j cp932 cswindows31j sjis pck big5 big5-hkscs cp949 cp950 "
                    + "euc-kr euckr euc-tw euctw gb18030 gbk cp936 gb2312 euc-cn euccn iso-8859-1 iso-8859-2 iso-8859-3 iso-8859-4 "
                    + "iso-8859-5 iso-8859-6 iso-8859-7 iso-8859-8 iso-8859-9 iso-8859-10 iso-8859-11 iso-8859-13 iso-8859-14 "
                    + "iso-8859-15 iso-8859-16 koi8-r cp878 koi8-u shift_jis windows-1250 windows-1251 windows-1252 windows-1253 "
                    + "windows-1254 windows-1255 windows-1256 windows-1257 windows-874 cp874 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 "
                    + "cp1256 cp1257 ibm437 cp437 ibm737 cp737 ibm775 cp775 ibm850 cp850 ibm852 cp852 ibm855 cp855 ibm857 cp857 ibm860 "
                    + "cp860 ibm861 cp861 ibm862 cp862 ibm863 cp863 ibm864 cp864 ibm865 cp865 ibm866 cp866 ibm869 cp869 macroman "
                    + "maccyrillic macgreek macturkish tis-620 iso-2022-jp iso2022-jp iso-2022-jp-2 utf-7 cp65000").split(" "));
    private static final Map<String, String> OF_JAVA = Map.of("cp949", "x-windows-949", "cp950", "x-windows-950", "macroman",
            "x-MacRoman", "maccyrillic", "x-MacCyrillic", "macgreek", "x-MacGreek", "macturkish", "x-MacTurkish", "windows-874",
            "x-windows-874", "sjis", "windows-31j", "iso-8859-11", "TIS-620", "646", "US-ASCII");
    private static final Map<String, String> MISSPELT = Map.of("us=ascii", "us-ascii", "macintosh", "macroman",
            "ks_c_5601-1987", "cp949", "shift-jis", "shift_jis", "gb2312", "gb18030", "cp-850", "cp850", "latin2",
            "iso-8859-2");
    private static final Pattern ISO_8859 = Pattern.compile("iso[-_]?8859-(\\d+)(?:-i)?");
    private static final Pattern ISO = Pattern.compile("iso[-_]?(\\d{4})-?(\\w{1,2})");
    private static final Pattern UTF = Pattern.compile("utf[-_]?(\\d{1,2})(be|le)?");
    private static final Pattern WINDOWS = Pattern.compile("windows-?(.*)");
    private static final Pattern UTF_7_RUN = Pattern.compile("\\+([^-]*)-?");

    private RubyCharset() {
    }

    /**
     * The text that these bytes are; each byte that is none in the charset becomes U+FFFD.
     *
     * @param charset null for none: then that happens to every byte that is not ASCII, as in a charset that Ruby does not know
     */
    static String decoded(byte[] bytes, @Nullable String charset) {
        String name = charset == null ? "" : canonical(charset);
        if (name.equals("utf-7") || name.equals("cp65000")) {
            return utf7(bytes);
        }
        return find(name).map(found -> new String(bytes, found)).orElseGet(() -> new String(bytes, StandardCharsets.US_ASCII));
    }

    /** A value of RFC 2231. */
    static String percentDecoded(String value, String charset) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) == '%' && value.substring(i + 1).matches("(?s)[0-9A-Fa-f]{2}.*")) {
                bytes.write(Integer.parseInt(value.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                bytes.writeBytes(value.substring(i, i + 1).getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return decoded(bytes.toByteArray(), charset);
    }

    private static String canonical(String charset) {
        String name = charset.toLowerCase(Locale.ROOT);
        if (MISSPELT.containsKey(name)) {
            return MISSPELT.get(name);
        }
        Matcher iso8859 = ISO_8859.matcher(name);
        Matcher iso = ISO.matcher(name);
        Matcher utf = UTF.matcher(name);
        Matcher windows = WINDOWS.matcher(name);
        if (iso8859.matches()) {
            return "iso-8859-" + iso8859.group(1);
        }
        if (iso.matches()) {
            return "iso-" + iso.group(1) + "-" + iso.group(2);
        }
        if (utf.matches()) {
            String order = utf.group(2) == null ? "" : utf.group(2);
            return "utf-" + utf.group(1) + (order.isEmpty() && utf.group(1).matches("16|32") ? "be" : order);
        }
        if (windows.matches()) {
            return windows.group(1).equals("1258") ? "windows-1252" : "windows-" + windows.group(1);
        }
        return name;
    }

    private static Optional<Charset> find(String name) {
        if (!KNOWN.contains(name)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Charset.forName(OF_JAVA.getOrDefault(name, name)));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.of(StandardCharsets.ISO_8859_1); // one of the few that Java does not have
        }
    }

    private static String utf7(byte[] bytes) {
        return UTF_7_RUN.matcher(new String(bytes, StandardCharsets.US_ASCII)).replaceAll(run -> Matcher.quoteReplacement(
                run.group(1).isEmpty() ? "+" : new String(RubyBase64.lenient(run.group(1)), StandardCharsets.UTF_16BE)));
    }
}
