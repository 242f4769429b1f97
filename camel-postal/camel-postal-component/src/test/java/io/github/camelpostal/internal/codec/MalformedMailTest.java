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
package io.github.camelpostal.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Collectors;

import io.github.camelpostal.payload.InboundAttachment;
import io.github.camelpostal.payload.InboundMail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Raw mail that breaks the rules gives what Postal's format {@code Hash} gives of it, or more. The expected values are those
 * of Ruby's mail library, which is in Postal, except where it loses something.
 */
class MalformedMailTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "02-rfc2231-mixtures | See files. |  | Quarterly Übersicht (Teil 4) final.pdf, €€.pdf, Rechnung Ä.docx, Rechnung Ö.pdf, фото.JPG, résumé.pdf",
            "02b-rfc2231-mixed | See files. |  | Quarterly Übersicht p_c.pdf, XX J 1 (P 4) p_c.pdf.pdf, résumé.pdf, Unser Angebot (2).pdf",
            "03-encoded-words | Hi |  | Résumé.pdf, πολύ μεγάλο όνομα αρχείου.pdf",
            "04-gb2312-is-gbk | 朱镕基 喆 – 詔 |  | ",
            "05-iso2022jp-nec | ①②㈱㍉日本 | <p>①㈱髙日本</p> | ",
            "07-duplicate-names | Three pictures. |  | image.jpg, image-2.jpg, IMAGE-3.JPG, image-2-2.jpg",
            "12a-content-type | The order is 4711 |  | ",
            "12b-content-type | The order is 4711 |  | ",
            "12c-content-type | The order is 4711 |  | ",
            "12d-content-type | The order is 4711 |  | ",
            "12e-content-type | The order is 4711 |  | ",
            "12f-content-type |  | <p>The order is 4711</p> | ",
            "12g-content-type | The order is 4711 |  | ",
            "12h-content-type | The order is 4711 |  | ",
            "12i-content-type | The order is 4711 |  | ",
            "12j-content-type-twice |  | <p>The order is 4711</p> | ",
            "12k-content-type | The order is 4711 |  | ",
            "12l-part-text | The order is 4711 |  | a.pdf",
            "14a-uuencode-good | See file. |  | a.txt",
            "14b-uuencode-text-no-begin | This text was never encoded. |  | ",
            "14c-uuencode-attachment-broken | See file. |  | a.txt",
            "19-latin1-is-cp1252 | some ellipsis… / an apostrophe ’ / price € 5 |  | ",
            "20a-multipart-no-parameter | I am one text, the order is 4711. |  | ",
            "20b-multipart-no-delimiter | I am one text, the order is 4711. |  | ",
            "20c-multipart-other-delimiter | The order is 4711. |  | ",
            "20d-multipart-parameter-after-blank | The order is 4711. | <p>Html</p> | ",
            "20e-double-semicolon | The order is 4711. | <p>visit ------jkhk for details</p> / <p>SECRET</p> | ",
            "20f-no-end | The order is 4711. |  | a.txt",
            "20g-unquoted-boundary | The order is 4711. |  | order.pdf",
            "21a-cte | The order is 4711 |  | ",
            "21b-cte | The order is 4711 |  | ",
            "21c-cte | The order is 4711 |  | ",
            "21d-cte | The order is 4711 |  | ",
            "21e-cte | The order is 4711 |  | ",
            "21f-cte | The order is 4711 |  | ",
            "21g-cte | The order is 4711 |  | ",
            "21h-qp-trailing-blank | The order is 4711! |  | ",
            "30-text-with-name | The order is 4711 |  | message.txt",
            "31-utf8-is-latin1 | Grüße |  | ",
            "32-charsets/32-00 | שלום |  | ",
            "32-charsets/32-01 | שלום |  | ",
            "32-charsets/32-02 | 똠방각하 |  | ",
            "32-charsets/32-03 | 똠방각하 |  | ",
            "32-charsets/32-04 | 日本 |  | ",
            "32-charsets/32-05 | 日本① |  | ",
            "32-charsets/32-06 | ü日 |  | ",
            "32-charsets/32-07 | łódź |  | ",
            "32-charsets/32-08 | üé |  | ",
            "32-charsets/32-09 | ไทย |  | ",
            "32-charsets/32-10 | ไทย |  | ",
            "32-charsets/32-11 | 喺度 |  | ",
            "32-charsets/32-12 | Frösche |  | ",
            "32-charsets/32-13 | ü |  | ",
            "32-charsets/32-14 | ü |  | ",
            "32-charsets/32-15 | 5 € |  | ",
            "32-charsets/32-16 | ґанок |  | ",
            "32-charsets/32-17 | Привет |  | ",
            "32-charsets/32-18 | ü |  | ",
            "32-charsets/32-19 | ü日 |  | ",
            "32-charsets/32-20 | ü日 |  | ",
            "32-charsets/32-21 | ü日 |  | ",
            "32-charsets/32-22 | ü |  | ",
            "32-charsets/32-23 | ü |  | ",
            "32-charsets/32-24 | Grüße |  | ",
            "32-charsets/32-25 | é |  | ",
            "32-charsets/32-26 | 5 € |  | ",
            "32-charsets/32-27 | 中文 |  | ",
            "32-charsets/32-28 | 한국 |  | "})
    void keepsTextAndAttachmentsOfMalformedMail(String name, String plain, String html, String attachments) throws Exception {
        InboundMail mail = mail(name);

        assertThat(oneLine(mail.plainBody())).isEqualTo(plain);
        assertThat(oneLine(mail.htmlBody())).isEqualTo(html);
        assertThat(mail.attachments().stream().map(InboundAttachment::name).collect(Collectors.joining(", ")))
                .isEqualTo(attachments == null ? "" : attachments);
    }

    @Test
    void decodesEncodedWordsThatAreGluedOrCut() throws Exception {
        InboundMail mail = mail("03-encoded-words");

        assertThat(mail.subject()).isEqualTo("Kviečiame pasižadėjimų");
        assertThat(mail.from()).isEqualTo("Kviečiame Energija pasižadėjimų <zoe@customer.example>");
        assertThat(mail.header("X-Second")).isEqualTo("Re:Grüße");
        assertThat(mail.header("X-Third")).isEqualTo("Grüße");
        assertThat(mail("05-iso2022jp-nec").subject()).isEqualTo("①②㈱㍉日本");
        assertThat(mail("19-latin1-is-cp1252").subject()).isEqualTo("an apostrophe’s price € 5");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "28a-from | UCSD Racing: Electronics <zoe@customer.example>",
            "28c-from | \"Acme [Support]\" <zoe@customer.example>", "28f-from | Zoe <zoe@customer.example>",
            "28h-from | \"Doe, Jäne\" <zoe@customer.example>", "28i-from | \"Zoe\" zoe@customer.example"})
    void addsNothingToAReplyToFieldThatIsNoAddress(String name, String expected) throws Exception {
        assertThat(mail(name).replyTo()).containsExactly(expected);
    }

    @Test
    void saysWhatItCouldNotDecode() throws Exception {
        InboundMail text = mail("14b-uuencode-text-no-begin");
        InboundMail unknown = mailOf(
                "Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: x-none\r\n\r\nabc");

        assertThat(text.undecoded()).isTrue();
        assertThat(unknown.undecoded()).isTrue();
        assertThat(unknown.attachments().get(0).decoded()).isFalse();
        assertThat(Bodies.read(unknown.attachments().get(0).content())).asString().isEqualTo("abc");
        assertThat(mail("14a-uuencode-good").undecoded()).isFalse();
        assertThat(Bodies.read(mail("14a-uuencode-good").attachments().get(0).content())).asString().isEqualTo("Hello World");
        assertThat(Bodies.read(mail("14c-uuencode-attachment-broken").attachments().get(0).content())).asString()
                .startsWith("Hello World");
    }

    @Test
    void handsOverAllOfTwoThousandFiveHundredAttachmentsAndOfMoreThanFiveThousandTheFirst() throws Exception {
        for (int count : new int[]{2_500, 5_000, 6_000}) {
            InboundMail mail = mailOf("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n"
                    + "--b\r\nContent-Type: application/pdf; name=a.pdf\r\n\r\nx\r\n".repeat(count) + "--b--\r\n");

            assertThat(mail.plainBody()).isEqualTo("text");
            assertThat(mail.attachments()).hasSize(Math.min(count, 5_000));
            assertThat(mail.attachments().get(2_499).name()).isEqualTo("a-2500.pdf");
            assertThat(Bodies.read(mail.attachments().get(2_499).content())).asString().isEqualTo("x");
            assertThat(mail.truncated()).isEqualTo(count > 5_000);
        }
    }

    private static String oneLine(String text) {
        return text == null || text.isBlank() ? null : text.strip().replaceAll("\\r?\\n", " / ");
    }

    private static InboundMail mail(String name) throws Exception {
        try (InputStream in = MalformedMailTest.class.getResourceAsStream("/cases/mail/" + name + ".eml")) {
            return mailOf(in.readAllBytes());
        }
    }

    private static InboundMail mailOf(String message) throws Exception {
        return mailOf(message.getBytes(StandardCharsets.UTF_8));
    }

    private static InboundMail mailOf(byte[] message) throws Exception {
        return (InboundMail) Bodies.json("{\"id\":1,\"rcpt_to\":\"a@x\",\"message\":\""
                + Base64.getEncoder().encodeToString(message) + "\",\"base64\":true}");
    }
}
