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
package io.github.camelpostal.examples.deliverytracker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.api.Delivery;
import io.github.camelpostal.api.PostalException;
import io.github.camelpostal.api.PostalRejectedException;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;

/**
 * Asks Postal about messages that have been silent for too long. Postal forgets an event after six tries in 36 minutes
 * (protocol 5.4); its history of a message it keeps for weeks.
 */
class ReconcileRoutes extends RouteBuilder {

    /** Exchange property, the same for all messages of a run: whether Postal has failed to respond. */
    private static final String AWAY = "away";

    private final Ledger ledger;
    private final CheckSchedule schedule;
    private final TrackerClock clock;

    ReconcileRoutes(Ledger ledger, CheckSchedule schedule, TrackerClock clock) {
        this.ledger = ledger;
        this.schedule = schedule;
        this.clock = clock;
    }

    @Override
    public void configure() {
        onException(PostalRejectedException.class).handled(true)
                .log(LoggingLevel.WARN, "Postal has no history of message ${header.CamelPostalId}: ${exception.message}")
                .to("sql:classpath:sql/forget-check.sql?noop=true");
        // It would not respond for the others either: they wait for the next run.
        onException(PostalException.class).handled(true)
                .log(LoggingLevel.WARN, "Postal does not respond now: ${exception.message}")
                .to("sql:classpath:sql/release-check.sql?noop=true")
                .process(exchange -> away(exchange).set(true));

        from("timer:reconcile?period={{tracker.reconcile.period}}&fixedRate=false").routeId("reconcile")
                .to("sql:classpath:sql/silent-messages.sql")
                .setProperty(AWAY, AtomicBoolean::new)
                .split(body())
                .to("direct:reconcile-next");

        from("direct:reconcile-next").routeId("reconcile-next")
                .filter(exchange -> !away(exchange).get())
                .setBody(this::claim)
                .to("sql:classpath:sql/claim-check.sql?noop=true")
                .filter(header("CamelSqlUpdateCount").isEqualTo(1))
                .to("direct:reconcile-one");

        from("direct:reconcile-one").routeId("reconcile-one")
                // sending comes first: a Postal as it is installed has five threads for all its callers
                .throttle(simple("{{tracker.reconcile.per-second}}", Long.class)).timePeriodMillis(1000)
                .setProperty(Ledger.ASKED, body())
                .setHeader(PostalConstants.ID, simple("${body[id]}", Long.class))
                .to("postal:deliveries")
                .setBody(this::newest)
                .filter(body().isNotNull())
                .to("direct:state");
    }

    private static AtomicBoolean away(Exchange exchange) {
        return exchange.getProperty(AWAY, AtomicBoolean.class);
    }

    private Object claim(Exchange exchange) {
        @SuppressWarnings("unchecked")
        Map<String, Object> row = new HashMap<>(exchange.getMessage().getBody(Map.class));
        int checks = ((Number) row.get("checks")).intValue();
        row.put("now", clock.now());
        row.put("next_check_at",
                schedule.until(State.of((String) row.get("state")), checks + 1).map(clock::in).orElse(null));
        return row;
    }

    @SuppressWarnings("unchecked")
    private Object newest(Exchange exchange) {
        List<Delivery> history = exchange.getMessage().getBody(List.class);
        return ledger.ofHistory(history, exchange.getProperty(Ledger.ASKED, Map.class)).orElse(null);
    }
}
