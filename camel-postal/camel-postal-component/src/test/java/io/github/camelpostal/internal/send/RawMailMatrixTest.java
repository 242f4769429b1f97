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
package io.github.camelpostal.internal.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import jakarta.activation.DataHandler;
import jakarta.activation.FileDataSource;
import jakarta.mail.util.ByteArrayDataSource;

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.api.PostalAttachment;
import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.PostalMessage;
import io.github.camelpostal.payload.Content;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.attachment.DefaultAttachment;
import org.apache.james.mime4j.dom.Body;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.dom.TextBody;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes raw is, for a second MIME implementation, the mail that was meant. */
class RawMailMatrixTest extends SendingTestSupport {

    private static final String RAW = ENVELOPE + "&transport=raw";
    private static final byte[] BINARY = random(200_003);

    @Test
    void textWithUnicodeEverywhere() throws Exception {
        CapturedPostal.Call call = sent(RAW, PostalMessage.builder().from("Jürgen Müller <sales@acme.example>")
                .to("\"Ünal, Zoë\" <zoe@rcpt.test>", "日本 <nihon@rcpt.test>")
                .subject("Grüße ✓ 日本語 " + "lang ".repeat(60) + "Ende")
                .plainBody("Grüße\nzweite Zeile\n.\nFrom here ✓").build());
        Message mail = parsed(call);

        assertThat(call.text("mail_from")).isEqualTo("sales@acme.example");
        assertThat(call.list("rcpt_to")).containsExactly("zoe@rcpt.test", "nihon@rcpt.test");
        assertThat(mail.getFrom().get(0).getName()).isEqualTo("Jürgen Müller");
        assertThat(mail.getTo().flatten()).extracting(Mailbox::getName).containsExactly("Ünal, Zoë", "日本");
        assertThat(mail.getSubject()).isEqualTo("Grüße ✓ 日本語 " + "lang ".repeat(60) + "Ende");
        assertThat(text(mail)).isEqualTo("Grüße\r\nzweite Zeile\r\n.\r\nFrom here ✓");
        assertThat(mail.getMimeType()).isEqualTo("text/plain");
        assertThat(mail.getDate()).isNotNull();
        assertThat(mail.getMessageId()).matches("<[0-9a-f-]{36}@acme\\.example>");
        assertLinesAreShort(call);
    }

    @Test
    void longHeadersAreFoldedAndUnfoldTheSame() throws Exception {
        String references = IntStream.range(0, 60).mapToObj(i -> "<message-" + i + "@acme.example>")
                .reduce((a, b) -> a + " " + b).orElseThrow();
        String word = "w".repeat(3000);
        CapturedPostal.Call call = sent(RAW,
                PostalMessage.builder().subject(word).plainBody("x").header("References", references)
                        .header("X-Ünlawful".replace("Ü", "U"), "Jörg <jo@x.test>").header("X-Twice", "1")
                        .header("X-Twice", "2")
                        .header("Message-ID", "<mine@acme.example>").header("Date", "Fri, 20 Nov 2026 10:00:00 +0000").build());
        Message mail = parsed(call);

        assertThat(mail.getSubject()).isEqualTo(word);
        assertThat(mail.getHeader().getField("References").getBody()).isEqualTo(references);
        assertThat(mail.getHeader().getField("X-Unlawful").getBody()).isEqualTo("=?UTF-8?B?SsO2cmc=?= <jo@x.test>");
        assertThat(mail.getHeader().getFields("X-Twice")).extracting(field -> field.getBody()).containsExactly("1", "2");
        assertThat(mail.getMessageId()).isEqualTo("<mine@acme.example>");
        assertThat(mail.getHeader().getFields("Date")).hasSize(1);
        assertThat(mail.getDate()).hasSameTimeAs("2026-11-20T10:00:00Z");
        assertLinesAreShort(call);
    }

