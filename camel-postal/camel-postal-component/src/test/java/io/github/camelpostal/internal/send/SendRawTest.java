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

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import jakarta.activation.DataHandler;
import jakarta.activation.FileDataSource;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.PostalMessage;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A complete message goes out as it is, but for what Postal would send wrongly. */
class SendRawTest extends SendingTestSupport {

    private static final String HEADER = "From: Sales <sales@acme.example>\r\nTo: \"Doe, Bob\" <bob@rcpt.test>, Ann <ann@rcpt.test>\r\n"
            + "Cc: BOB@rcpt.test, bob@RCPT.test\r\nSubject: raw\r\nDate: Fri, 20 Nov 2026 10:00:00 +0000\r\n"
            + "Message-ID: <raw-1@acme.example>\r\n";
    private static final String BODY = "body\r\nwith \rodd\n line ends \u00e4\u0000 and no last one";
    private static final String MAIL = HEADER + "\r\n" + BODY;

    private CapturedPostal.Call sendRaw(Object body, Object... headers) {
        return sent("postal:sendRaw", body, headers);
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String raw(CapturedPostal.Call call) {
        return new String(call.rawData(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void aCompleteMessageIsSentByteForByte(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("mail.eml"), latin1(MAIL));
        for (Object body : new Object[]{latin1(MAIL), new ByteArrayInputStream(latin1(MAIL)), file, file.toFile()}) {
            CapturedPostal.Call call = sendRaw(body);
            assertThat(raw(call)).isEqualTo(MAIL);
            assertThat(call.text("mail_from")).isEqualTo("sales@acme.example");
            // BOB and bob may be two people, bob@RCPT.test and bob@rcpt.test are not
            assertThat(call.list("rcpt_to")).containsExactly("bob@rcpt.test", "ann@rcpt.test", "BOB@rcpt.test");
        }
        assertThat(new String(sendRaw(MAIL).rawData(), StandardCharsets.UTF_8)).isEqualTo(MAIL);
    }

    @Test
    void theLengthIsAnnouncedWhereItIsKnown(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("mail.eml"), latin1("From x\n\n" + MAIL.replace("Date", "X-Date")));
        assertThat(sendRaw(file).headers().getFirst("Content-Length")).isNotNull();
        assertThat(sendRaw(new ByteArrayInputStream(latin1(MAIL))).headers().getFirst("Transfer-Encoding"))
                .isEqualTo("chunked");
    }

    @Test
    void dateAndMessageIdAreAddedWhenAbsent() throws Exception {
        CapturedPostal.Call call = sendRaw("From: a@acme.example\r\nTo: b@x.test\r\nMessage-ID:\r\n\r\nbody");
        Message mail = parsed(call);
        assertThat(mail.getMessageId()).matches("<[0-9a-f-]{36}@acme\\.example>");
        assertThat(mail.getDate()).isNotNull();
        assertThat(raw(call)).endsWith("\r\n\r\nbody").containsOnlyOnce("Message-ID");
    }

    @Test
    void bccIsSentToAndRemoved() {
        CapturedPostal.Call call = sendRaw(HEADER + "bcc: secret@x.test,\r\n\tother@x.test\r\nX-Last: 1\r\n\r\nbody");
        assertThat(call.list("rcpt_to")).contains("secret@x.test", "other@x.test");
        assertThat(raw(call)).isEqualTo(HEADER + "X-Last: 1\r\n\r\nbody");
    }

    @Test
    void mboxLinesBlankLinesAndBareLineFeedsOfTheHeaderAreRepairedAndTheBodyIsNot() {
        String mbox = "\n\r\nFrom sales@acme.example Fri Nov 20 10:00:00 2026\n" + HEADER.replace("\r\n", "\n") + "\n" + BODY;
        assertThat(raw(sendRaw(latin1(mbox)))).isEqualTo(MAIL);
        assertThat(raw(sendRaw(latin1("\u00EF\u00BB\u00BF" + MAIL)))).isEqualTo(MAIL);
        assertThat(raw(sendRaw(latin1(HEADER + "X-A: 1\rBcc: x@x.test\u0000\r\n\r\nb"))))
                .isEqualTo(HEADER + "X-A: 1 Bcc: x@x.test \r\n\r\nb");
    }

    @Test
    void anOldFashionedFromFieldIsNoMboxLine() {
        String mail = MAIL.replace("From: Sales", "From : Sales");
        assertThat(raw(sendRaw(latin1(mail)))).isEqualTo(mail);
        assertThat(postal.onlyCall().text("mail_from")).isEqualTo("sales@acme.example");
    }

    @Test
    void headerBytesThatAreNotAsciiStay() {
        String mail = HEADER.replace("Subject: raw", "Subject: " + new String("Grüße".getBytes(StandardCharsets.UTF_8),
                StandardCharsets.ISO_8859_1)) + "X-Old: gr\u00fc\u00df\r\n\r\nbody";
        assertThat(raw(sendRaw(latin1(mail)))).isEqualTo(mail);
    }

    @Test
    void theEnvelopeComesFromTheHeadersFirst() {
        CapturedPostal.Call call = sendRaw(MAIL, PostalConstants.FROM, "Other <other@acme.example>", PostalConstants.TO,
                "Zoë <zoe@x.test>", PostalConstants.BOUNCE, "true");
        assertThat(call.text("mail_from")).isEqualTo("other@acme.example");
        assertThat(call.list("rcpt_to")).containsExactly("zoe@x.test");
        assertThat(call.body().get("bounce").booleanValue()).isTrue();
        assertThat(new String(call.rawData(), StandardCharsets.UTF_8)).isEqualTo(MAIL);
    }

    @Test
    void optionsCountOnlyWhereTheMessageSaysNothing() throws Exception {
        String options = "postal:sendRaw?from=option@x.test&to=to-option@x.test&subject=option&tag=tag&replyTo=r@x.test&sender=s@x.test";
        CapturedPostal.Call full = sent(options,
                HEADER + "X-Postal-Tag: own\r\nReply-To: o@x.test\r\nSender: o@x.test\r\n\r\nb");
        assertThat(full.list("rcpt_to")).doesNotContain("to-option@x.test");
        assertThat(raw(full)).doesNotContain("option");

        CapturedPostal.Call bare = sent(options, "X-A: 1\r\n\r\nbody");
        Message mail = parsed(bare);
        assertThat(bare.text("mail_from")).isEqualTo("option@x.test");
        assertThat(bare.list("rcpt_to")).containsExactly("to-option@x.test");
        assertThat(mail.getFrom().get(0).getAddress()).isEqualTo("option@x.test");
        assertThat(mail.getSubject()).isEqualTo("option");
        assertThat(mail.getHeader().getField("X-Postal-Tag").getBody()).isEqualTo("tag");
    }

    @Test
    void headersReplaceFieldsOfTheMessage() throws Exception {
        CapturedPostal.Call call = sendRaw(MAIL, PostalConstants.SUBJECT, "nëw", PostalConstants.TAG, "t1",
                PostalConstants.REPLY_TO, "Zoë <z@x.test>", PostalConstants.HEADERS, Map.of("X-A", List.of("1", "2")));
        Message mail = parsed(call);
        assertThat(mail.getSubject()).isEqualTo("nëw");
        assertThat(mail.getHeader().getFields("Subject")).hasSize(1);
        assertThat(mail.getReplyTo().flatten().get(0).getName()).isEqualTo("Zoë");
        assertThat(mail.getHeader().getFields("X-A")).hasSize(2);
        assertThat(mail.getHeader().getField("X-Postal-Tag").getBody()).isEqualTo("t1");
        assertThat(new String(call.rawData(), StandardCharsets.UTF_8)).endsWith("\r\n\r\n" + BODY);
    }

    @Test
    void aMimeMessageGoesRawFromBothOperationsAndKeepsItsMessageId(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("big.bin"), new byte[300_000]);
        MimeMessage mime = mime();
        MimeMultipart multipart = new MimeMultipart();
        MimeBodyPart text = new MimeBodyPart();
        text.setText("Grüße", "UTF-8");
        multipart.addBodyPart(text);
        MimeBodyPart attached = new MimeBodyPart();
        attached.setDataHandler(new DataHandler(new FileDataSource(file.toFile())));
        attached.setFileName("big.bin");
        multipart.addBodyPart(attached);
        mime.setContent(multipart);
        mime.setHeader("Message-ID", "<own@acme.example>");
        mime.addRecipient(RecipientType.BCC, new InternetAddress("secret@x.test"));

        for (String uri : new String[]{"postal:send", "postal:sendRaw"}) {
            CapturedPostal.Call call = sent(uri, mime);
            Message mail = parsed(call);
            assertThat(call.list("rcpt_to")).containsExactly("bob@rcpt.test", "secret@x.test");
            assertThat(mail.getMessageId()).isEqualTo("<own@acme.example>");
            assertThat(mail.getDate()).isNotNull();
            assertThat(mail.getBcc()).isNull();
            assertThat(((Multipart) mail.getBody()).getCount()).isEqualTo(2);
            assertThat(call.rawData().length).isGreaterThan(400_000);
        }
    }

    @Test
    void aParsedMimeMessageKeepsItsBytes() throws Exception {
        MimeMessage mime = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(latin1(MAIL)));
        assertThat(raw(sent("postal:send", mime))).endsWith("\r\n\r\n" + BODY);
    }

