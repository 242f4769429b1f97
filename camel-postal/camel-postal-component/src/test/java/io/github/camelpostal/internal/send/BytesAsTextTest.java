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
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.api.PostalErrorCode;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** Kafka hands headers on as bytes: they are mailed as the text that they are, and what is no text is refused. */
class BytesAsTextTest extends SendingTestSupport {

    @Test
    void bytesInEveryHeaderAreText() throws Exception {
        CapturedPostal.Call call = sent("postal:send", "x", PostalConstants.FROM, utf8("Zoë <zoe@acme.example>"),
                PostalConstants.TO, utf8("bob@rcpt.test"), PostalConstants.CC, List.of(utf8("c@rcpt.test")),
                PostalConstants.SUBJECT, utf8("Grüße"), PostalConstants.TAG, utf8("news"), PostalConstants.BOUNCE, utf8("true"),
                PostalConstants.HTML_BODY, utf8("<p>ü</p>"), PostalConstants.HEADERS,
                Map.of("X-A", utf8("é"), "X-B", List.of(utf8("b"))));
        assertThat(call.text("from")).isEqualTo("\"Zoë\" <zoe@acme.example>");
        assertThat(call.list("to")).containsExactly("bob@rcpt.test");
        assertThat(call.list("cc")).containsExactly("c@rcpt.test");
        assertThat(call.text("subject")).isEqualTo("Grüße");
        assertThat(call.text("tag")).isEqualTo("news");
        assertThat(call.body().get("bounce").booleanValue()).isTrue();
        assertThat(call.text("html_body")).isEqualTo("<p>ü</p>");
        assertThat(call.body().get("headers").get("X-A").textValue()).isEqualTo("é");
        assertThat(call.body().get("headers").get("X-B").textValue()).isEqualTo("b");
    }

    @Test
    void bytesInAMapAreTextToo() throws Exception {
        CapturedPostal.Call call = sent(ENVELOPE, Map.of("plain_body", utf8("ä"), "subject", utf8("ö"), "headers",
                Map.of("X-A", utf8("ü")), "cc", List.of(utf8("c@rcpt.test")), "bounce", utf8("false")));
        assertThat(call.text("plain_body")).isEqualTo("ä");
        assertThat(call.text("subject")).isEqualTo("ö");
        assertThat(call.list("cc")).containsExactly("c@rcpt.test");
        assertThat(call.body().get("headers").get("X-A").textValue()).isEqualTo("ü");
    }

    @Test
    void theCharacterSetIsTheExchanges() throws Exception {
        postal.clear();
        Exchange exchange = run(ENVELOPE, e -> {
            e.setProperty(Exchange.CHARSET_NAME, "ISO-8859-1");
            e.getMessage().setBody("x");
            e.getMessage().setHeader(PostalConstants.SUBJECT, "Grüße".getBytes(StandardCharsets.ISO_8859_1));
        });
        assertThat(exchange.getException()).isNull();
        assertThat(postal.onlyCall().text("subject")).isEqualTo("Grüße");
        refused(PostalErrorCode.INVALID_ENCODING, ENVELOPE, "x", PostalConstants.SUBJECT,
                "Grüße".getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void bytesChooseTheOperationAndTheMessage() {
        Exchange exchange = send("postal:send", null, PostalConstants.OPERATION, utf8("deliveries"), PostalConstants.ID,
                utf8("17"));
        assertThat(postal.onlyCall().path()).endsWith("messages/deliveries");
        assertThat(postal.onlyCall().body().get("id").intValue()).isEqualTo(17);
        assertThat(exchange.getMessage().getHeader(PostalConstants.OPERATION)).isNull();
    }

    @Test
    void whatIsNoTextIsRefusedByNameAndNeverMailed() {
        Object noText = new Object();
        assertThat(refused(PostalErrorCode.INVALID_VALUE, ENVELOPE, "x", PostalConstants.SUBJECT, noText))
                .contains(PostalConstants.SUBJECT, "java.lang.Object");
        assertThat(refused(PostalErrorCode.INVALID_VALUE, ENVELOPE, "x", PostalConstants.HEADERS, Map.of("X-A", noText)))
                .contains("X-A", "java.lang.Object");
        assertThat(refused(PostalErrorCode.INVALID_VALUE, ENVELOPE, "x", PostalConstants.HEADERS,
                Map.of("X-A", new int[]{1}))).contains("X-A", "int[]");
        refused(PostalErrorCode.INVALID_VALUE, ENVELOPE, "x", PostalConstants.BOUNCE, noText);
    }

    /** {@code Order@26844abb} and {@code [Exchange[]]} are what Camel's conversion makes of these, and of what an aggregation leaves. */
    @Test
    void aBodyThatNobodyCouldReadIsRefusedByNameAndNeverMailed() {
        Object noText = new Object();
        for (Object body : List.of(noText, new String[]{"a"}, new int[]{1}, List.of("a", noText), List.of(List.of(utf8("a"))),
                List.of("a").iterator(), Optional.of("a"), new DefaultExchange(camel), List.of(new DefaultExchange(camel)))) {
            assertThat(refused(PostalErrorCode.INVALID_VALUE, ENVELOPE, body)).contains("the body is a ", "text")
                    .doesNotContain("Object@");
        }
    }

    @Test
    void aListIsTheTextOfNoHeader() {
        for (String header : List.of(PostalConstants.SUBJECT, PostalConstants.TAG, PostalConstants.PLAIN_BODY,
                PostalConstants.CONVERSATION, PostalConstants.IDEMPOTENCY_KEY)) {
            for (Object value : List.of(List.of("one"), Map.of("a", "b"), Optional.of("one"))) {
                assertThat(refused(PostalErrorCode.INVALID_VALUE, ENVELOPE, "x", header, value)).contains(header,
                        "takes a String");
            }
        }
    }

    /** Left over from a request that had several: it is nothing that this mail was given. */
    @Test
    void aContentTypeThatIsAListIsNotLookedAt() {
        assertThat(sent(ENVELOPE, "x", Exchange.CONTENT_TYPE, List.of("text/html", "text/plain")).text("plain_body"))
                .isEqualTo("x");
    }

    @Test
    void numbersAndDatesAreText() throws Exception {
        CapturedPostal.Call call = sent(ENVELOPE, "x", PostalConstants.SUBJECT, 42, PostalConstants.HEADERS,
                Map.of("X-A", 7L, "X-B", java.time.LocalDate.of(2026, 11, 28)));
        assertThat(call.text("subject")).isEqualTo("42");
        assertThat(call.body().get("headers").get("X-A").textValue()).isEqualTo("7");
        assertThat(call.body().get("headers").get("X-B").textValue()).isEqualTo("2026-11-28");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
