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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.camelpostal.PostalComponent;
import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.PostalRejectedException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.MimeConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A Camel context whose {@code postal} component talks to a {@link CapturedPostal}. */
abstract class SendingTestSupport {

    static final String ENVELOPE = "postal:send?from=sales@acme.example&to=bob@rcpt.test";

    CapturedPostal postal;
    DefaultCamelContext camel;
    PostalComponent component;
    ProducerTemplate template;

    @BeforeEach
    void startCamel() throws Exception {
        postal = new CapturedPostal();
        camel = new DefaultCamelContext();
        component = camel.getComponent("postal", PostalComponent.class);
        component.getConfiguration().setServerUrl(postal.url());
        component.getConfiguration().setApiKey("canary-key-0123456789");
        camel.start();
        template = camel.createProducerTemplate();
    }

    @AfterEach
    void stopCamel() {
        camel.stop();
        postal.close();
    }

    /** Sends a body with headers given as name, value, name, value. */
    Exchange send(String uri, Object body, Object... headers) {
        return run(uri, exchange -> {
            exchange.getMessage().setBody(body);
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getMessage().setHeader((String) headers[i], headers[i + 1]);
            }
        });
    }

    Exchange run(String uri, Processor prepare) {
        return template.send(uri, prepare);
    }

    /** What went out for it, having gone out well. */
    CapturedPostal.Call sent(String uri, Object body, Object... headers) {
        postal.clear();
        Exchange exchange = send(uri, body, headers);
        assertThat(exchange.getException()).isNull();
        return postal.onlyCall();
    }

    /** Refused before any call with that code; returns the text. */
    String refused(PostalErrorCode code, String uri, Object body, Object... headers) {
        postal.clear();
        Exchange exchange = send(uri, body, headers);
        assertThat(exchange.getException()).isInstanceOf(PostalRejectedException.class);
        assertThat(((PostalRejectedException) exchange.getException()).code()).isEqualTo(code);
        assertThat(postal.calls()).isEmpty();
        return exchange.getException().getMessage();
    }

    static Map<String, Object> map(Object... entries) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            map.put((String) entries[i], entries[i + 1]);
        }
        return map;
    }

    /** The raw message that went out, read by a MIME implementation that did not write it. */
    static Message parsed(CapturedPostal.Call call) throws IOException {
        assertThat(call.path()).isEqualTo("/api/v1/send/raw");
        DefaultMessageBuilder builder = new DefaultMessageBuilder();
        builder.setMimeEntityConfig(MimeConfig.custom().setMaxLineLen(1000).setMaxHeaderLen(-1).setMaxHeaderCount(-1)
                .setMalformedHeaderStartsBody(true).build());
        return builder.parseMessage(new ByteArrayInputStream(call.rawData()));
    }
}