    @Test
    void aMimeMessageWithoutMessageIdGetsOneOfItsSendersDomain() throws Exception {
        MimeMessage mime = mime();
        mime.setText("x");
        assertThat(parsed(sent("postal:send", mime)).getMessageId()).isNotBlank();
    }

    @Test
    void whatIsNoCompleteMessageIsRefused() {
        assertThat(refused(PostalErrorCode.INVALID_VALUE, "postal:sendRaw", PostalMessage.builder().build()))
                .contains("postal:send");
        refused(PostalErrorCode.INVALID_VALUE, "postal:sendRaw", map("to", "a@x.test"));
        refused(PostalErrorCode.NO_CONTENT, "postal:sendRaw", null);
        refused(PostalErrorCode.PARAMETER_ERROR, "postal:sendRaw", "Just text, no header\n\nmore");
        refused(PostalErrorCode.PARAMETER_ERROR, "postal:sendRaw", "");
        refused(PostalErrorCode.NO_RECIPIENTS, "postal:sendRaw", "From: a@x.test\nTo: undisclosed-recipients:;\n\nx");
        refused(PostalErrorCode.FROM_ADDRESS_MISSING, "postal:sendRaw", "To: a@x.test\n\nx");
        refused(PostalErrorCode.TOO_LONG, "postal:sendRaw", MAIL.replace("raw-1", "r".repeat(255)));
        refused(PostalErrorCode.TOO_LONG, "postal:sendRaw", "X-Postal-Tag: " + "t".repeat(256) + "\r\n" + MAIL);
        assertThat(refused(PostalErrorCode.INVALID_ENCODING, "postal:sendRaw",
                latin1(MAIL.replace("Subject: raw", "Subject: r\u00e4w"))))
                .contains("Subject");
    }

    @Test
    void aStreamIsClosedWhetherOrNotItWasSent() {
        boolean[] closed = {false, false};
        sendRaw(closing(MAIL, closed, 0));
        refused(PostalErrorCode.NO_RECIPIENTS, "postal:sendRaw", closing("From: a@x.test\n\nx", closed, 1));
        assertThat(closed).containsExactly(true, true);
    }

    private static InputStream closing(String mail, boolean[] closed, int index) {
        return new ByteArrayInputStream(latin1(mail)) {
            @Override
            public void close() {
                closed[index] = true;
            }
        };
    }

    private static MimeMessage mime() throws Exception {
        MimeMessage mime = new MimeMessage(Session.getInstance(new Properties()));
        mime.setFrom("sales@acme.example");
        mime.setRecipients(RecipientType.TO, "bob@rcpt.test");
        mime.setSubject("Grüße", "UTF-8");
        return mime;
    }
}
