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
package io.github.camelpostal.sendonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.camelpostal.PostalComponent;
import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.api.PostalUncertainException;
import io.github.camelpostal.api.SendResult;
import io.github.camelpostal.ledger.InMemorySendLedger;
import io.github.camelpostal.ledger.PostalSendLedger;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;
import io.github.camelpostal.testing.TestClock;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A sandbox, and an application that sends to it with a ledger; both live by one clock. */
abstract class SendOnceTestSupport {

    static final String A = "a@rcpt.test";
    static final String B = "b@rcpt.test";
    static final String C = "c@rcpt.test";
    static final String SEND = "postal:send?from=sales@acme.example&subject=Order&sendLedger=#ledger";
    static final Duration AFTER_RESEND = Duration.ofMinutes(11);

    final TestClock clock = TestClock.running();
    PostalSandbox sandbox;
    PostalSendLedger ledger;
    DefaultCamelContext camel;
    ProducerTemplate template;

    @BeforeEach
    void start() throws Exception {
        sandbox = PostalSandbox.builder().domain("acme.example").clock(clock).start();
        ledger = ledger();
        startApplication();
    }

    PostalSendLedger ledger() throws Exception {
        return new InMemorySendLedger(clock);
    }

    void startApplication() {
        camel = new DefaultCamelContext();
        camel.getRegistry().bind("ledger", ledger);
        PostalComponent component = camel.getComponent("postal", PostalComponent.class);
        component.getConfiguration().setServerUrl(sandbox.url().toString());
        component.getConfiguration().setApiKey(sandbox.apiKey());
        camel.start();
        template = camel.createProducerTemplate();
    }

    @AfterEach
    void stop() {
        camel.stop();
        sandbox.close();
    }

    /** A mark: some message that the ledger knows. */
    void sendSomethingBefore() {
        SendResult result = sent(send("before", "x", "before@rcpt.test"));
        assertThat(result.recipients()).hasSize(1);
    }

    Exchange send(String key, Object body, String... to) {
        return send(SEND, key, body, Map.of(), to);
    }

    Exchange send(String uri, String key, Object body, Map<String, Object> headers, String... to) {
        Map<String, Object> all = new HashMap<>(headers);
        all.put(PostalConstants.IDEMPOTENCY_KEY, key);
        if (to.length > 0) {
            all.put(PostalConstants.TO, List.of(to));
        }
        return template.send(uri, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(new HashMap<>(all));
        });
    }

    static SendResult sent(Exchange exchange) {
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getBody(SendResult.class);
    }

    static PostalUncertainException uncertain(Exchange exchange) {
        assertThat(exchange.getException()).isInstanceOf(PostalUncertainException.class);
        return (PostalUncertainException) exchange.getException();
    }

    /** Repeats the same send until it succeeds, as an application would, and lets time pass in between. */
    SendResult repeatUntilSent(String key, Object body, String... to) {
        return await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(200)).until(() -> {
            Exchange exchange = send(key, body, to);
            if (exchange.getException() == null) {
                return exchange.getMessage().getBody(SendResult.class);
            }
            assertThat(exchange.getException()).isInstanceOf(PostalUncertainException.class);
            clock.advance(Duration.ofSeconds(70));
            return null;
        }, result -> result != null);
    }

    /** What Postal stores for these recipients is exactly one row each. */
    void assertEachStoredOnce(String... recipients) {
        for (String recipient : recipients) {
            assertThat(rows(recipient)).as(recipient).hasSize(1);
        }
    }

    List<StoredMail> rows(String recipient) {
        return sandbox.sent().to(recipient);
    }

    static Set<String> each(PostalUncertainException e) {
        Set<String> all = new HashSet<>(e.accepted());
        all.addAll(e.missing());
        all.addAll(e.unknown());
        return all;
    }
}