    @Test
    void textAndHtmlAreAlternatives() throws Exception {
        Message mail = parsed(sent(RAW, PostalMessage.builder().plainBody("plain").htmlBody("<b>häml</b>").build()));
        assertThat(shape(mail)).isEqualTo("multipart/alternative(text/plain,text/html)");
        assertThat(text(leaves(mail).get(1))).isEqualTo("<b>häml</b>");
    }

    @Test
    void aBlankAlternativeIsLeftOut() throws Exception {
        assertThat(shape(parsed(sent(RAW, PostalMessage.builder().plainBody(" ").htmlBody("<b>x</b>").build()))))
                .isEqualTo("text/html");
        assertThat(shape(parsed(sent(RAW, PostalMessage.builder().plainBody("x").htmlBody("").build()))))
                .isEqualTo("text/plain");
    }

    @Test
    void oneAttachment() throws Exception {
        CapturedPostal.Call call = sent(RAW, PostalMessage.builder().plainBody("plain")
                .attachment(PostalAttachment.of("rechnung ä, \"1\".pdf", "application/pdf", BINARY)).build());
        Message mail = parsed(call);
        assertThat(shape(mail)).isEqualTo("multipart/mixed(text/plain,application/pdf)");
        assertThat(leaves(mail).get(1).getDispositionType()).isEqualTo("attachment");
        assertThat(leaves(mail).get(1).getFilename()).isEqualTo("rechnung ä, \"1\".pdf");
        assertThat(bytes(leaves(mail).get(1))).isEqualTo(BINARY);
        assertThat(call.headers().getFirst("Content-Length")).isNotNull();
        assertLinesAreShort(call);
    }

    @Test
    void manyAttachmentsOfAllSizesKeepOrderAndBytes() throws Exception {
        PostalMessage.Builder message = PostalMessage.builder().plainBody("plain").htmlBody("<p>html</p>");
        List<byte[]> contents = new ArrayList<>();
        for (int size : new int[]{0, 1, 2, 3, 56, 57, 58, 114, 8191, 8192, 8193, 57 * 144, 57 * 144 + 1, 57 * 288, 100_000}) {
            contents.add(random(size));
            message.attachment(PostalAttachment.of("a" + size, "application/x-test", contents.get(contents.size() - 1)));
        }
        List<Entity> leaves = leaves(parsed(sent(ENVELOPE, message.build())));
        assertThat(leaves).hasSize(2 + contents.size());
        for (int i = 0; i < contents.size(); i++) {
            assertThat(bytes(leaves.get(i + 2))).as("attachment %d", i).isEqualTo(contents.get(i));
        }
    }

    @Test
    void anInlineImageBelongsToTheHtml() throws Exception {
        CapturedPostal.Call call = sent(ENVELOPE, PostalMessage.builder().plainBody("plain").htmlBody("<img src='cid:logo@x'>")
                .attachment(PostalAttachment.of("doc.bin", "application/x-test", BINARY))
                .attachment(PostalAttachment.inline("logo@x", "logo.png", "image/png", Content.of(BINARY))).build());
        Message mail = parsed(call);
        assertThat(shape(mail)).isEqualTo("multipart/mixed(multipart/alternative(text/plain,"
                + "multipart/related(text/html,image/png)),application/x-test)");
        Entity image = leaves(mail).get(2);
        assertThat(image.getHeader().getField("Content-ID").getBody()).isEqualTo("<logo@x>");
        assertThat(image.getDispositionType()).isEqualTo("inline");
        assertThat(bytes(image)).isEqualTo(BINARY);
    }

