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

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.PostalRejectedException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a producer does is known before it starts, or said by the exchange. */
class OperationAndStartUpTest extends SendingTestSupport {

    private static final String RAW = "From: a@x.test\r\nTo: b@x.test\r\n\r\nbody";

    @Test
    void theHeaderSelectsAnOperationForOneExchange() {
        assertThat(sent(ENVELOPE, RAW, PostalConstants.OPERATION, "sendRaw").isRaw()).isTrue();
        assertThat(sent(ENVELOPE, RAW).isRaw()).isFalse();
        postal.respondWith("[]");
        assertThat(sent("postal:send", 7, PostalConstants.OPERATION, "deliveries").path()).endsWith("/messages/deliveries");
    }

    @Test
    void theHeaderIsRemovedAlsoWhenTheCallFails() {
        assertThat(send(ENVELOPE, RAW, PostalConstants.OPERATION, "sendRaw").getMessage().getHeader(PostalConstants.OPERATION))
                .isNull();
        Exchange failed = send(ENVELOPE, "no mail", PostalConstants.OPERATION, "sendRaw");
        assertThat(failed.getException()).isInstanceOf(PostalRejectedException.class);
        assertThat(failed.getMessage().getHeader(PostalConstants.OPERATION)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhook", "Send", "delete", ""})
    void refusesAnUnknownOperationAndNamesTheAllowedOnes(String operation) {
        Exchange failed = send(ENVELOPE, "x", PostalConstants.OPERATION, operation);
        assertThat(failed.getException()).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("send, sendRaw, read, deliveries").hasMessageContaining("'" + operation + "'");
        assertThat(failed.getMessage().getHeader(PostalConstants.OPERATION)).isNull();
        assertThat(postal.calls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            postal:send?to=a@x.test,b                   | 'to'        | from=sales@example.com
            postal:send?from=a@x.test,b@x.test          | 'from'      | takes one
            postal:send?replyTo=Team: a@x.test;         | 'replyTo'   | is a group
            postal:read?expansions=status,everything    | expansions  | raw_message
            postal:send?transport=smtp                  | transport   | smtp
            postal:send?bodyType=markdown               | bodyType    | markdown
            postal:send?serverUrl=ftp://x.test          | serverUrl   | https://postal.example.com
            postal:send?serverUrl=https://a b.test      | serverUrl   | https://postal.example.com
            postal:webhook                              | webhook     | to("postal:send")
            postal:deliver                              | deliver     | postal:send
            postal:send?recipient=x                     | recipient   | postal
            """)
    void anOptionThatCannotWorkStopsStartUpAndIsNamed(String uri, String named, String example) {
        assertThatThrownBy(() -> camel.addRoutes(route(uri))).hasStackTraceContaining(named).hasStackTraceContaining(example);
    }

    @Test
    void aMissingServerUrlOrApiKeyStopsStartUp() {
        component.getConfiguration().setServerUrl(null);
        assertThatThrownBy(() -> camel.addRoutes(route("postal:send"))).hasStackTraceContaining("serverUrl")
                .hasStackTraceContaining("camel.component.postal.server-url=https://postal.example.com");
        component.getConfiguration().setServerUrl(postal.url());
        component.getConfiguration().setApiKey(" ");
        assertThatThrownBy(() -> camel.addRoutes(route("postal:read"))).hasStackTraceContaining("apiKey")
                .hasStackTraceContaining("camel.component.postal.api-key=");
    }

    @Test
    void aTagThatPostalCannotStoreStopsStartUp() {
        assertThatThrownBy(() -> camel.addRoutes(route("postal:send?tag=" + "t".repeat(256)))).hasStackTraceContaining("tag");
    }

    @Test
    void aRenewedKeyOfTheComponentIsUsedByTheNextCall() {
        assertThat(sent(ENVELOPE, "x").headers().getFirst("X-Server-API-Key")).isEqualTo("canary-key-0123456789");
        component.getConfiguration().setApiKey("renewed");
        assertThat(sent(ENVELOPE, "x").headers().getFirst("X-Server-API-Key")).isEqualTo("renewed");
        assertThat(sent(ENVELOPE + "&apiKey=own", "x").headers().getFirst("X-Server-API-Key")).isEqualTo("own");
        component.getConfiguration().setApiKey("again");
        assertThat(sent(ENVELOPE + "&apiKey=own", "x").headers().getFirst("X-Server-API-Key")).isEqualTo("own");
    }

    @Test
    void theHostHeaderAndAPathPrefixAreUsed() {
        CapturedPostal.Call call = sent(
                ENVELOPE + "&hostHeader=postal.example.com&serverUrl=" + postal.url() + "/prefix/", "x");
        assertThat(call.headers().getFirst("Host")).isEqualTo("postal.example.com");
        assertThat(call.path()).isEqualTo("/prefix/api/v1/send/message");
    }

    @Test
    void anExceptionReachesOnExceptionAsItIs() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(PostalRejectedException.class).handled(true)
                        .setBody(exchange -> exchange.getProperty(Exchange.EXCEPTION_CAUGHT, PostalRejectedException.class)
                                .code());
                from("direct:start").to("postal:send?from=a@x.test");
            }
        });
        assertThat(template.requestBody("direct:start", "x")).isEqualTo(PostalErrorCode.NO_RECIPIENTS);
    }

    private static RouteBuilder route(String uri) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:" + System.nanoTime()).to(uri);
            }
        };
    }
}
