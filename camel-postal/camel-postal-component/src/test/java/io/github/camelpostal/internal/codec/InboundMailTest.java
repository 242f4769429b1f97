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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelpostal.payload.Content;
import io.github.camelpostal.payload.HeaderField;
import io.github.camelpostal.payload.InboundAttachment;
import io.github.camelpostal.payload.InboundMail;
import io.github.camelpostal.testing.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A mail in Postal's format Hash, JSON and form. */
class InboundMailTest {

    @ParameterizedTest
    @ValueSource(strings = {"incoming/json-hash-attachments", "incoming/form-hash-attachments"})
    void bothWireFormsGiveTheSameMail(String recording) throws Exception {
        InboundMail mail = Bodies.mail(recording);

        assertThat(mail.raw()).isFalse();
        assertThat(mail.rcptTo()).isEqualTo("support@acme.example");
        assertThat(mail.mailFrom()).isEqualTo("alice@sender.test");
        assertThat(mail.subject()).isEqualTo("With attachments");
        assertThat(mail.size()).isEqualTo(1043L);
        assertThat(mail.spamStatus()).isEqualTo("NotSpam");
        assertThat(mail.bounce()).isEqualTo(false);
        assertThat(mail.receivedWithSsl()).isNull();
        assertThat(mail.to()).isEqualTo("Support <support@acme.example>");
        assertThat(mail.cc()).isNull();
        assertThat(mail.from()).isEqualTo("Alice Example <alice@sender.test>");
        assertThat(mail.date()).isEqualTo("Fri, 20 Nov 2026 10:00:00 +0100");
        assertThat(mail.plainBody()).isEqualTo("Grüße, see attached ✓");
        assertThat(mail.htmlBody()).isEqualTo("<p>see <b>attached</b></p>");
        assertThat(mail.attachmentQuantity()).isEqualTo(2);
        assertThat(mail.attachments()).extracting(InboundAttachment::name).containsExactly("doc.pdf", "notes.txt");
        assertThat(mail.attachments()).extracting(InboundAttachment::size).containsExactly(26L, 8L);
        assertThat(Bodies.read(mail.attachments().get(0).content())).startsWith('%', 'P', 'D', 'F').contains(0xff, 0xfe);
        assertThat(Bodies.read(mail.attachments().get(1).content())).asString().isEqualTo("grüße\n");
    }

    @Test
    void aFormKeepsTheParametersOfAContentTypeAndJsonDoesNot() throws Exception {
        assertThat(Bodies.mail("incoming/json-hash-attachments").attachments()).extracting(InboundAttachment::contentType)
                .containsExactly("application/pdf", "text/plain");
        assertThat(Bodies.mail("incoming/form-hash-attachments").attachments()).extracting(InboundAttachment::contentType)
                .containsExactly("application/pdf; name=doc.pdf", "text/plain; charset=utf-8; name=notes.txt");
    }

    @Test
    void everythingOptionalIsThere() throws Exception {
        InboundMail mail = Bodies.mail("incoming/json-hash-all-optional-headers");

        assertThat(mail.id()).isEqualTo(178);
        assertThat(mail.token()).isEqualTo("LTf5ujVsBYI9TH4g");
        assertThat(mail.dedupKey()).isEqualTo("mail:178:LTf5ujVsBYI9TH4g");
        assertThat(mail.messageId()).isEqualTo("opt@sender.test");
        assertThat(mail.timestamp()).isEqualTo(Instant.parse("2026-11-20T17:52:25.055970Z"));
        assertThat(mail.cc()).isEqualTo("Carol <carol@x.test>, dan@x.test");
        assertThat(mail.replyTo()).containsExactly("Help Desk <help@x.test>");
        assertThat(mail.inReplyTo()).isEqualTo("<p1@acme.example>");
        assertThat(mail.inReplyToIds()).containsExactly("p1@acme.example");
        assertThat(mail.references()).isEqualTo("<p0@acme.example> <p1@acme.example>");
        assertThat(mail.referenceIds()).containsExactly("p0@acme.example", "p1@acme.example");
        assertThat(mail.headers()).as("those that Postal passes on").extracting(HeaderField::name).containsExactly("Subject",
                "Message-ID", "To", "Cc", "From", "Date", "In-Reply-To", "References", "Reply-To");
        assertThat(mail.header("message-id")).isEqualTo("<opt@sender.test>");
        assertThat(mail.spamCheck()).isNull();
        assertThat(mail.message()).isNull();
    }

