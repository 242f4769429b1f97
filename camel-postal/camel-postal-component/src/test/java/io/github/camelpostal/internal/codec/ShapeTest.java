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

import java.util.List;

import io.github.camelpostal.payload.InboundMail;
import io.github.camelpostal.payload.PayloadException;
import io.github.camelpostal.payload.UnknownEvent;
import io.github.camelpostal.testing.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A mail never passes for an event, an event never for a mail, and what is neither passes for nothing. */
class ShapeTest {

    private static final String EVENT = "\"event\":\"X\",\"timestamp\":1,\"uuid\":\"u\",\"payload\":{}";
    private static final String HASH = "\"id\":1,\"rcpt_to\":\"a@x\",\"timestamp\":1,\"token\":\"t\"";
    private static final String RAW = "\"id\":1,\"rcpt_to\":\"a@x\",\"message\":\"\",\"base64\":true";

    @Test
    void theSmallestOfEachKindIsUnderstood() throws Exception {
        assertThat(Bodies.json("{" + EVENT + "}")).isInstanceOf(UnknownEvent.class);
        assertThat(((InboundMail) Bodies.json("{" + HASH + "}")).raw()).isFalse();
        assertThat(((InboundMail) Bodies.json("{" + RAW + "}")).raw()).isTrue();
        assertThat(((InboundMail) Bodies.form("id=1&rcpt_to=a&token=t&timestamp=1")).raw()).isFalse();
        assertThat(((InboundMail) Bodies.form("id=1&rcpt_to=a&message=&base64=1")).raw()).isTrue();
    }

    @Test
    void aMixtureIsNothing() {
        for (String body : List.of(EVENT + "," + HASH, EVENT + "," + RAW, EVENT + ",\"id\":1", EVENT + ",\"message\":\"\"",
                EVENT + ",\"attachments\":[]", HASH + ",\"uuid\":\"u\"", HASH + ",\"payload\":{}", RAW + ",\"event\":\"X\"",
                RAW + ",\"token\":\"t\"", RAW + ",\"attachments\":[]", HASH + ",\"base64\":true", HASH + ",\"message\":\"\"")) {
            assertThatThrownBy(() -> Bodies.json("{" + body.replace("\"timestamp\":1,", "") + ",\"timestamp\":1}")).as(body)
                    .isInstanceOf(PayloadException.class).hasMessageContaining("neither of an event nor of a mail");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"id\":1}", "{\"rcpt_to\":\"a@x\",\"id\":1}", "{\"event\":\"X\"}", "{\"token\":\"t\"}",
            "{\"event\":\"X\",\"payload\":{},\"timestamp\":1}", "{\"event\":\"X\",\"uuid\":\"u\",\"timestamp\":1}",
            "{\"event\":null,\"uuid\":\"u\",\"timestamp\":1,\"payload\":{}}",
            "{\"event\":\"X\",\"uuid\":\"u\",\"timestamp\":null,\"payload\":{}}",
            "{\"event\":\"X\",\"uuid\":\"u\",\"timestamp\":1,\"payload\":[]}",
            "{\"event\":\"X\",\"uuid\":\"mail:1:t\",\"timestamp\":1,\"payload\":{}}",
            "{\"id\":1,\"rcpt_to\":\"a\",\"token\":\"\",\"timestamp\":1}", "{\"id\":1,\"rcpt_to\":\"a\",\"message\":\"\"}",
            "{\"id\":1,\"rcpt_to\":\"a\",\"message\":\"\",\"base64\":false}",
            "{\"id\":1,\"rcpt_to\":\"a\",\"message\":null,\"base64\":true}",
            "{\"id\":1,\"rcpt_to\":\"a\",\"message\":{},\"base64\":true}",
            "{\"id\":1.5,\"rcpt_to\":\"a\",\"token\":\"t\",\"timestamp\":1}",
            "{\"id\":true,\"rcpt_to\":\"a\",\"token\":\"t\",\"timestamp\":1}", "[]", "\"\"", "1", "null", "true"})
    void whatIsIncompleteIsRefused(String json) {
        assertThatThrownBy(() -> Bodies.json(json)).isInstanceOf(PayloadException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"`` | it is not a JSON object", "[1] | it is not a JSON object",
            "{\"event\":\"X\",\"uuid\":\"u\",\"timestamp\":1,\"payload\":null} | 'payload' is missing",
            "{\"event\":\"X\",\"uuid\":\"u\",\"timestamp\":1,\"payload\":[]} | 'payload' is not an object",
            "{\"event\":\"X\",\"uuid\":\"u\",\"payload\":{}} | 'timestamp' is missing",
            "{\"event\":[],\"uuid\":\"u\",\"timestamp\":1,\"payload\":{}} | 'event' is not text",
            "{\"rcpt_to\":\"a\",\"token\":\"t\",\"timestamp\":1} | 'id' is missing",
            "{\"id\":1,\"rcpt_to\":\" \",\"token\":\"t\",\"timestamp\":1} | 'rcpt_to' is missing",
            "{\"id\":true,\"rcpt_to\":\"a\",\"token\":\"t\",\"timestamp\":1} | 'id' is not a number",
            "{\"id\":1,\"rcpt_to\":\"a\",\"token\":\"t\",\"timestamp\":1,\"reply_to\":[1]} | 'reply_to' is not a list of texts",
            "{\"id\":1,\"rcpt_to\":\"a\",\"token\":\"t\",\"timestamp\":1,\"bounce\":\"maybe\"} | 'bounce' is neither true nor false",
            "{\"id\":1,\"rcpt_to\":\"a\",\"token\":\"t\",\"timestamp\":1,\"attachments\":{}} | 'attachments' occurs twice or is of another type",
            "{\"id\":1,\"rcpt_to\":\"a\",\"message\":\"\",\"base64\":false} | 'base64' is not true",
            "{\"id\":1,\"rcpt_to\":\"a\",\"message\":null,\"base64\":true} | 'message' is missing",
            "{\"id\":1,\"rcpt_to\":\"a\",\"token\":\"t\",\"timestamp\":1}{} | something follows the JSON object"})
    void aRefusalSaysWhatIsWrong(String json, String reason) {
        assertThatThrownBy(() -> Bodies.json(json)).isInstanceOf(PayloadException.class).hasMessageContaining(reason);
    }

