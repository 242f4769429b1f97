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
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.camelpostal.payload.Content;
import io.github.camelpostal.payload.InboundAttachment;
import io.github.camelpostal.payload.InboundMail;
import io.github.camelpostal.payload.PayloadException;
import io.github.camelpostal.payload.PostalPayload;
import io.github.camelpostal.testing.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever bytes come, they are decoded or refused with a PayloadException, soon, and without repeating them. */
@Timeout(300)
class HostileInputTest {

    private static final String HASH = "\"id\":1,\"rcpt_to\":\"a@x\",\"timestamp\":1,\"token\":\"t\"";

    @ParameterizedTest
    @ValueSource(strings = {"webhooks/MessageSent-sent", "webhooks/DomainDNSError-all-missing",
            "incoming/json-hash-attachments",
            "incoming/json-raw-attachments", "incoming/form-hash-attachments", "incoming/form-raw-attachments"})
    void aBodyThatIsCutAnywhereIsRefusedOrUnderstood(String name) throws IOException {
        Recording recording = Recording.of(name);
        for (int length = 0; length < recording.body().length; length++) {
            Throwable thrown = decodeAll(recording.contentType(), Arrays.copyOf(recording.body(), length));

            if (recording.isJson()) {
                assertThat(thrown).as("cut after %d", length).isInstanceOf(PayloadException.class);
            } else { // a form has no end of its own: the length and the signature of the request guard it
                assertThat(thrown == null || thrown instanceof PayloadException).as("cut after %d: %s", length, thrown)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhooks/MessageSent-sent", "webhooks/MessageBounced", "incoming/json-hash-attachments",
            "incoming/json-raw-attachments", "incoming/form-hash-attachments", "incoming/form-raw-attachments"})
    void randomDamageIsRefusedOrUnderstood(String name) {
        Recording recording = Recording.of(name);
        Random random = new Random(4711);
        for (int round = 0; round < 3_000; round++) {
            byte[] body = recording.body().clone();
            for (int i = 0; i <= random.nextInt(4); i++) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }

            Throwable thrown = decodeAll(recording.contentType(), body);

            assertThat(thrown == null || thrown instanceof PayloadException).as("round %d: %s", round, thrown).isTrue();
        }
    }

    @Test
    void deepNestingIsRefused() {
        for (String opening : List.of("[", "{\"a\":")) {
            String deep = opening.repeat(100_000);
            assertRefused("{\"event\":\"X\",\"uuid\":\"u\",\"timestamp\":1,\"payload\":{\"a\":" + deep);
            assertRefused("{\"unknown\":" + deep);
            assertRefused("{" + HASH + ",\"reply_to\":" + deep);
            assertRefused("{" + HASH + ",\"attachments\":[{\"x\":" + deep);
            assertRefused("{" + HASH + ",\"attachments\":" + deep);
            assertRefused(deep);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "1e-999999999", "-1e2147483647", "1e99999999999999999999", "1e400",
            "99999999999999999999",
            "0.00000000000000000000000000000000000000000000000000000000000000000001", "NaN", "Infinity", "-", "01", "1.", ".5",
            "0x10"})
    void hugeAndOddNumbersAreRefused(String number) {
        assertRefused("{" + HASH.replace("\"id\":1", "\"id\":" + number) + "}");
        assertRefused("{" + HASH.replace("\"timestamp\":1", "\"timestamp\":" + number + "e99") + "}");
    }

    @Test
    void longNumbersAreRefusedAsTextToo() {
        String digits = "1".repeat(1_000_000);
        for (String number : List.of(digits, "\"" + digits + "\"", "\"1e999999999\"", "\"NaN\"", "\"\"", "\" 1\"", "[1]",
                "{}")) {
            assertRefused("{" + HASH.replace("\"timestamp\":1", "\"timestamp\":" + number) + "}");
            assertRefused("{" + HASH.replace("\"id\":1", "\"id\":" + number) + "}");
        }
        assertRefused("{\"event\":\"X\",\"uuid\":\"u\",\"timestamp\":1,\"payload\":{\"n\":1e999999999}}");
        assertRefused("{" + HASH + ",\"attachment_quantity\":99999999999}");
        assertRefused("{" + HASH + ",\"attachment_quantity\":-1}");
    }

