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

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.api.PostalAttachment;
import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.PostalMessage;
import io.github.camelpostal.payload.Content;
import org.junit.jupiter.api.Test;

/** The structured call carries a mail only if Postal neither refuses nor changes it. */
class TransportChoiceTest extends SendingTestSupport {

    private static final byte[] BINARY = {(byte) 0x89, 'P', 'N', 'G', 0, 1, 2, (byte) 0xFF};

    private static PostalMessage.Builder mail() {
        return PostalMessage.builder().plainBody("text");
    }

    @Test
    void anOrdinaryMailGoesAsMessage() {
        assertMessage(mail());
        assertMessage(mail().htmlBody("<p>x</p>").replyTo("r@x.test").tag("t").header("X-A", "1").header("Date", "now")
                .header("References", "<a@b>"));
        assertMessage(mail().attachment(PostalAttachment.of("a.png", "image/png", BINARY))
                .attachment(PostalAttachment.of("b.zip", null, BINARY)));
        assertMessage(mail().to(recipients(50)).cc(recipients(100).subList(50, 100)));
    }

    @Test
    void inlinePartsGoRaw() {
        assertRaw(mail().attachment(PostalAttachment.inline("cid1", "a.png", "image/png", Content.of(BINARY))), "inline");
    }

    @Test
    void headersThatTheCallOverridesGoRaw() {
        for (String name : List.of("Message-ID", "to", "CC", "From", "Sender", "Subject", "Reply-To")) {
            assertRaw(mail().header(name, "<mine@x.test>"), name);
        }
    }

    @Test
    void aHeaderNameUsedTwiceGoesRaw() {
        assertRaw(mail().header("X-A", "1").header("x-a", "2"), "two headers");
        assertThat(sent(ENVELOPE, "x", PostalConstants.HEADERS, Map.of("X-A", List.of("1", "2"))).isRaw()).isTrue();
    }

    @Test
    void severalReplyToGoRaw() {
        assertRaw(mail().replyTo("a@x.test", "b@x.test"), "Reply-To");
    }

    @Test
    void moreThan50RecipientsInAFieldGoRaw() {
        assertRaw(mail().to(recipients(51)), PostalErrorCode.TOO_MANY_TO_ADDRESSES, "51 recipients in 'to'");
        assertRaw(mail().to("z@x.test").cc(recipients(51)), PostalErrorCode.TOO_MANY_CC_ADDRESSES, "'cc'");
        assertRaw(mail().to("z@x.test").bcc(recipients(51)), PostalErrorCode.TOO_MANY_BCC_ADDRESSES, "'bcc'");
    }

    @Test
    void recipientsAreCountedOnceEach() {
        List<String> twice = new ArrayList<>(recipients(30));
        recipients(30).forEach(address -> twice.add(address.replace("x.test", "X.TEST")));
        assertThat(assertMessage(mail().to(twice)).list("to")).hasSize(30);
    }

    @Test
    void whatLooksLikeTextGoesRaw() {
        byte[] text = "a,b\nc,d\n".getBytes(StandardCharsets.UTF_8);
        byte[] utf16 = "text".getBytes(StandardCharsets.UTF_16);
        assertRaw(mail().attachment(PostalAttachment.of("a.csv", "text/csv", text)), "looks like text");
        assertRaw(mail().attachment(PostalAttachment.of("a.bin", "application/octet-stream", text)), "looks like text");
        assertRaw(mail().attachment(PostalAttachment.of("a.txt", "Text/Plain; charset=utf-16", utf16)), "looks like text");
        assertRaw(mail().attachment(PostalAttachment.of("a.json", "application/ld+json", BINARY)), "looks like text");
        assertRaw(mail().attachment(PostalAttachment.of("a.eml", "message/rfc822", BINARY)), "looks like text");
        byte[] big = new byte[100_000];
        Arrays.fill(big, (byte) 'a');
        assertRaw(mail().attachment(PostalAttachment.of("a.log", "application/octet-stream", big)), "looks like text");
    }

    @Test
    void anEmptyAttachmentGoesRaw() {
        assertRaw(mail().attachment(PostalAttachment.of("empty.bin", null, new byte[0])),
                PostalErrorCode.ATTACHMENT_MISSING_DATA, "empty attachment");
    }

    @Test
    void attachmentsWithABlankBodyGoRaw() {
        PostalAttachment picture = PostalAttachment.of("a.png", "image/png", BINARY);
        assertRaw(PostalMessage.builder().attachment(picture), PostalErrorCode.NO_CONTENT, "blank body");
        assertRaw(PostalMessage.builder().plainBody(" \n").attachment(picture), PostalErrorCode.NO_CONTENT, "blank body");
    }

    @Test
    void allObstaclesAreNamedAtOnce() {
        assertThat(refused(PostalErrorCode.NOT_EXPRESSIBLE, ENVELOPE + "&transport=message",
                mail().replyTo("a@x.test", "b@x.test").header("Message-ID", "<m@x.test>").build())).contains("Reply-To",
                        "Message-ID", "transport=auto");
    }

    @Test
    void transportRawSendsEverythingRaw() {
        assertThat(sent(ENVELOPE + "&transport=raw", "text").isRaw()).isTrue();
    }

    @Test
    void whatEverybodyWouldSeeOrWouldBreakTheStructureIsRefused() {
        assertThat(refused(PostalErrorCode.INVALID_VALUE, ENVELOPE, mail().header("Bcc", "b@x.test").build())).contains("bcc");
        assertThat(refused(PostalErrorCode.INVALID_VALUE, ENVELOPE, mail().header("Content-Type", "text/x").build()))
                .contains("Content-Type", "sendRaw");
    }

    private CapturedPostal.Call assertMessage(PostalMessage.Builder mail) {
        CapturedPostal.Call call = sent(ENVELOPE, mail.build());
        assertThat(call.isRaw()).isFalse();
        return call;
    }

    private void assertRaw(PostalMessage.Builder mail, String reason) {
        assertRaw(mail, PostalErrorCode.NOT_EXPRESSIBLE, reason);
    }

    private void assertRaw(PostalMessage.Builder mail, PostalErrorCode code, String reason) {
        assertThat(refused(code, ENVELOPE + "&transport=message", mail.build())).containsIgnoringCase(reason);
        assertThat(sent(ENVELOPE, mail.build()).isRaw()).isTrue();
    }

    private static List<String> recipients(int count) {
        return IntStream.range(0, count).mapToObj(i -> "r" + i + "@x.test").toList();
    }
}
