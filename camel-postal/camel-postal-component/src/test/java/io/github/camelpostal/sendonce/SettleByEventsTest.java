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

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.camelpostal.CamelApp;
import io.github.camelpostal.PostalComponent;
import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.api.PostalUncertainException;
import io.github.camelpostal.ledger.InMemorySendLedger;
import io.github.camelpostal.ledger.LedgerRow;
import io.github.camelpostal.sandbox.PostalSandbox;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** A webhook with the same ledger settles what reading could not, before its own filters. */
class SettleByEventsTest {

    private final InMemorySendLedger ledger = new InMemorySendLedger();
    private final AtomicInteger routed = new AtomicInteger();

    @Test
    void anEventThatTheRouteNeverSeesProvesAcceptance() throws Exception {
        try (PostalSandbox sandbox = PostalSandbox.builder().domain("acme.example").start();
                CamelApp app = CamelApp.create()) {
            app.context().getRegistry().bind("ledger", ledger);
            PostalComponent component = app.context().getComponent("postal", PostalComponent.class);
            app.sendTo(sandbox);
            component.getConfiguration().setSendLedger(ledger);
            app.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("postal:webhook?direction=incoming&publicKey=RAW(" + sandbox.publicKeyBase64() + ")")
                            .process(exchange -> routed.incrementAndGet());
                    from("direct:send").to("postal:send?from=sales@acme.example&subject=Order");
                }
            });
            app.context().start();
            sandbox.postEventsTo(URI.create("http://127.0.0.1:" + app.port() + "/postal"));

            // no message is known before: without events the key would stay unknown
            sandbox.apiFaults().on("send/raw").next(1).loseResponse();
            assertThat(send(app).getException()).isInstanceOf(PostalUncertainException.class);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> ledger.get("order-1").orElseThrow().state() == LedgerRow.State.ACCEPTED);
            Exchange repeated = send(app);
            assertThat(repeated.getException()).isNull();
            assertThat(repeated.getMessage().getHeader(PostalConstants.DUPLICATE)).isEqualTo(true);
            assertThat(sandbox.sent().to("a@rcpt.test")).hasSize(1);
            assertThat(routed).hasValue(0);
        }
    }

    private static Exchange send(CamelApp app) {
        return app.context().createProducerTemplate().send("direct:send", exchange -> {
            exchange.getMessage().setBody("x");
            exchange.getMessage().setHeaders(new HashMap<>(Map.of(PostalConstants.IDEMPOTENCY_KEY, "order-1",
                    PostalConstants.TO, List.of("a@rcpt.test"))));
        });
    }
}
