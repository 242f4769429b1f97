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

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelpostal.payload.HeaderField;
import io.github.camelpostal.payload.InboundAttachment;
import io.github.camelpostal.payload.InboundMail;
import io.github.camelpostal.payload.SpamCheck;
import io.github.camelpostal.testing.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A mail in Postal's format RawMessage. */
class RawMailTest {

    @ParameterizedTest
    @ValueSource(strings = {"incoming/json-raw-attachments", "incoming/form-raw-attachments"})
    void aRawMessageIsReadLikeTheOtherFormat(String recording) throws Exception {
        InboundMail mail = Bodies.mail(recording);

        assertThat(mail.raw()).isTrue();
        assertThat(mail.subject()).isEqualTo("With attachments");
        assertThat(mail.from()).isEqualTo("Alice Example <alice@sender.test>");
        assertThat(mail.messageId()).endsWith("@sender.test").doesNotContain("<");
        assertThat(mail.plainBody()).isEqualTo("Grüße, see attached ✓");
        assertThat(mail.htmlBody()).isEqualTo("<p>see <b>attached</b></p>");
        assertThat(mail.attachments()).extracting(InboundAttachment::name).containsExactly("doc.pdf", "grüße.txt");
        assertThat(mail.attachments()).extracting(InboundAttachment::size).containsExactly(26L, 8L);
        assertThat(mail.attachmentQuantity()).isEqualTo(2);
        assertThat(Bodies.read(mail.attachments().get(1).content())).asString(StandardCharsets.UTF_8).isEqualTo("grüße\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "attachment; filename*=UTF-8''na%C3%AFve%20file.txt | naïve file.txt",
            "attachment; filename*0*=UTF-8''%e2%82%ac; filename*1*=%20rates; filename*2=.txt | € rates.txt",
            "attachment; filename*1=\"b.txt\"; filename*0=\"a-\" | a-b.txt",
            "attachment; filename=\"=?utf-8?Q?a=5Fb.pdf?=\" | a_b.pdf",
            "attachment; filename=my file.txt | my file.txt",
            "attachment; filename=\"my file.txt | my file.txt",
            "attachment; filename==?utf-8?B?YSBiLnR4dA==?= | a b.txt",
            "attachment; filename=[1].txt; size=3 | [1].txt",
            "attachment; filename=a@b.txt | a@b.txt",
            "attachment filename=a.txt | a.txt",
            "attachment; filename=../../x y.txt | x y.txt",
            "attachment; filename= | of the type.txt",
            "attachment; size=(; | of the type.txt"})
    void findsTheNameAndTheKindOfAnAttachmentHoweverItsFieldIsWritten(String disposition, String name) throws Exception {
        String message = "Subject: x\nMIME-Version: 1.0\nContent-Type: text/plain; name=\"of the type.txt\"\n"
                + "Content-Disposition: " + disposition + "\n\nhello\n";

        InboundMail parsed = raw(message);

        assertThat(parsed.attachments()).singleElement().satisfies(attachment -> {
            assertThat(attachment.name()).isEqualTo(name);
            assertThat(attachment.inline()).isFalse();
        });
        assertThat(parsed.plainBody()).as("the only part, which Postal's other format gives as the text").isEqualTo("hello\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"base64 (", "base64 (half a comment", "\"base64", "base64; x=(", "BASE64 )("})
    void readsAPartWhoseTransferEncodingIsMalformed(String encoding) throws Exception {
        String message = "Subject: x\nMIME-Version: 1.0\nContent-Type: application/pdf; name=a.pdf\n"
                + "Content-Transfer-Encoding: " + encoding + "\n\naGVsbG8=\n";

        InboundMail parsed = raw(message);

        assertThat(parsed.attachments()).singleElement()
                .satisfies(attachment -> assertThat(Bodies.read(attachment.content())).asString().isEqualTo("hello"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\t\r\n\t", " \r\n", "\t\t\r\t\t", " \n \n\t\n ", " ", "", " \r\n\t \r\n"})
    void readsAMessageThatBeginsWithContinuationsOfNothing(String orphans) throws Exception {
        String message = orphans + "Subject: Order\r\nTo: a@example.com\r\n\r\nhello";

        InboundMail parsed = raw(message);

        assertThat(parsed.headers()).extracting(HeaderField::name).containsExactly("Subject", "To");
        assertThat(parsed.subject()).isEqualTo("Order");
        assertThat(parsed.plainBody()).contains("hello");
    }

    @Test
    void aMessageOfNothingButBlankLinesHasNeitherHeaderNorText() throws Exception {
        InboundMail parsed = raw(" \r\n\t\r\n ");

        assertThat(parsed.headers()).isEmpty();
        assertThat(parsed.plainBody()).contains("");
    }

    @Test
    void aPartThatBeginsWithContinuationsOfNothingIsKept() throws Exception {
        String message = "Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
                + "--b\r\n\t\r\n\tContent-Type: text/plain\r\n\r\nhello\r\n--b--\r\n";

        InboundMail parsed = raw(message);

        assertThat(parsed.plainBody()).isEqualTo("hello");
    }

    @Test
    void whatOnlyTheOtherFormatKnowsIsEmpty() throws Exception {
        InboundMail mail = Bodies.mail("incoming/json-raw-plain");

        assertThat(Arrays.asList(mail.token(), mail.timestamp(), mail.bounce(), mail.receivedWithSsl(),
                mail.repliesFromPlainBody()))
                .containsOnlyNulls();
    }

    @Test
    void theMessageIsThereByteForByte() throws Exception {
        Recording recording = Recording.of("incoming/json-raw-plain");
        String base64 = new ObjectMapper().readTree(recording.body()).path("message").textValue();

        InboundMail mail = (InboundMail) Bodies.decode(recording);

        assertThat(Bodies.read(mail.message())).isEqualTo(Base64.getMimeDecoder().decode(base64));
        assertThat(mail.size()).as("the size at arrival, before Postal put its fields in front")
                .isLessThan(mail.message().length());
    }

    @Test
    void thePostalsSpamFieldsAreReadAndOnlyWherePostalWritesThem() throws Exception {
        InboundMail marked = Bodies.mail("incoming/json-raw-inspected-spam-marked");
        InboundMail plain = Bodies.mail("incoming/form-raw-plain");
        InboundMail forged = raw("Received: by postal\r\nX-Postal-Spam: no\r\nX-Postal-Spam-Threshold: 5.0\r\n"
                + "X-Postal-Spam-Score: 0\r\nX-Postal-Threat: no\r\n\r\nhello");

        assertThat(marked.spamCheck()).isEqualTo(new SpamCheck(true, new BigDecimal("5.0"), new BigDecimal("8.5"), false));
        assertThat(marked.spamStatus()).isEqualTo("Spam");
        assertThat(plain.spamStatus()).isEqualTo("NotSpam");
        assertThat(forged.spamCheck()).isNull();
        assertThat(forged.spamStatus()).isNull();
    }

    @Test
    void theDedupKeyIsMadeAsItIsDocumented() throws Exception {
        for (String name : List.of("incoming/json-raw-attachments", "incoming/form-raw-plain")) {
            InboundMail mail = Bodies.mail(name);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream data = new DataOutputStream(bytes);
            data.writeLong(mail.id());
            data.writeInt("support@acme.example".length());
            data.write("support@acme.example".getBytes(StandardCharsets.UTF_8));
            data.writeInt("alice@sender.test".length());
            data.write("alice@sender.test".getBytes(StandardCharsets.UTF_8));
            data.write(sha256(Bodies.read(mail.message())));

            assertThat(mail.dedupKey()).isEqualTo("raw:" + HexFormat.of().formatHex(sha256(bytes.toByteArray())));
        }
    }

    @Test
    void theDedupKeyTellsMailsApartAndNotTheirWireForms() throws Exception {
        String key = posted(1, "\"a@x\"", "\"b@x\"", "hello").dedupKey();

        assertThat(posted(2, "\"a@x\"", "\"b@x\"", "hello").dedupKey()).isNotEqualTo(key);
        assertThat(posted(1, "\"a@xb\"", "\"@x\"", "hello").dedupKey()).isNotEqualTo(key);
        assertThat(posted(1, "\"a@x\"", "null", "hello").dedupKey()).isNotEqualTo(key);
        assertThat(posted(1, "\"a@x\"", "\"b@x\"", "hullo").dedupKey()).isNotEqualTo(key);
        assertThat(((InboundMail) Bodies.form("id=1&mail_from=b%40x&message=aGVsbG8%3D&rcpt_to=a%40x&base64=true")).dedupKey())
                .isEqualTo(key);
    }

    @Test
    void aMessageThatIsKeptInTheBodyIsReadLikeOneThatIsDecodedIntoMemory() throws Exception {
        for (String name : List.of("incoming/json-raw-attachments", "incoming/form-raw-attachments")) {
            Recording recording = Recording.of(name);

            InboundMail mail = (InboundMail) new PayloadDecoder(0).decode(recording.contentType(), Bodies.of(recording.body()));
            InboundMail inMemory = Bodies.mail(name);

            assertThat(mail.message()).isInstanceOf(EncodedContent.class);
            assertThat(mail.dedupKey()).isEqualTo(inMemory.dedupKey());
            assertThat(mail.attachments()).extracting(InboundAttachment::size).containsExactly(26L, 8L);
            assertThat(mail.plainBody()).isEqualTo(inMemory.plainBody());
            assertThat(Bodies.read(mail.message())).isEqualTo(Bodies.read(inMemory.message()));
        }
    }

    @Test
    void nothingThatAMailHoldsIsLeftOut() throws Exception {
        InboundMail mail = raw("Content-Type: multipart/mixed; boundary=M\r\n\r\n"
                + "--M\r\nContent-Type: multipart/related; boundary=R\r\n\r\n"
                + "--R\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<img src=\"cid:logo\">\r\n"
                + "--R\r\nContent-Type: image/png\r\nContent-ID: <logo>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0K\r\n--R--\r\n"
                + "--M\r\nContent-Type: text/plain\r\n\r\nfirst\r\n" + "--M\r\nContent-Type: text/plain\r\n\r\nsecond\r\n"
                + "--M\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\ninner text\r\n"
                + "--M\r\nContent-Disposition: attachment\r\n\r\nno name\r\n--M--\r\n");

        assertThat(mail.htmlBody()).isEqualTo("<img src=\"cid:logo\">");
        assertThat(mail.plainBody()).isEqualTo("first");
        assertThat(mail.attachments()).extracting(InboundAttachment::name).containsExactly("attachment-1.png",
                "attachment-2.txt", "attachment-3.eml", "attachment-4.txt");
        assertThat(mail.attachments().get(0).contentId()).isEqualTo("logo");
        assertThat(mail.attachments().get(0).inline()).isTrue();
        assertThat(mail.attachments().get(1).inline()).isFalse();
        assertThat(Bodies.read(mail.attachments().get(2).content())).asString().isEqualTo("Subject: inner\r\n\r\ninner text");
    }

    @Test
    void malformedMailIsReadAsWellAsItCanBe() throws Exception {
        InboundMail latin = rawBytes("Subject: Gr\u00fc\u00dfe\r\n\r\nGr\u00fc\u00dfe".getBytes(StandardCharsets.ISO_8859_1));
        InboundMail utf8 = rawBytes("Subject: Gr\u00fc\u00dfe\r\n\r\nGr\u00fc\u00dfe".getBytes(StandardCharsets.UTF_8));
        InboundMail unknownCharset = raw("Subject: =?x-none?Q?a?=\r\nContent-Type: text/plain; charset=x-none\r\n\r\nhello");
        InboundMail unknownEncoding = raw("Content-Transfer-Encoding: x-none\r\n\r\nhello");
        InboundMail badBase64 = raw("Content-Transfer-Encoding: base64\r\n\r\naGVs*bG8");
        InboundMail noBoundary = raw("Content-Type: multipart/mixed\r\n\r\nhello");
        InboundMail noHeader = raw("\r\nhello");
        InboundMail badType = raw("Content-Type: ;;;\r\nContent-Disposition: ;;;\r\n\r\nhello");
        InboundMail empty = raw("");

        assertThat(latin.subject()).isEqualTo("Grüße");
        assertThat(latin.plainBody()).isEqualTo("Grüße");
        assertThat(utf8.subject()).isEqualTo("Grüße");
        assertThat(utf8.plainBody()).isEqualTo("Grüße");
        assertThat(unknownCharset.plainBody()).isEqualTo("hello");
        assertThat(unknownCharset.subject()).isNotNull();
        assertThat(unknownEncoding.plainBody()).isEqualTo("hello");
        assertThat(badBase64.plainBody()).startsWith("hel");
        assertThat(noHeader.plainBody()).isEqualTo("hello");
        for (InboundMail mail : List.of(noBoundary, badType)) {
            assertThat(mail.plainBody() != null || mail.attachments().size() == 1).isTrue();
        }
        assertThat(empty.subject()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"filename*=UTF-8''%E2%9C%93%20%C3%BC.txt", "filename=\"=?utf-8?Q?=E2=9C=93_=C3=BC.txt?=\"",
            "filename=\"✓ ü.txt\"", "filename*0*=UTF-8''%E2%9C%93; filename*1*=%20%C3%BC.txt"})
    void aFileNameIsUnderstoodInEveryWayThatPeopleWriteIt(String filename) throws Exception {
        InboundMail mail = raw("Content-Type: application/pdf\r\nContent-Disposition: attachment; " + filename + "\r\n\r\nx");

        assertThat(mail.attachments().get(0).name()).isEqualTo("✓ ü.txt");
    }

    @Test
    void aBombOfPartsIsReadToALimitAndTheMessageStaysWhole() throws Exception {
        String nested = IntStream.range(0, 500)
                .mapToObj(i -> "Content-Type: multipart/mixed; boundary=M" + i + "M\r\n\r\n--M" + i + "M\r\n")
                .collect(Collectors.joining()) + "\r\nhello\r\n";
        String many = "Content-Type: multipart/mixed; boundary=M\r\n\r\n" + "--M\r\n\r\nx\r\n".repeat(20_000) + "--M--\r\n";

        assertThat(raw(nested).attachments()).hasSize(1);
        assertThat(raw(many).attachments()).hasSize(5_000);
        assertThat(raw(many).truncated()).isTrue();
        assertThat(raw(nested).truncated()).isTrue();
        assertThat(raw(many).message().length()).isEqualTo(many.length());
    }

    @Test
    void theReplyToAddressesAreTakenApartBeforeTheyAreDecoded() throws Exception {
        InboundMail mail = raw("Reply-To: =?utf-8?Q?M=C3=BCller=2C_Ann?= <ann@x.test>, b@x.test\r\n\r\n");

        assertThat(mail.replyTo()).hasSize(2);
        assertThat(mail.replyTo().get(0)).contains("Müller, Ann").contains("<ann@x.test>");
    }

    @Test
    void itHasTheSameContentAsTheMailThatWasHandedToPostal() throws Exception {
        JsonNode input = Recording.file("incoming/json-raw-attachments").path("smtp_input");
        byte[] data = input.path("data").textValue().getBytes(StandardCharsets.UTF_8);

        byte[] message = Bodies.read(Bodies.mail("incoming/json-raw-attachments").message());

        assertThat(Arrays.copyOfRange(message, message.length - data.length, message.length)).isEqualTo(data);
    }

    private static InboundMail raw(String message) throws Exception {
        return rawBytes(message.getBytes(StandardCharsets.UTF_8));
    }

    private static InboundMail rawBytes(byte[] message) throws Exception {
        return (InboundMail) Bodies.json("{\"id\":1,\"rcpt_to\":\"a@x\",\"mail_from\":null,\"message\":\""
                + Base64.getEncoder().encodeToString(message) + "\",\"base64\":true,\"size\":1}");
    }

    private static InboundMail posted(long id, String rcptTo, String mailFrom, String message) throws Exception {
        return (InboundMail) Bodies.json("{\"id\":" + id + ",\"rcpt_to\":" + rcptTo + ",\"mail_from\":" + mailFrom
                + ",\"message\":\"" + Base64.getEncoder().encodeToString(message.getBytes(StandardCharsets.UTF_8))
                + "\",\"base64\":true}");
    }

    private static byte[] sha256(byte[] bytes) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }
}
