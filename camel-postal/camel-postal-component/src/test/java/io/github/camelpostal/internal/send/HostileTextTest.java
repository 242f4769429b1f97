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

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.api.PostalAttachment;
import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.PostalMessage;
import io.github.camelpostal.payload.Content;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text from outside adds no header and loses no mail, whatever it holds. */
class HostileTextTest extends SendingTestSupport {

    private static final byte[] BINARY = {(byte) 0x89, 'P', 'N', 'G', 0, 1, 2, (byte) 0xFF};

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n", "\r", "\0", "\r\n\r\n", "\ud800", "\udc00", "\u0085"})
    void nothingInAnyFieldBecomesAHeader(String evil) throws Exception {
        String text = "x" + evil + "Bcc: evil@evil.test";
        PostalMessage mail = PostalMessage.builder().from("\"" + text + "\" <a@x.test>").to("\"" + text + "\" <b@x.test>")
                .subject(text).tag(text).plainBody(text).header("X-Evil", text)
                .attachment(PostalAttachment.of(text, "image/png" + evil + "; Bcc: evil@evil.test", BINARY)).build();

        CapturedPostal.Call message = sent("postal:send?transport=message", mail);
        assertThat(message.text("subject")).doesNotContain("\r", "\n", "\0").startsWith("x").endsWith("Bcc: evil@evil.test");
        assertThat(message.text("tag")).doesNotContain("\r", "\n", "\0");
        assertThat(message.text("from")).doesNotContain("\r", "\n", "\0");
        assertThat(message.body().get("headers").get("X-Evil").textValue()).doesNotContain("\r", "\n", "\0");
        assertThat(message.body().get("attachments").get(0).get("name").textValue()).doesNotContain("\r", "\n", "\0");

        CapturedPostal.Call raw = sent("postal:send?transport=raw", mail);
        Message parsed = parsed(raw);
        assertThat(raw.list("rcpt_to")).containsExactly("b@x.test");
        assertThat(names(parsed)).containsExactlyInAnyOrder("content-type", "date", "from", "message-id", "mime-version",
                "subject", "to", "x-evil", "x-postal-tag");
        assertThat(parsed.getSubject()).isEqualTo(evil.length() == 1 && Character.isSurrogate(evil.charAt(0))
                ? text.replace(evil, "\ufffd")
                : "x Bcc: evil@evil.test");
        assertThat(((Multipart) parsed.getBody()).getBodyParts()).hasSize(2);
        assertThat(((Multipart) parsed.getBody()).getBodyParts().get(1).getFilename()).contains("evil@evil.test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n", "\0", "\ud800", ": ", " "})
    void identifiersLoseWhatCannotStandInThem(String evil) throws Exception {
        CapturedPostal.Call call = sent(ENVELOPE, PostalMessage.builder().htmlBody("<p>")
                .attachment(
                        PostalAttachment.inline("cid" + evil + "Bcc: x@x.test", "a.png", "image/png", Content.of(BINARY)))
                .build(), PostalConstants.HEADERS,
                Map.of("Message-ID", "<m" + evil + "Bcc:z@x.test>"));
        Message parsed = parsed(call);
        assertThat(names(parsed)).doesNotContain("bcc");
        assertThat(parsed.getMessageId()).startsWith("<m").endsWith("@x.test>");
        Multipart related = (Multipart) parsed.getBody();
        assertThat(names(related.getBodyParts().get(1))).containsExactlyInAnyOrder("content-type", "content-transfer-encoding",
                "content-disposition", "content-id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-A\r\nBcc", "X-A\0", "X-A: Bcc", "X A", "", "Ümlaut", "X-\ud800"})
    void aNameThatNoHeaderCanHaveIsRefusedAndNotChanged(String name) {
        refused(PostalErrorCode.INVALID_VALUE, ENVELOPE, "x", PostalConstants.HEADERS, Map.of(name, "y"));
        refused(PostalErrorCode.INVALID_VALUE, ENVELOPE, Map.of("plain_body", "x", "headers", Map.of(name, "y")));
        refused(PostalErrorCode.INVALID_VALUE, "postal:sendRaw", "From: a@x.test\nTo: b@x.test\n\nx", PostalConstants.HEADERS,
                Map.of(name, "y"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@x.test\r\nBcc: evil@evil.test", "a\0@x.test", "a\ud800@x.test", "a\n@x.test"})
    void anAddressWithSuchCharactersIsRefused(String address) {
        refused(PostalErrorCode.INVALID_ADDRESS, ENVELOPE, "x", PostalConstants.TO, List.of(address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nul\0nul", "half\ud800"})
    void aTextBodyArrivesWellFormed(String text) {
        assertThat(sent(ENVELOPE, text).text("plain_body")).isEqualTo(text.replace('\ud800', '\ufffd'));
    }

    private static Set<String> names(Entity entity) {
        Set<String> names = new TreeSet<>();
        entity.getHeader().getFields().forEach(field -> names.add(field.getNameLowerCase()));
        return names;
    }
}
