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
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.mail.util.SharedByteArrayInputStream;

import io.github.camelpostal.payload.Content;
import io.github.camelpostal.payload.InboundAttachment;
import io.github.camelpostal.payload.InboundMail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attachments and messages that stay in the body are found at their place and read whole, whatever lies around them. */
class ContentsInTheBodyTest {

    private static final String HASH = "\"id\":1,\"rcpt_to\":\"a@x\",\"timestamp\":1,\"token\":\"t\"";
    /** So many bytes are decoded at once, and eight times as many lie between two places where reading can begin. */
    private static final int BLOCK = 6_144;

    @Test
    void everyAttachmentOfALongFormIsReadFromItsPlace() throws Exception {
        byte[] first = random(50_000);
        byte[] second = random(10_001);
        String form = "subject=%C3%BC&=x&&attachments[0][data]=" + percent(base64(first)) + "&attachments%5B1%5D%5Bdata%5D="
                + percent(base64(second)) + "&id=1&rcpt_to=a%40x&plain_body=" + "x+".repeat(20_000)
                + "&attachments[2][data]=aGk%3D&token=t&timestamp=1&attachments[3][data]";

        InboundMail mail = (InboundMail) Bodies.form(form);

        assertThat(mail.attachments()).extracting(InboundAttachment::size).containsExactly(50_000L, 10_001L, 2L, 0L);
        assertThat(Bodies.read(mail.attachments().get(0).content())).isEqualTo(first);
        assertThat(Bodies.read(mail.attachments().get(1).content())).isEqualTo(second);
        assertThat(Bodies.read(mail.attachments().get(2).content())).asString().isEqualTo("hi");
        assertThat(Bodies.read(mail.attachments().get(3).content())).isEmpty();
        assertThat(mail.plainBody()).isEqualTo("x ".repeat(20_000));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, BLOCK - 2, BLOCK - 1, BLOCK, BLOCK + 1, 8 * BLOCK - 1, 8 * BLOCK, 8 * BLOCK + 1, 16 * BLOCK})
    void anAttachmentOfAnyLengthIsReadToItsEnd(int length) throws Exception {
        byte[] bytes = random(length);
        InboundAttachment attachment = attachment(base64(bytes));

        assertThat(attachment.decoded()).isTrue();
        assertThat(attachment.size()).isEqualTo(length);
        assertThat(Bodies.read(attachment.content())).isEqualTo(bytes);
        for (int offset : new int[]{0, length / 2, length - 1, length}) {
            try (InputStream in = ((EncodedContent) attachment.content()).openAt(offset)) {
                assertThat(in.readAllBytes()).as("from %d", offset).isEqualTo(Arrays.copyOfRange(bytes, offset, length));
            }
        }
    }

    @Test
    void whatFollowsTheEndOfBase64MakesItText() throws Exception {
        for (int length : new int[]{BLOCK - 2, BLOCK - 1, 2 * BLOCK - 1}) {
            String text = base64(random(length)) + "AAAA";

            InboundAttachment attachment = attachment(text);

            assertThat(attachment.decoded()).as("%d bytes and more", length).isFalse();
            assertThat(Bodies.read(attachment.content())).asString(StandardCharsets.US_ASCII).isEqualTo(text);
            assertThat(attachment.size()).isEqualTo(text.length());
        }
    }

    @Test
    void textInsteadOfBase64IsThereCharacterByCharacter() throws Exception {
        InboundAttachment attachment = attachment("a\\tb\\nc\\r\\n\\\"\\/\\\\\\b\\f\\u0041\\u00e9+*");

        assertThat(attachment.decoded()).isFalse();
        assertThat(Bodies.read(attachment.content())).asString(StandardCharsets.ISO_8859_1)
                .isEqualTo("a\tb\nc\r\n\"/\\\b\fAé+*");
        try (InputStream in = attachment.content().open()) {
            assertThat(in.read()).isEqualTo('a');
            assertThat(in.read()).isEqualTo('\t');
        }
        InboundMail form = (InboundMail) Bodies
                .form("id=1&rcpt_to=a&token=t&timestamp=1&attachments[0][data]=a+b%2B%0A%2a&c=d");
        assertThat(Bodies.read(form.attachments().get(0).content())).asString().isEqualTo("a b+\n*");
    }

    @ParameterizedTest
    @CsvSource({"QUJD%, QUJD%", "QUJD%4, QUJD%", "QUJ%5, QUJ%", "QUJD%zz, QUJD%zz", "QUJD%4g, QUJD%g"})
    void halfAPercentSignDoesNotReadOnIntoTheNextField(String written, String read) throws Exception {
        for (String after : new String[]{"&id=1", "&x", ""}) {
            InboundMail mail = (InboundMail) Bodies.form((after.equals("&id=1") ? "" : "id=1&")
                    + "rcpt_to=a&token=t&timestamp=1&attachments[0][data]=" + written + after);

            assertThat(mail.attachments().get(0).decoded()).isFalse();
            assertThat(Bodies.read(mail.attachments().get(0).content())).asString().isEqualTo(read);
        }
    }

    @Test
    void aLetterThatOnlyEndsLikeOneOfBase64IsNone() throws Exception {
        InboundAttachment attachment = attachment("\\u0141UJD"); // the Polish L, of which the lower half is an A

        assertThat(attachment.decoded()).isFalse();
        assertThat(Bodies.read(attachment.content())).asString().isEqualTo("?UJD");
    }

    @Test
    void anEscapeIsReadWhereverTheBufferEnds() throws Exception {
        for (int before = 8_192 - 8; before <= 8_192; before++) {
            String text = "A".repeat(before);
            InboundMail form = (InboundMail) Bodies.form("id=1&rcpt_to=a&token=t&timestamp=1&attachments[0][data]=" + text
                    + "%42%ff*&x=y");

            for (InboundAttachment attachment : List.of(attachment(text + "\\u0042\\u00ff*"), form.attachments().get(0))) {
                assertThat(Bodies.read(attachment.content())).asString(StandardCharsets.ISO_8859_1)
                        .isEqualTo(text + "B\u00ff*");
            }
        }
    }

    /** Others have the key stored already: it may not depend on where the content was kept, or on how far it was base64. */
    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE})
    void theKeyOfAMessageThatIsNotBase64IsThatOfItsText(long memoryThreshold) throws Exception {
        String text = base64(random(3 * BLOCK)) + "*";
        byte[] body = ("{\"id\":7,\"rcpt_to\":\"a@x\",\"base64\":true,\"message\":\"" + text + "\"}")
                .getBytes(StandardCharsets.UTF_8);

        InboundMail mail = (InboundMail) new PayloadDecoder(memoryThreshold).decode(Bodies.JSON, Bodies.of(body));

        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(bytes);
        data.writeLong(7);
        data.writeInt(3);
        data.writeBytes("a@x");
        data.writeInt(-1);
        data.write(sha256(text.getBytes(StandardCharsets.US_ASCII)));
        assertThat(mail.undecoded()).isTrue();
        assertThat(mail.dedupKey()).isEqualTo("raw:" + HexFormat.of().formatHex(sha256(bytes.toByteArray())));
    }

    @Test
    void aMessageIsKeptInMemoryUpToTheThreshold() throws Exception {
        byte[] body = "{\"id\":7,\"rcpt_to\":\"a@x\",\"base64\":true,\"message\":\"aGk=\"}".getBytes(StandardCharsets.UTF_8);
        AtomicInteger opened = new AtomicInteger();
        AtomicInteger closed = new AtomicInteger();

        for (long threshold : new long[]{body.length, body.length - 1}) {
            InboundMail mail = (InboundMail) new PayloadDecoder(threshold).decode(Bodies.JSON, counting(body, opened, closed));
            opened.set(0);
            closed.set(0);

            assertThat(Bodies.read(mail.message())).asString().isEqualTo("hi");
            assertThat(opened.get() > 0).as("read from the body").isEqualTo(threshold < body.length);
        }
    }

    @Test
    void whoClosesAnAttachmentClosesTheBody() throws Exception {
        byte[] body = ("{" + HASH + ",\"attachments\":[{\"data\":\"aGk=\"},{\"data\":\"aGk\"}]}")
                .getBytes(StandardCharsets.UTF_8);
        AtomicInteger opened = new AtomicInteger();
        AtomicInteger closed = new AtomicInteger();
        InboundMail mail = (InboundMail) new PayloadDecoder(0).decode(Bodies.JSON, counting(body, opened, closed));

        assertThat(Bodies.read(mail.attachments().get(0).content())).asString().isEqualTo("hi");
        assertThat(Bodies.read(mail.attachments().get(1).content())).asString().isEqualTo("aGk");

        assertThat(opened.get()).isGreaterThan(1);
        assertThat(closed.get()).as("so that no file stays open").isEqualTo(opened.get());
    }

    /** Bodies that are kept by the component are read where they lie, by streams of which each must be closed. */
    @Test
    void whoClosesAnAttachmentClosesAllThatWasOpenedOfASharedBody() throws Exception {
        byte[] body = ("{" + HASH + ",\"attachments\":[{\"data\":\"aGk=\"},{\"data\":\"aGk\"}]}")
                .getBytes(StandardCharsets.UTF_8);
        AtomicInteger open = new AtomicInteger();
        InboundMail mail = (InboundMail) new PayloadDecoder(0).decode(Bodies.JSON, new Content() {
            @Override
            public InputStream open() {
                return new CountingStream(body, 0, open);
            }

            @Override
            public long length() {
                return body.length;
            }
        });

        assertThat(Bodies.read(mail.attachments().get(0).content())).asString().isEqualTo("hi");
        assertThat(Bodies.read(mail.attachments().get(1).content())).asString().isEqualTo("aGk");
        assertThat(open).hasValue(0);
        try (InputStream in = ((EncodedContent) mail.attachments().get(1).content()).openAt(1)) {
            assertThat(in.readAllBytes()).asString().isEqualTo("Gk");
            assertThat(open).hasPositiveValue();
        }
        assertThat(open).hasValue(0);
    }

    private static final class CountingStream extends SharedByteArrayInputStream {

        private final byte[] bytes;
        private final AtomicInteger open;
        private boolean closed;

        CountingStream(byte[] bytes, int offset, AtomicInteger open) {
            super(bytes, offset, bytes.length - offset);
            this.bytes = bytes;
            this.open = open;
            open.incrementAndGet();
        }

        @Override
        public InputStream newStream(long from, long to) {
            return new CountingStream(bytes, (int) from, open);
        }

        @Override
        public void close() throws IOException {
            open.addAndGet(closed ? 0 : -1);
            closed = true;
            super.close();
        }
    }

    private static InboundAttachment attachment(String json) throws Exception {
        return ((InboundMail) Bodies.json("{" + HASH + ",\"attachments\":[{\"data\":\"" + json + "\"}]}")).attachments().get(0);
    }

    private static Content counting(byte[] body, AtomicInteger opened, AtomicInteger closed) {
        return new Content() {
            @Override
            public InputStream open() throws IOException {
                opened.incrementAndGet();
                return new FilterInputStream(Bodies.of(body).open()) {
                    private boolean open = true;

                    @Override
                    public void close() throws IOException {
                        closed.addAndGet(open ? 1 : 0);
                        open = false;
                        super.close();
                    }
                };
            }

            @Override
            public long length() {
                return body.length;
            }
        };
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String percent(String base64) {
        return base64.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D");
    }

    private static byte[] sha256(byte[] bytes) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }
}
