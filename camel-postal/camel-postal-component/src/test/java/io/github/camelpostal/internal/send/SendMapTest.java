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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.PostalMessage;
import io.github.camelpostal.api.PostalRejectedException;
import org.apache.camel.TypeConversionException;
import org.junit.jupiter.api.Test;

/** A map, or JSON, with the names of Postal's API becomes a mail. */
class SendMapTest extends SendingTestSupport {

    private static final byte[] BINARY = {(byte) 0x89, 'P', 'N', 'G', 0, 1, 2, (byte) 0xFF};

    @Test
    void everyNameOfPostalsApiIsKnown() {
        CapturedPostal.Call call = sent("postal:send",
                map("to", List.of("a@x.test"), "cc", "\"Doe, J\" <c@x.test>, d@x.test", "bcc", new String[]{"b@x.test"}, "from",
                        "Sales <sales@acme.example>", "sender", "s@acme.example", "subject", "Grüße", "tag", "t", "reply_to",
                        "r@acme.example", "plain_body", "p", "html_body", "h", "bounce", "true", "headers",
                        map("X-A", "1"), "attachments",
                        List.of(map("name", "a.png", "content_type", "image/png", "data",
                                Base64.getMimeEncoder().encodeToString(BINARY)))));
        assertThat(call.isRaw()).isFalse();
        assertThat(call.list("cc")).containsExactly("\"Doe, J\" <c@x.test>", "d@x.test");
        assertThat(call.list("bcc")).containsExactly("b@x.test");
        assertThat(call.text("reply_to")).isEqualTo("r@acme.example");
        assertThat(call.body().get("bounce").booleanValue()).isTrue();
        assertThat(call.body().get("headers").get("X-A").textValue()).isEqualTo("1");
        assertThat(call.body().get("attachments").get(0).toString()).isEqualTo("{\"name\":\"a.png\",\"content_type\":"
                + "\"image/png\",\"data\":\"" + Base64.getEncoder().encodeToString(BINARY) + "\"}");
    }

    @Test
    void anUnknownKeyAndAWrongTypeAreNamed() {
        assertThat(refused(PostalErrorCode.INVALID_VALUE, ENVELOPE, map("plain_body", "x", "plainBody", "x")))
                .contains("plainBody", "plain_body");
        assertThat(refused(PostalErrorCode.INVALID_VALUE, ENVELOPE, map("plain_body", 7))).contains("plain_body", "Integer");
        assertThat(refused(PostalErrorCode.INVALID_VALUE, ENVELOPE, map("to", map("a", "b")))).contains("'to'");
        assertThat(refused(PostalErrorCode.INVALID_VALUE, ENVELOPE, map("to", List.of(1)))).contains("'to'", "Integer");
        assertThat(refused(PostalErrorCode.INVALID_VALUE, ENVELOPE, map("bounce", "perhaps"))).contains("bounce");
        assertThat(refused(PostalErrorCode.INVALID_VALUE, ENVELOPE, map("headers", "X: y"))).contains("headers");
        assertThat(refused(PostalErrorCode.INVALID_VALUE, ENVELOPE, map("attachments", "x"))).contains("attachments");
        assertThat(refused(PostalErrorCode.INVALID_VALUE, ENVELOPE,
                map("attachments", List.of(map("name", "a", "filename", "b", "data", BINARY))))).contains("filename");
        refused(PostalErrorCode.INVALID_ENCODING, ENVELOPE,
                map("attachments", List.of(map("name", "a", "data", "no base64!"))));
        refused(PostalErrorCode.ATTACHMENT_MISSING_DATA, ENVELOPE, map("attachments", List.of(map("name", "a"))));
        refused(PostalErrorCode.ATTACHMENT_MISSING_NAME, ENVELOPE,
                map("plain_body", "x", "attachments", List.of(map("data", BINARY))));
    }

    @Test
    void anAttachmentsDataMayBeAStream() {
        CapturedPostal.Call call = sent(ENVELOPE, map("plain_body", "x", "attachments",
                List.of(map("name", "a.bin", "data", new ByteArrayInputStream(BINARY)))));
        assertThat(call.body().get("attachments").get(0).get("data").textValue())
                .isEqualTo(Base64.getEncoder().encodeToString(BINARY));
    }

    @Test
    void mapJsonAndBytesConvertToAMessage() {
        String json = "{\"to\":[\"a@x.test\"],\"from\":\"s@x.test\",\"subject\":\"Grüße\",\"plain_body\":\"x\",\"headers\":{\"X-A\":\"1\"}}";
        for (Object body : List.of(json, json.getBytes(StandardCharsets.UTF_8),
                new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)),
                Map.of("to", "a@x.test", "subject", "Grüße", "headers", Map.of("X-A", "1")))) {
            PostalMessage message = camel.getTypeConverter().convertTo(PostalMessage.class, body);
            assertThat(message.to()).containsExactly("a@x.test");
            assertThat(message.subject()).contains("Grüße");
            assertThat(message.headers()).hasSize(1);
        }
    }

    @Test
    void aConversionThatFailsSaysWhyWithoutTheContent() {
        assertThatThrownBy(() -> camel.getTypeConverter().mandatoryConvertTo(PostalMessage.class, "{\"secret\":"))
                .isInstanceOf(TypeConversionException.class).hasRootCauseInstanceOf(PostalRejectedException.class)
                .rootCause().hasMessageContaining("no JSON object").hasMessageNotContaining("secret");
    }
}
