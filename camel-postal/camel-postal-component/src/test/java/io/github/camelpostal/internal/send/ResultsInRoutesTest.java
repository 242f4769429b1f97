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

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelpostal.api.Delivery;
import io.github.camelpostal.api.Expansion;
import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.PostalMessage;
import io.github.camelpostal.api.PostalRejectedException;
import io.github.camelpostal.api.SendResult;
import io.github.camelpostal.api.StoredMessage;
import io.github.camelpostal.payload.Content;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What routes do with results: print fields by Simple, and make JSON of them with Postal's names. */
class ResultsInRoutesTest extends SendingTestSupport {

    private static final SendResult SENT = new SendResult("m@x", Map.of("b@x.test", new SendResult.Recipient(5, "t")),
            List.of("gone@x.test"));
    private static final Delivery ATTEMPT = new Delivery(3, "Sent", "Accepted", null, true, "L1", 0.5,
            Instant.ofEpochSecond(1763650000));
    private static final StoredMessage STORED = new StoredMessage(7, "tok", Set.of(Expansion.DETAILS, Expansion.RAW_MESSAGE),
            null, new StoredMessage.Details("b@x.test", "a@x.test", "Pictures", "m@x", Instant.ofEpochSecond(1763650000),
                    "outgoing", 10L, false, null, null, false),
            null, null, null, List.of(), Map.of(), Content.of(new byte[]{1, 2, 3}), null);

    @BeforeEach
    void routes() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:json").marshal().json();
                from("direct:result").marshal().json().unmarshal().json(SendResult.class);
            }
        });
    }

    @Test
    void fieldsAreValuesInSimpleExpressions() {
        assertThat(simple("${body.messageId} ${body.onlyRecipient.id}", SENT)).isEqualTo("m@x 5");
        assertThat(simple("Re: ${body.details.subject} ${body.details.rcptTo} ${body.details.size}", STORED))
                .isEqualTo("Re: Pictures b@x.test 10");
        assertThat(simple("${body.details} ${body.time}", ATTEMPT)).isEqualTo("Accepted 0.5");
        assertThat(simple("${body.subject} ${body.from}", PostalMessage.builder().subject("S").from("a@x.test").build()))
                .isEqualTo("S a@x.test");
        Exchange failed = new DefaultExchange(camel);
        failed.setException(new PostalRejectedException("send", PostalErrorCode.NO_CONTENT, "NoContent", 200, "x", null));
        assertThat(camel.resolveLanguage("simple").createExpression("${exception.rawCode} ${exception.httpStatus}")
                .evaluate(failed, String.class)).isEqualTo("NoContent 200");
    }

    @Test
    void jsonHasPostalsFieldNames() throws Exception {
        assertThat(new ObjectMapper().readTree(template.requestBody("direct:json", SENT, String.class))).isEqualTo(
                new ObjectMapper().readTree("{\"message_id\":\"m@x\",\"messages\":{\"b@x.test\":{\"id\":5,\"token\":\"t\"}},"
                        + "\"suppressed\":[\"gone@x.test\"]}"));
        assertThat(template.requestBody("direct:json", List.of(ATTEMPT), String.class)).contains("\"sent_with_ssl\":true",
                "\"log_id\":\"L1\"", "\"timestamp\":");
        assertThat(template.requestBody("direct:json", STORED, String.class)).contains("\"rcpt_to\":\"b@x.test\"",
                "\"subject\":\"Pictures\"", "\"raw_message\":\"AQID\"");
    }

    @Test
    void aResultComesBackFromItsJson() {
        assertThat(template.requestBody("direct:result", SENT)).isEqualTo(SENT);
        SendResult plain = new SendResult(null, Map.of());
        assertThat(template.requestBody("direct:result", plain)).isEqualTo(plain);
    }

    private String simple(String expression, Object body) {
        Exchange exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody(body);
        return camel.resolveLanguage("simple").createExpression(expression).evaluate(exchange, String.class);
    }
}