    @Test
    void camelAttachmentsInlineAndNot(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("data.txt"), "a,b\nc,d\n".getBytes(StandardCharsets.UTF_8));
        run(ENVELOPE + "&bodyType=html", exchange -> {
            AttachmentMessage message = exchange.getMessage(AttachmentMessage.class);
            message.setBody("<img src='cid:logo'>");
            message.addAttachment("data.txt", new DataHandler(new FileDataSource(file.toFile())));
            DefaultAttachment logo = new DefaultAttachment(new ByteArrayDataSource(BINARY, "image/png"));
            logo.setHeader("Content-ID", "<logo>");
            message.addAttachmentObject("logo.png", logo);
        });
        Message mail = parsed(postal.onlyCall());
        assertThat(shape(mail)).isEqualTo("multipart/mixed(multipart/related(text/html,image/png),text/plain)");
        assertThat(new String(bytes(leaves(mail).get(2)), StandardCharsets.UTF_8)).isEqualTo("a,b\nc,d\n");
        assertThat(leaves(mail).get(2).getFilename()).isEqualTo("data.txt");
        assertThat(postal.onlyCall().headers().getFirst("Content-Length")).isNotNull();
    }

    @Test
    void sixtyRecipientsTagAndBcc() throws Exception {
        List<String> sixty = IntStream.range(0, 60).mapToObj(i -> "Person " + i + " <p" + i + "@x.test>").toList();
        CapturedPostal.Call call = sent(ENVELOPE, "text", PostalConstants.TO, sixty, PostalConstants.CC,
                "C <c@x.test>, P1@X.test, p1@X.TEST",
                PostalConstants.BCC, "b@x.test, c@x.test", PostalConstants.TAG, "tag-1", PostalConstants.BOUNCE, true,
                PostalConstants.REPLY_TO, List.of("a@x.test", "b@x.test"), PostalConstants.SENDER, "s@acme.example");
        Message mail = parsed(call);
        assertThat(call.list("rcpt_to")).hasSize(63).startsWith("p0@x.test").endsWith("c@x.test", "P1@X.test", "b@x.test");
        assertThat(mail.getTo().flatten()).hasSize(60);
        assertThat(mail.getCc().flatten()).extracting(Mailbox::getAddress).containsExactly("c@x.test", "P1@X.test");
        assertThat(mail.getBcc()).isNull();
        assertThat(new String(call.rawData(), StandardCharsets.ISO_8859_1)).doesNotContain("b@x.test, c@x")
                .doesNotContainIgnoringCase("bcc");
        assertThat(mail.getHeader().getField("X-Postal-Tag").getBody()).isEqualTo("tag-1");
        assertThat(call.body().has("tag")).isFalse();
        assertThat(call.body().get("bounce").booleanValue()).isTrue();
        assertThat(mail.getReplyTo().flatten()).hasSize(2);
        assertThat(mail.getSender().getAddress()).isEqualTo("s@acme.example");
        assertLinesAreShort(call);
    }

    @Test
    void aFileNameOfAnyLengthAndScriptSurvives() throws Exception {
        for (String name : List.of("n".repeat(200) + ".bin", "日本語".repeat(27) + ".bin", "a;b\"c\\d'e*f%20.bin", "ä b.bin")) {
            CapturedPostal.Call call = sent(RAW, PostalMessage.builder().plainBody("x")
                    .attachment(PostalAttachment.of(name, "application/x-test; x=y; name=other", BINARY)).build());
            Entity attachment = leaves(parsed(call)).get(1);
            assertThat(attachment.getFilename()).isEqualTo(name);
            assertThat(attachment.getMimeType()).isEqualTo("application/x-test");
            assertThat(attachment.getHeader().getField("Content-Type").getBody()).contains("x=y").contains("name=")
                    .doesNotContain("other", "name*");
            assertLinesAreShort(call);
        }
    }

    @Test
    void aFileNameThatNoFileSystemTakesIsShortenedAndKeepsItsExtension() throws Exception {
        CapturedPostal.Call call = sent(RAW, PostalMessage.builder().plainBody("x")
                .attachment(PostalAttachment.of("日本語".repeat(400) + ".pdf", "application/pdf", BINARY)).build());
        assertThat(leaves(parsed(call)).get(1).getFilename()).startsWith("日本語").endsWith(".pdf").hasSize(83 + 4);
        assertLinesAreShort(call);
    }

    @Test
    void aMailThatIsOnlyAnAttachmentIsStillAMailWithAnAttachment() throws Exception {
        Message mail = parsed(sent(ENVELOPE, PostalMessage.builder()
                .attachment(PostalAttachment.of("a.bin", "application/x-test", BINARY)).build()));
        assertThat(shape(mail)).isEqualTo("multipart/mixed(application/x-test)");
        Entity attached = ((Multipart) mail.getBody()).getBodyParts().get(0);
        assertThat(bytes(attached)).isEqualTo(BINARY);
        assertThat(attached.getFilename()).isEqualTo("a.bin");
    }

    @Test
    void longListsOfLinksAreFoldedAtCommasAndNeverEncoded() throws Exception {
        String one = "<https://news.acme.example/u?" + "a".repeat(930) + ">";
        String two = "<mailto:u@acme.example?subject=" + "b".repeat(600) + ">";
        CapturedPostal.Call call = sent(ENVELOPE + "&transport=raw", "x", PostalConstants.HEADERS,
                Map.of("List-Unsubscribe", one + "," + two));
        String raw = new String(call.rawData(), StandardCharsets.UTF_8);
        assertThat(raw).contains("List-Unsubscribe: ").contains(one + ",\r\n " + two);
        assertLinesAreShort(call);
        assertThat(refused(PostalErrorCode.TOO_LONG, ENVELOPE, "x", PostalConstants.HEADERS,
                Map.of("List-Unsubscribe", "<https://x.test/" + "a".repeat(1000) + ">"))).contains("List-Unsubscribe");
    }

    @Test
    void anAttachedMailIsNotEncoded() throws Exception {
        byte[] eml = "From: a@x.test\r\nSubject: inner\r\n\r\nGr\u00fc\u00dfe\r\n".getBytes(StandardCharsets.UTF_8);
        Message mail = parsed(sent(ENVELOPE, PostalMessage.builder().plainBody("see attached")
                .attachment(PostalAttachment.of("inner.eml", "message/rfc822", eml)).build()));
        Entity attached = ((Multipart) mail.getBody()).getBodyParts().get(1);
        assertThat(((Message) attached.getBody()).getSubject()).isEqualTo("inner");
        assertThat(attached.getContentTransferEncoding()).isEqualTo("8bit");
    }

    @Test
    void aContentTypeThatIsNoneIsUnknown() throws Exception {
        Message mail = parsed(sent(RAW, PostalMessage.builder().plainBody("x")
                .attachment(PostalAttachment.of("a", "what is this", BINARY)).build()));
        assertThat(leaves(mail).get(1).getMimeType()).isEqualTo("application/octet-stream");
    }

    private static String shape(Entity entity) {
        if (entity.getBody() instanceof Multipart multipart) {
            return entity.getMimeType() + "("
                    + String.join(",", multipart.getBodyParts().stream().map(RawMailMatrixTest::shape).toList()) + ")";
        }
        return entity.getMimeType();
    }

    private static List<Entity> leaves(Entity entity) {
        if (entity.getBody() instanceof Multipart multipart) {
            return multipart.getBodyParts().stream().flatMap(part -> leaves(part).stream()).toList();
        }
        return List.of(entity);
    }

    private static String text(Entity entity) throws IOException {
        TextBody body = (TextBody) entity.getBody();
        return new String(body.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Entity entity) throws IOException {
        Body body = entity.getBody();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ((SingleBody) body).writeTo(out);
        return out.toByteArray();
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    /** CRLF only, and no line over 998 characters (RFC 5322, 2.1.1). */
    private static void assertLinesAreShort(CapturedPostal.Call call) {
        String raw = new String(call.rawData(), StandardCharsets.ISO_8859_1);
        assertThat(raw.replace("\r\n", "")).doesNotContain("\r", "\n");
        assertThat(raw.split("\r\n")).allSatisfy(line -> assertThat(line.length()).isLessThan(998));
    }
}