    @Test
    void aMailWithoutAnyHeaderHasNone() throws Exception {
        InboundMail mail = Bodies.mail("incoming/json-hash-no-headers-at-all");

        assertThat(Arrays.asList(mail.subject(), mail.messageId(), mail.to(), mail.from(), mail.date(), mail.references(),
                mail.autoSubmitted())).containsOnlyNulls();
        assertThat(mail.replyTo()).isEmpty();
        assertThat(mail.referenceIds()).isEmpty();
        assertThat(mail.plainBody()).isEqualTo("");
        assertThat(mail.htmlBody()).isNull();
    }

    @Test
    void inAFormAKeyWithoutValueIsNothingAndAnEmptyValueIsEmptyText() throws Exception {
        InboundMail mail = Bodies.mail("incoming/form-hash-strip-replies-html-only");

        assertThat(mail.plainBody()).isEqualTo("");
        assertThat(mail.repliesFromPlainBody()).isNull();
        assertThat(mail.toMap()).containsEntry("replies_from_plain_body", null);
        assertThat(mail.cc()).isNull();
    }

    @Test
    void aKeyThatAFormRepeatsIsAList() throws Exception {
        InboundMail mail = (InboundMail) Bodies.form(Recording.of("incoming/form-hash-all-optional-headers").bodyText()
                + "&reply_to=C+%3Cc%40x.test%3E&reply_to=%C3%A9%40x.test");

        assertThat(mail.replyTo()).containsExactly("b@x.test", "C <c@x.test>", "é@x.test");
    }

    @Test
    void theNullSenderIsNoSender() throws Exception {
        assertThat(Bodies.mail("incoming/json-hash-null-sender").mailFrom()).isNull();
    }

    @Test
    void aMailByTheReturnPathIsFlagged() throws Exception {
        assertThat(Bodies.mail("incoming/json-hash-return-path-route").bounce()).isEqualTo(true);
        assertThat(Bodies.mail("incoming/form-hash-return-path-route").bounce()).isEqualTo(true);
    }

    @Test
    void strippedRepliesAreKept() throws Exception {
        InboundMail mail = Bodies.mail("incoming/json-hash-strip-replies");

        assertThat(mail.plainBody()).isEqualTo("Thanks, that works.\n\nBest\nAlice");
        assertThat(mail.repliesFromPlainBody()).startsWith("On Thu, Nov 19");
    }

    @Test
    void aLargeAttachmentIsThereByteForByte() throws Exception {
        InboundMail mail = Bodies.mail("incoming/json-hash-1mb-attachment");
        byte[] data = new ObjectMapper().readTree(Recording.of("incoming/json-hash-1mb-attachment").body())
                .path("attachments").path(0).path("data").textValue().getBytes();

        assertThat(Bodies.read(mail.attachments().get(0).content())).isEqualTo(Base64.getMimeDecoder().decode(data));
    }