    @Test
    void whatIsNotUtf8IsRefused() {
        List<byte[]> sequences = List.of(bytes(0x80), bytes(0xff), bytes(0xc3), bytes(0xc0, 0x80), bytes(0xe0, 0x80, 0x80),
                bytes(0xed, 0xa0, 0x80), bytes(0xf0, 0x80, 0x80, 0x80), bytes(0xf4, 0x90, 0x80, 0x80),
                bytes(0xf8, 0x88, 0x80, 0x80));
        for (byte[] sequence : sequences) {
            for (String json : List.of("{" + HASH + ",\"subject\":\"?\"}", "{" + HASH + ",\"unknown\":\"?\"}",
                    "{\"event\":\"X\",\"uuid\":\"u\",\"timestamp\":1,\"payload\":{\"?\":1}}")) {
                assertThat(decodeAll(Bodies.JSON, replaced(json, sequence))).isInstanceOf(PayloadException.class);
            }
            String percent = IntStream.range(0, sequence.length).mapToObj(i -> String.format("%%%02X", sequence[i]))
                    .collect(Collectors.joining());
            assertThat(decodeAll(Bodies.FORM,
                    ("id=1&rcpt_to=a&token=t&timestamp=1&subject=" + percent).getBytes(StandardCharsets.US_ASCII)))
                    .isInstanceOf(PayloadException.class);
            assertThat(decodeAll(Bodies.FORM, replaced("id=1&rcpt_to=a&token=t&timestamp=1&subject=?", sequence)))
                    .isInstanceOf(PayloadException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "\\udc00", "\\ud800\\ud800", "\\ud800x", "x\\udbff", "\\udc00\\ud800"})
    void halfASurrogatePairIsRefused(String escape) {
        assertRefused("{" + HASH + ",\"subject\":\"" + escape + "\"}");
        assertRefused("{" + HASH + ",\"reply_to\":[\"" + escape + "\"]}");
        assertRefused("{" + HASH + ",\"attachments\":[{\"filename\":\"" + escape + "\",\"data\":\"\"}]}");
        assertRefused("{\"event\":\"X\",\"uuid\":\"u\",\"timestamp\":1,\"payload\":{\"" + escape + "\":1}}");
        assertRefused("{\"event\":\"X\",\"uuid\":\"u\",\"timestamp\":1,\"payload\":{\"a\":[\"" + escape + "\"]}}");
    }

    @Test
    void aWholeSurrogatePairIsFine() throws Exception {
        InboundMail mail = (InboundMail) Bodies
                .json("{" + HASH + ",\"subject\":\"\\ud83d\\ude00\",\"plain_body\":\"a\\u0000b\"}");

        assertThat(mail.subject()).isEqualTo("😀");
        assertThat(mail.plainBody()).isEqualTo("a\0b");
    }

    @Test
    void ofTenThousandAttachmentsHalfAreHandedOverAndTheMailSaysSo() throws Exception {
        String attachment = "{\"filename\":\"a.txt\",\"content_type\":\"text/plain\",\"size\":1,\"data\":\"eA==\\n\"}";

        for (int count : List.of(1_000, 10_000)) {
            InboundMail json = (InboundMail) Bodies
                    .json("{" + HASH + ",\"attachments\":[" + (attachment + ",").repeat(count - 1) + attachment + "]}");
            InboundMail form = (InboundMail) Bodies.decode(Bodies.FORM, formWithAttachments(count));
            for (InboundMail mail : List.of(json, form)) {
                assertThat(mail.attachments()).hasSize(Math.min(count, 5_000)).extracting(InboundAttachment::name)
                        .doesNotHaveDuplicates();
                assertThat(mail.truncated()).isEqualTo(count > 5_000);
            }
        }
    }

    @Test
    void aMailWithCountlessReplyAddressesIsHandedOver() throws Exception {
        InboundMail json = (InboundMail) Bodies
                .json("{" + HASH + ",\"reply_to\":[" + "\"a@x\",".repeat(1_000_000) + "\"\"]}");
        InboundMail form = (InboundMail) Bodies.form("id=1&rcpt_to=a&token=t&timestamp=1" + "&reply_to=a".repeat(1_000_000));

        assertThat(json.replyTo()).hasSize(JsonPayloadReader.MOST_VALUES);
        assertThat(form.replyTo()).hasSize(JsonPayloadReader.MOST_VALUES);
    }

    @Test
    void aPayloadOfCountlessValuesIsRefused() {
        assertRefused(
                "{\"event\":\"X\",\"uuid\":\"u\",\"timestamp\":1,\"payload\":{\"a\":[" + "{},".repeat(1_000_000) + "1]}}");
    }

    @Test
    void countlessFieldsOfAFormAreRefused() {
        assertThat(decodeAll(Bodies.FORM, "x=1&".repeat(1_000_000).getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(PayloadException.class).hasMessageContaining("fields");
        assertThat(decodeAll(Bodies.FORM, "reply_to=&".repeat(1_000_000).getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(PayloadException.class);
        assertThat(decodeAll(Bodies.FORM, "a".repeat(1_000_000).getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(PayloadException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%4", "%zz", "%-1", "%\u0664\u0660", "100%"})
    void brokenPercentEncodingIsRefused(String value) {
        assertThat(decodeAll(Bodies.FORM,
                ("id=1&rcpt_to=a&token=t&timestamp=1&subject=" + value).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(PayloadException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "AAAA*", "AAA", "A", "=", "AA==AAAA", "AAA=\nAAAA", "AA=A", "\\n"})
    void whatIsNotBase64IsHandedOverAsItStandsAndSaysSo(String base64) throws Exception {
        String percent = URLEncoder.encode(base64.replace("\\n", "\n"), StandardCharsets.UTF_8);
        String asText = base64.replace("\\n", "\n");
        boolean empty = asText.isBlank(); // which is base64
        for (PostalPayload payload : List.of(
                Bodies.json("{" + HASH + ",\"attachments\":[{\"data\":\"" + base64.replace("\n", "\\n") + "\"}]}"),
                Bodies.form("attachments[0][data]=" + percent + "&id=1&rcpt_to=a&token=t&timestamp=1"))) {
            InboundAttachment attachment = ((InboundMail) payload).attachments().get(0);

            assertThat(attachment.decoded()).isEqualTo(empty);
            assertThat(Bodies.read(attachment.content())).asString().isEqualTo(empty ? "" : asText);
            assertThat(attachment.size()).isEqualTo(empty ? 0 : asText.length());
        }
        for (PostalPayload payload : List.of(
                Bodies.json("{\"id\":1,\"rcpt_to\":\"a@x\",\"message\":\"" + base64.replace("\n", "\\n")
                        + "\",\"base64\":true}"),
                Bodies.form("id=1&rcpt_to=a&message=" + percent + "&base64=true"))) {
            InboundMail mail = (InboundMail) payload;

            assertThat(mail.undecoded()).isEqualTo(!empty);
            assertThat(Bodies.read(mail.message())).asString().isEqualTo(empty ? "" : asText);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\n", "\\r\\n", "\n", ""})
    void base64IsReadHoweverItsCharactersAreWritten(String lineEnd) throws Exception {
        byte[] bytes = new byte[200_000];
        new Random(7).nextBytes(bytes);
        String base64 = Base64.getMimeEncoder(60, "@".getBytes(StandardCharsets.US_ASCII)).encodeToString(bytes) + "@";
        String json = base64.replace("/", "\\/").replace("+", "\\u002b").replace("@", lineEnd.replace("\n", "\\n"));

        InboundMail mail = (InboundMail) Bodies.json("{\"subject\":\"Größe 😀\"," + HASH
                + ",\"attachments\":[{\"data\":\"" + json + "\",\"filename\":\"a\"},{\"data\":\"eA==\"}]}");
        Content content = mail.attachments().get(0).content();

        assertThat(Bodies.read(content)).isEqualTo(bytes);
        assertThat(content.length()).isEqualTo(bytes.length);
        for (int offset : List.of(0, 1, 6143, 6144, 49_151, 49_152, 49_153, 150_000, 199_999)) {
            try (InputStream in = ((EncodedContent) content).openAt(offset)) {
                assertThat(in.readAllBytes()).as("from %d", offset).isEqualTo(Arrays.copyOfRange(bytes, offset, bytes.length));
            }
        }
        assertThat(Bodies.read(mail.attachments().get(1).content())).asString().isEqualTo("x");
    }

    @Test
    void attachmentsOfAFormMayComeInAnyOrderButNotWithoutData() throws Exception {
        InboundMail mail = (InboundMail) Bodies.form("attachments%5B7%5D%5Bdata%5D=eA%3D%3D&attachments[2][data]&id=1&rcpt_to=a"
                + "&attachments[2][filename]=two&attachments[7][filename]=seven&token=t&timestamp=1&&=x&");

        assertThat(mail.attachments()).extracting(InboundAttachment::name).containsExactly("two", "seven");
        assertThatThrownBy(() -> Bodies.form("id=1&rcpt_to=a&token=t&timestamp=1&attachments[0][filename]=x"))
                .isInstanceOf(PayloadException.class).hasMessageContaining("no data");
    }

    @Test
    void textOfTwentyFiveMillionCharactersIsText() throws Exception {
        String long25 = "x".repeat(25_000_000);

        InboundMail mail = (InboundMail) Bodies.json("{" + HASH + ",\"plain_body\":\"" + long25 + "\"}");

        assertThat(mail.plainBody()).hasSize(25_000_000);
    }

    @Test
    void theTextOfARefusalRepeatsNothing() {
        for (String body : List.of("{\"canary@secret.test\":canary@secret.test}",
                "{\"id\":\"canary@secret.test\",\"rcpt_to\":\"canary@secret.test\",\"token\":\"t\",\"timestamp\":1}",
                "{\"event\":\"canary@secret.test\",\"uuid\":\"canary@secret.test\",\"timestamp\":1,\"payload\":{}}",
                "{\"event\":\"X\",\"uuid\":\"u\",\"timestamp\":1,\"payload\":{\"canary@secret.test\":1e99999,\"canary@secret.test\":1}}",
                "{" + HASH + ",\"attachments\":[\"canary@secret.test\"]}", "canary@secret.test")) {
            Throwable refusal = decodeAll(Bodies.JSON, body.getBytes(StandardCharsets.UTF_8));
            assertThat(refusal).isInstanceOf(PayloadException.class).hasNoCause();
            assertThat(refusal.getMessage()).doesNotContain("canary", "secret");
        }
    }

    @Test
    void aSourceThatFailsIsNotTheContentsFault() {
        Content broken = new Content() {
            @Override
            public InputStream open() {
                return new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("disk");
                    }
                };
            }

            @Override
            public long length() {
                return 1;
            }
        };

        for (String type : List.of(Bodies.JSON, Bodies.FORM)) {
            assertThatThrownBy(() -> new PayloadDecoder(Long.MAX_VALUE).decode(type, broken)).isInstanceOf(IOException.class)
                    .hasMessage("disk");
        }
    }

    private static void assertRefused(String json) {
        assertThat(decodeAll(Bodies.JSON, json.getBytes(StandardCharsets.UTF_8))).isInstanceOf(PayloadException.class);
    }

    /** Decodes and asks for everything, because a raw message is read late. */
    private static Throwable decodeAll(String contentType, byte[] body) {
        return catchThrowable(() -> {
            PostalPayload posted = Bodies.decode(contentType, body);
            posted.toMap();
            if (posted instanceof InboundMail mail) {
                mail.headers();
                mail.attachments().forEach(InboundAttachment::size);
                mail.subject();
            }
        });
    }

    private static byte[] formWithAttachments(int count) {
        String attachments = IntStream.range(0, count)
                .mapToObj(
                        i -> "&attachments%5B" + i + "%5D%5Bfilename%5D=a.txt&attachments%5B" + i + "%5D%5Bdata%5D=eA%3D%3D%0A")
                .collect(Collectors.joining());
        return ("id=1&rcpt_to=a&token=t&timestamp=1" + attachments).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] replaced(String text, byte[] sequence) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int mark = text.indexOf('?');
        out.writeBytes(text.substring(0, mark).getBytes(StandardCharsets.UTF_8));
        out.writeBytes(sequence);
        out.writeBytes(text.substring(mark + 1).getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }
}
