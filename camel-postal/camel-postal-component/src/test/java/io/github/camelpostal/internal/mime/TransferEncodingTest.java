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

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.mail.internet.MimeUtility;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The body of a part is decoded as its sender meant it, also where it was encoded carelessly. */
class TransferEncodingTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", value = {"none | IDENTITY", "`` | IDENTITY", "8bit | IDENTITY",
            "7BIT | IDENTITY", "binary | IDENTITY", "utf-8 | IDENTITY", "us-ascii | IDENTITY", "iso-8859-1 | IDENTITY",
            "BASE64 | BASE64", "base64 ( | BASE64", "quoted-printable | QUOTED_PRINTABLE", "quoted | QUOTED_PRINTABLE",
            "printable | QUOTED_PRINTABLE", "x-uuencode | UUENCODE", "uue | UUENCODE", "X-UE | UUENCODE",
            "x-none | UNKNOWN"}, quoteCharacter = '`')
    void theFieldIsUnderstoodHoweverItIsWritten(String field, TransferEncoding encoding) {
        assertThat(TransferEncoding.of(field)).isEqualTo(encoding);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', ignoreLeadingAndTrailingWhitespace = false, value = {
            "a=3Db|a=b", "=C3=A4|ä", "=c3=a4|ä", "a=\\nb|ab", "a=\\r\\nb|ab", "a=\\rb|ab", "a= \\t \\r\\nb|ab", "a= |a",
            "a=|a", "a=\\n=\\n=\\nb|ab", "a=\\n=41|aA", "a=\\n b|a b", "=30=03a=20|0\u0003a ", "a=\\n \\nb|a\\nb", "a=4|a=4",
            "a=4G|a=4G", "a=G4|a=G4",
            "a= b|a= b", "a==41|a=A", "a \\nb|a\\nb", "a\\t\\t\\r\\nb|a\\r\\nb", "a   b|a   b", "a\\tb|a\\tb",
            "a  \\tb|a  \\tb", "a |a", "a  |a", "  a|  a", "a  =\\nb|a  b", "a\\n\\nb|a\\n\\nb"})
    void quotedPrintableIsReadWithItsMistakes(String encoded, String text) throws Exception {
        byte[] bytes = lines(encoded).getBytes(StandardCharsets.UTF_8);
        InputStream whole = TransferEncoding.QUOTED_PRINTABLE.decode(new ByteArrayInputStream(bytes));
        InputStream single = TransferEncoding.QUOTED_PRINTABLE.decode(new ByteArrayInputStream(bytes));
        byte[] part = new byte[bytes.length + 3];

        int count = whole.read(part, 2, bytes.length + 1);

        assertThat(new String(part, 2, Math.max(0, count), StandardCharsets.UTF_8)).isEqualTo(lines(text));
        assertThat(whole.read(part, 0, 1)).isEqualTo(-1);
        assertThat(whole.read()).isEqualTo(-1);
        for (byte b : lines(text).getBytes(StandardCharsets.UTF_8)) {
            assertThat(single.read()).isEqualTo(b & 0xff);
        }
        assertThat(single.read()).isEqualTo(-1);
    }

    /** Mail should have none, but what lies behind one is not lost. */
    @Test
    void aNulCharacterEndsNothing() throws Exception {
        for (String text : List.of("a\0b", "a \0b", "a=\0b")) {
            assertThat(decoded(TransferEncoding.QUOTED_PRINTABLE, text)).isEqualTo(text);
        }
    }

    @Test
    void anEqualsSignBeforeAThousandBlanksIsOne() throws Exception {
        String few = "a=" + " ".repeat(900) + "\nb";
        String many = "a=" + " ".repeat(2_000) + "\nb";

        assertThat(decoded(TransferEncoding.QUOTED_PRINTABLE, few)).isEqualTo("ab");
        assertThat(decoded(TransferEncoding.QUOTED_PRINTABLE, many)).as("looked at to a limit").isEqualTo("a=\nb");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "begin 644 a.txt\\n+2&5L;&\\\\@5V]R;&0`\\nend\\n|Hello World", "begin 0644 a\\r\\n#86)C\\r\\n`\\r\\nend|abc",
            "some text\\n\\nbegin 600 a b\\n#86)C\\n#9&5F\\n \\nend\\n#9VAI\\n|abcdef", "begin 644 a\\n#86)C\\n#9&5F|abcdef",
            "begin 644 a\\n$86)C\\n|abc", "begin 644 a\\n#86\\n|a", "begin 644 a\\n\"86\\nend|a", "begin 99 a\\n#86)C\\n|",
            "begin 644\\n#86)C\\n|", "|"})
    void uuencodeIsReadAsFarAsItGoes(String encoded, String text) throws Exception {
        assertThat(decoded(TransferEncoding.UUENCODE, encoded == null ? "" : lines(encoded)))
                .isEqualTo(text == null ? "" : text);
    }

    @Test
    void itIsReadInPartsOfAnySize() throws Exception {
        byte[] part = new byte[10];
        InputStream in = TransferEncoding.QUOTED_PRINTABLE
                .decode(new ByteArrayInputStream("ab=\ncd  e".getBytes(StandardCharsets.UTF_8)));

        assertThat(in.read(part, 1, 3)).isEqualTo(3);
        assertThat(new String(part, 1, 3, StandardCharsets.UTF_8)).isEqualTo("abc");
        assertThat(in.read(part, 4, 3)).isEqualTo(3);
        assertThat(new String(part, 1, 6, StandardCharsets.UTF_8)).isEqualTo("abcd  ");
        assertThat(in.read(part, 0, 10)).isEqualTo(1);
        assertThat(in.read(part, 0, 10)).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 44, 45, 46, 10_000})
    void anyBytesComeBack(int length) throws Exception {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        for (String name : new String[]{"base64", "uuencode", "8bit"}) {
            ByteArrayOutputStream encoded = new ByteArrayOutputStream();
            try (OutputStream out = MimeUtility.encode(encoded, name, "a.bin")) {
                out.write(bytes);
            }

            try (InputStream in = TransferEncoding.of(name).decode(new ByteArrayInputStream(encoded.toByteArray()))) {
                assertThat(in.readAllBytes()).as(name).isEqualTo(bytes);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TransferEncoding.class)
    void whoClosesItClosesWhatItReads(TransferEncoding encoding) throws Exception {
        AtomicInteger closed = new AtomicInteger();

        encoding.decode(new FilterInputStream(new ByteArrayInputStream(new byte[0])) {
            @Override
            public void close() throws IOException {
                closed.incrementAndGet();
                super.close();
            }
        }).close();

        assertThat(closed).hasValue(1);
    }

    private static String decoded(TransferEncoding encoding, String text) throws IOException {
        try (InputStream in = encoding.decode(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String lines(String text) {
        return text.replace("\\\\", "\u0001").replace("\\r", "\r").replace("\\n", "\n").replace("\\t", "\t")
                .replace('\u0001', '\\');
    }
}
