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
package io.github.camelpostal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.camelpostal.sandbox.Outcome;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.suppression.InMemorySuppressionList;
import io.github.camelpostal.suppression.SuppressionReason;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When Postal gives a mail up, the reason is what the other server said last, as far as it can be found out. */
class ExpiredReasonsTest {

    private final PostalSandbox postal = PostalSandbox.builder().virtualTime().domain("example.com").start();
    private final BlockingQueue<Exchange> routed = new LinkedBlockingQueue<>();
    private final InMemorySuppressionList list = new InMemorySuppressionList();
    private CamelApp app;

    @AfterEach
    void close() {
        app.close();
        postal.close();
    }

    @Test
    void theLastReplyIsTheReason() throws Exception {
        start(postal.apiKey());
        postal.outcome("full@rcpt.test", Outcome.softFail("450 4.2.0 Greylisted, try again later").times(1)
                .then(Outcome.softFail("452 4.2.2 Mailbox full")));
        Exchange failed = expired("full@rcpt.test");
        assertThat(failed.getMessage().getHeader(PostalConstants.REASON)).isEqualTo("mailbox-full");
        assertThat(failed.getMessage().getHeader(PostalConstants.REASON_SIDE)).isEqualTo("mailbox");
        assertThat(failed.getMessage().getHeader(PostalConstants.PERMANENT)).isEqualTo(false);
    }

    @Test
    void withoutAKeyTheMailHasExpired() throws Exception {
        start(null);
        postal.outcome("full@rcpt.test", Outcome.softFail("452 4.2.2 Mailbox full"));
        assertThat(expired("full@rcpt.test").getMessage().getHeader(PostalConstants.REASON)).isEqualTo("expired");
    }

    @Test
    void aServerThatCannotBeAskedFailsNoEvent() throws Exception {
        start("WrongKeyNotASecret000000");
        postal.outcome("full@rcpt.test", Outcome.softFail("452 4.2.2 Mailbox full"));
        assertThat(expired("full@rcpt.test").getMessage().getHeader(PostalConstants.REASON)).isEqualTo("expired");
    }

    @Test
    void whoRefusesUsForDaysIsNotSuppressed() throws Exception {
        start(postal.apiKey());
        postal.outcome("bob@rcpt.test", Outcome.softFail("421 4.7.0 Your IP address is on a blocklist"));
        postal.outcome("away@gone.test", Outcome.softFail("451 4.3.0 Temporary system problem"));
        for (int i = 0; i < 3; i++) {
            send("bob@rcpt.test");
            send("away@gone.test");
        }
        postal.advance(Duration.ofDays(5));
        for (int i = 0; i < 6; i++) {
            Exchange failed = routed.poll(60, TimeUnit.SECONDS);
            assertThat(failed.getMessage().getHeader(PostalConstants.REASON))
                    .as(failed.getMessage().getHeader(PostalConstants.RCPT_TO, String.class))
                    .isIn("reputation", "system");
        }
        assertThat(list.find(List.of("bob@rcpt.test"), null)).isEmpty();
        assertThat(list.find(List.of("away@gone.test"), null).values()).extracting("reason")
                .containsOnly(SuppressionReason.EXPIRED);
    }

    private Exchange expired(String to) throws Exception {
        send(to);
        postal.advance(Duration.ofDays(5));
        return routed.poll(60, TimeUnit.SECONDS);
    }

    private void send(String to) {
        app.context().createProducerTemplate().sendBody("postal:send?from=a@example.com&subject=hello&apiKey="
                + postal.apiKey() + "&to=" + to, "hello");
    }

    private void start(String apiKey) throws Exception {
        app = CamelApp.create();
        app.context().getRegistry().bind("list", list);
        PostalConfiguration options = app.context().getComponent("postal", PostalComponent.class).getConfiguration();
        options.setServerUrl(postal.url().toString());
        options.setApiKey(apiKey);
        app.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook?suppressionList=#list&events=MessageDeliveryFailed&processingTimeout=60s").process(
                        exchange -> routed.add(exchange.copy()));
            }
        });
        app.context().start();
        postal.postEventsTo(URI.create("http://127.0.0.1:" + app.port() + "/postal"));
    }
}