    @ParameterizedTest
    @CsvSource({"support+T-17@acme.example, T-17", "support+a+b@acme.example, a+b", "support+@acme.example,",
            "support@acme.example,", "support@a+b.example,", "+x@acme.example, x", "odd+x, x"})
    void theAddressTagFollowsTheFirstPlus(String rcptTo, String tag) throws Exception {
        InboundMail mail = (InboundMail) Bodies
                .json(Recording.of("incoming/json-hash-plain").bodyText().replace("\"support@acme.example\"",
                        '"' + rcptTo + '"'));

        assertThat(mail.addressTag()).isEqualTo(tag);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"\"auto-replied\" | true", "\"auto-generated; x=1\" | true", "\"No\" | false",
            "\"no (really)\" | false", "\"no; why=not\" | false", "null | false", "\"\" | false", "\"yes\" | true"})
    void whatAProgramWroteIsAnAutoReply(String autoSubmitted, boolean expected) throws Exception {
        InboundMail mail = (InboundMail) Bodies.json(Recording.of("incoming/json-hash-auto-submitted").bodyText()
                .replace("\"auto-replied\"", autoSubmitted));

        assertThat(mail.isAutoReply()).isEqualTo(expected);
    }

    @Test
    void oldAndNewerReleasesAreUnderstood() throws Exception {
        InboundMail mail = (InboundMail) Bodies.json("{\"zzz\":{\"a\":[{}]},\"size\":12,\"bounce\":1,\"received_with_ssl\":0,"
                + "\"attachments\":[{\"data\":null,\"x\":[1],\"filename\":null}],\"reply_to\":\"a@x\",\"timestamp\":\"1.5\","
                + "\"token\":\"t\",\"id\":\"5\",\"rcpt_to\":\"b@x\"}");

        assertThat(mail.id()).isEqualTo(5);
        assertThat(mail.size()).isEqualTo(12L);
        assertThat(mail.bounce()).isEqualTo(true);
        assertThat(mail.receivedWithSsl()).isEqualTo(false);
        assertThat(mail.replyTo()).containsExactly("a@x");
        assertThat(mail.timestamp()).isEqualTo(Instant.ofEpochSecond(1, 500_000_000));
        assertThat(mail.attachmentQuantity()).isEqualTo(1);
        assertThat(mail.attachments().get(0).name()).isEqualTo("attachment-1.bin");
        assertThat(mail.attachments().get(0).filename()).isNull();
        assertThat(mail.attachments().get(0).size()).isZero();
    }

    @Test
    void whatIsNullOrEmptyIsNotThere() throws Exception {
        InboundMail mail = (InboundMail) Bodies.json("{\"id\":1,\"rcpt_to\":\"b@x\",\"token\":\"t\",\"timestamp\":1,"
                + "\"attachments\":null,\"reply_to\":null,\"mail_from\":\"\",\"message_id\":\"<a@x>\",\"bounce\":0}");

        assertThat(mail.attachments()).isEmpty();
        assertThat(mail.attachmentQuantity()).isZero();
        assertThat(mail.replyTo()).isEmpty();
        assertThat(mail.header("Reply-To")).isNull();
        assertThat(mail.mailFrom()).isNull();
        assertThat(mail.header("Message-ID")).as("with brackets, and not with two pairs").isEqualTo("<a@x>");
        assertThat(mail.bounce()).isEqualTo(false);
        assertThat(mail.repliesFromPlainBody()).isNull();
        assertThat(mail.toMap()).doesNotContainKey("replies_from_plain_body");
    }

    @Test
    void withheldAttachmentsAreCountedButNotThere() throws Exception {
        InboundMail mail = (InboundMail) Bodies
                .json("{\"id\":1,\"rcpt_to\":\"b@x\",\"token\":\"t\",\"timestamp\":1,\"attachment_quantity\":3}");

        assertThat(mail.attachmentQuantity()).isEqualTo(3);
        assertThat(mail.attachments()).isEmpty();
        assertThat(mail.toMap()).doesNotContainKey("attachments");
    }

    @Test
    void theMapBecomesJsonWithPostalsFieldNames() throws Exception {
        Recording recording = Recording.of("incoming/json-hash-attachments");
        ObjectMapper json = new ObjectMapper();

        String written = json.writeValueAsString(Bodies.decode(recording).toMap());

        assertThat(json.readTree(written).fieldNames()).toIterable()
                .containsExactlyElementsOf(() -> fieldNames(json, recording));
        assertThat(json.readTree(written).path("attachments").path(1).path("data").asText()).isEqualTo("Z3LDvMOfZQo=");
        assertThat(written).contains("\"timestamp\":1795196983.3324");
    }

    @Test
    void anAttachmentStaysInTheBodyUntilItIsRead() throws Exception {
        Recording recording = Recording.of("incoming/json-hash-attachments");
        int[] opened = new int[1];
        Content body = new Content() {
            @Override
            public InputStream open() throws IOException {
                opened[0]++;
                return Bodies.of(recording.body()).open();
            }

            @Override
            public long length() {
                return recording.body().length;
            }
        };

        InboundMail mail = (InboundMail) new PayloadDecoder(0).decode(recording.contentType(), body);
        assertThat(mail.attachments()).hasSize(2);
        assertThat(opened).as("read once, to find where everything is").containsExactly(1);

        assertThat(Bodies.read(mail.attachments().get(1).content())).asString().isEqualTo("grüße\n");
        assertThat(opened[0]).isGreaterThan(1);
    }

    @Test
    void contentsCanBeReadAsOftenAsOneLikes() throws Exception {
        Content content = Bodies.mail("incoming/form-hash-attachments").attachments().get(0).content();

        assertThat(Arrays.equals(Bodies.read(content), Bodies.read(content))).isTrue();
        assertThat(content.length()).isEqualTo(Bodies.read(content).length);
    }

    private static Iterator<String> fieldNames(ObjectMapper json, Recording recording) {
        try {
            return json.readTree(recording.body()).fieldNames();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