    @Test
    void anEventNeverComesAsAForm() {
        assertThatThrownBy(() -> Bodies.form("event=X&uuid=u&timestamp=1&payload=%7B%7D")).isInstanceOf(PayloadException.class);
    }

    @Test
    void aFieldThatDecidesSomethingMayNotOccurTwice() {
        for (String field : List.of("\"id\":2", "\"rcpt_to\":\"b@x\"", "\"token\":\"u\"", "\"timestamp\":1",
                "\"token\":null")) {
            assertThatThrownBy(() -> Bodies.json("{" + HASH + "," + field + "}")).isInstanceOf(PayloadException.class)
                    .hasMessageContaining("twice");
        }
        assertThatThrownBy(() -> Bodies.json("{" + RAW + ",\"message\":\"AAAA\"}")).hasMessageContaining("twice");
        assertThatThrownBy(() -> Bodies.json("{" + HASH + ",\"attachments\":[],\"attachments\":[]}"))
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> Bodies.json("{" + EVENT.replace("{}", "{\"a\":1,\"a\":2}") + "}"))
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> Bodies.form("id=1&id=1&rcpt_to=a&token=t&timestamp=1")).hasMessageContaining("twice");
        assertThatThrownBy(() -> Bodies.form("id=1&rcpt_to=a&message=&message=&base64=true")).hasMessageContaining("twice");
        assertThatThrownBy(() -> Bodies.form(
                "id=1&rcpt_to=a&token=t&timestamp=1&attachments[0][data]=&attachments[0][data]=AAAA"))
                .hasMessageContaining("twice");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "text/plain", "application/jsonx", "multipart/form-data; boundary=x", ";"})
    void onlyPostalsTwoContentTypesAreRead(String contentType) {
        assertThatThrownBy(() -> Bodies.decode(contentType, Recording.of("incoming/json-hash-plain").body()))
                .isInstanceOf(PayloadException.class).hasMessageContaining("Content-Type")
                .hasMessageContaining("application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json; charset=utf-8", "APPLICATION/JSON", " application/json ;x=y"})
    void theContentTypeMayHaveParameters(String contentType) throws Exception {
        assertThat(Bodies.decode(contentType, Recording.of("incoming/json-hash-plain").body())).isInstanceOf(InboundMail.class);
    }

    @Test
    void theContentTypeDecidesAndNotTheBody() {
        assertThatThrownBy(() -> Bodies.decode(Bodies.FORM, Recording.of("incoming/json-hash-plain").body()))
                .isInstanceOf(PayloadException.class);
        assertThatThrownBy(() -> Bodies.decode(Bodies.JSON, Recording.of("incoming/form-hash-plain").body()))
                .isInstanceOf(PayloadException.class);
    }

    @Test
    void somethingAfterTheObjectIsRefused() {
        assertThatThrownBy(() -> Bodies.json("{" + HASH + "}{}")).isInstanceOf(PayloadException.class);
        assertThatThrownBy(() -> Bodies.json("{" + HASH + "}\0")).isInstanceOf(PayloadException.class);
    }
}
