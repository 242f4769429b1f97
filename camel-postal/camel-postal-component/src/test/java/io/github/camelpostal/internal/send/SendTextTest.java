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
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.SendResult;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A text body becomes a mail. */
class SendTextTest extends SendingTestSupport {

    @Test
    void aTextMailGoesOutOfARoute() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start").to("postal:send?from=Sales <sales@acme.example>&to=bob@rcpt.test&subject=Hello");
            }
        });
        Exchange result = send("direct:start", "Hello Bob ✓");

        assertThat(result.getException()).isNull();
        CapturedPostal.Call call = postal.onlyCall();
        assertThat(call.path()).isEqualTo("/api/v1/send/message");
        assertThat(call.headers().getFirst("X-Server-API-Key")).isEqualTo("canary-key-0123456789");
        assertThat(call.text("from")).isEqualTo("Sales <sales@acme.example>");
        assertThat(call.list("to")).containsExactly("bob@rcpt.test");
        assertThat(call.text("subject")).isEqualTo("Hello");
        assertThat(call.text("plain_body")).isEqualTo("Hello Bob ✓");
        assertThat(call.body().has("html_body")).isFalse();
        assertThat(result.getMessage().getBody()).isInstanceOf(SendResult.class);
        assertThat(result.getMessage().getHeader(PostalConstants.MESSAGE_ID)).isEqualTo("m1@rp.example");
        assertThat(result.getMessage().getHeader(PostalConstants.ID)).isEqualTo(42L);
        assertThat(result.getMessage().getHeader(PostalConstants.TOKEN)).isEqualTo("token42");
    }

    @Test
    void idAndTokenAreThoseOfTheOneRecipientAndAbsentForSeveral() {
        Exchange result = send("postal:send?from=sales@acme.example&to=a@x.test,b@x.test", "Hello", PostalConstants.ID, 7L,
                PostalConstants.TOKEN, "left over");

        assertThat(result.getMessage().getHeader(PostalConstants.ID)).isNull();
        assertThat(result.getMessage().getHeader(PostalConstants.TOKEN)).isNull();
        assertThat(result.getMessage().getBody(SendResult.class).recipients()).containsOnlyKeys("a@x.test", "b@x.test");
    }

    @Test
    void bodyTypeAutoFollowsTheContentType() {
        assertThat(sent(ENVELOPE, "<p>x</p>", Exchange.CONTENT_TYPE, "text/html; charset=UTF-8").text("html_body"))
                .isEqualTo("<p>x</p>");
        assertThat(sent(ENVELOPE, "x", Exchange.CONTENT_TYPE, "application/json").text("plain_body")).isEqualTo("x");
        assertThat(sent(ENVELOPE + "&bodyType=html", "x").text("html_body")).isEqualTo("x");
        assertThat(sent(ENVELOPE + "&bodyType=plain", "x", Exchange.CONTENT_TYPE, "text/html").text("plain_body"))
                .isEqualTo("x");
    }

    @Test
    void theBodyHeadersStandBesideOrInsteadOfTheBody() {
        CapturedPostal.Call both = sent(ENVELOPE + "&bodyType=html", "<p>x</p>", PostalConstants.PLAIN_BODY, "x");
        assertThat(both.text("html_body")).isEqualTo("<p>x</p>");
        assertThat(both.text("plain_body")).isEqualTo("x");

        CapturedPostal.Call headersOnly = sent(ENVELOPE, null, PostalConstants.PLAIN_BODY, "p", PostalConstants.HTML_BODY, "h");
        assertThat(headersOnly.text("html_body")).isEqualTo("h");
        assertThat(headersOnly.text("plain_body")).isEqualTo("p");

        assertThat(sent(ENVELOPE, "loses", PostalConstants.PLAIN_BODY, "wins").text("plain_body")).isEqualTo("wins");
    }

    @Test
    void bytesAreReadInTheCharsetOfTheExchangeElseOfTheContentTypeElseUtf8(@TempDir Path folder) throws Exception {
        byte[] latin1 = "Grüße".getBytes(StandardCharsets.ISO_8859_1);
        byte[] utf8 = "Grüße".getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(folder.resolve("mail.txt"), utf8);

        assertThat(sent(ENVELOPE, utf8).text("plain_body")).isEqualTo("Grüße");
        assertThat(sent(ENVELOPE, new ByteArrayInputStream(utf8)).text("plain_body")).isEqualTo("Grüße");
        assertThat(sent(ENVELOPE, file.toFile()).text("plain_body")).isEqualTo("Grüße");
        assertThat(sent(ENVELOPE, file).text("plain_body")).isEqualTo("Grüße");
        assertThat(sent(ENVELOPE, new StringReader("Grüße")).text("plain_body")).isEqualTo("Grüße");
        assertThat(sent(ENVELOPE, 42).text("plain_body")).isEqualTo("42");
        assertThat(sent(ENVELOPE, latin1, Exchange.CONTENT_TYPE, "text/plain; charset=\"iso-8859-1\"").text("plain_body"))
                .isEqualTo("Grüße");
        assertThat(sent(ENVELOPE, latin1, Exchange.CHARSET_NAME, "iso-8859-1", Exchange.CONTENT_TYPE,
                "text/plain; charset=utf-8").text("plain_body")).isEqualTo("Grüße");
    }

    @Test
    void aFileOfTheFileComponentIsReadInItsCharset(@TempDir Path folder) throws Exception {
        Files.write(folder.resolve("mail.txt"), "Grüße".getBytes(StandardCharsets.ISO_8859_1));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + folder + "?charset=ISO-8859-1&initialDelay=0").to(ENVELOPE).to("mock:done");
            }
        });
        await().untilAsserted(() -> assertThat(postal.calls()).hasSize(1));
        assertThat(postal.onlyCall().text("plain_body")).isEqualTo("Grüße");
    }

    @Test
    void bytesThatDoNotDecodeAreRefused() {
        assertThat(refused(PostalErrorCode.INVALID_ENCODING, ENVELOPE, new byte[]{'a', (byte) 0xFC})).contains("UTF-8",
                "CamelCharsetName");
        refused(PostalErrorCode.INVALID_ENCODING, ENVELOPE, "x".getBytes(), Exchange.CHARSET_NAME, "klingon-7");
    }

    @Test
    void whatNoCallCouldCarryIsRefusedWithPostalsCode() {
        refused(PostalErrorCode.NO_RECIPIENTS, "postal:send?from=sales@acme.example", "x");
        refused(PostalErrorCode.FROM_ADDRESS_MISSING, "postal:send?to=a@x.test", "x");
        refused(PostalErrorCode.NO_CONTENT, ENVELOPE, null);
        refused(PostalErrorCode.NO_CONTENT, ENVELOPE, " \n");
        refused(PostalErrorCode.NO_RECIPIENTS, "postal:send", null);
        refused(PostalErrorCode.TOO_LONG, ENVELOPE, "x", PostalConstants.TAG, "t".repeat(256));
        refused(PostalErrorCode.INVALID_ADDRESS, ENVELOPE, "x", PostalConstants.TO, "jörg@x.test");
    }

    @Test
    void aRefusalNeverHoldsAnAddressOrTheBody() {
        assertThat(refused(PostalErrorCode.INVALID_ADDRESS, ENVELOPE, "secret body", PostalConstants.CC, "sécret@x.test, b@c"))
                .doesNotContain("cret@", "secret").contains("cc");
    }
}
