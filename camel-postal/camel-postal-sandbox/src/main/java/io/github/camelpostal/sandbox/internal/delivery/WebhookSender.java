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
package io.github.camelpostal.sandbox.internal.delivery;

import io.github.camelpostal.sandbox.internal.webhook.ExchangeLog;
import io.github.camelpostal.sandbox.internal.webhook.HttpPoster;
import io.github.camelpostal.sandbox.internal.webhook.PostalExchange;

/** Sends for one mail server, records what came back, and does on the way what the faults ask for. */
final class WebhookSender {
    private final HttpPoster poster;
    private final ExchangeLog log;
    private final WebhookFaultPlan faults;

    WebhookSender(HttpPoster poster, ExchangeLog log, WebhookFaultPlan faults) {
        this.poster = poster;
        this.log = log;
        this.faults = faults;
    }

    /** Sends now, on the calling thread; call {@link #done} when what follows from the response is written down. */
    PostalExchange post(PostalExchange.Request request) {
        return poster.post(request);
    }

    /** Everything about this exchange can be seen from now on. */
    void done(PostalExchange exchange) {
        log.add(exchange);
        boolean accepted = exchange.result() instanceof PostalExchange.Response response && response.isSuccess();
        for (int i = 0; accepted && i < faults.duplicates(); i++) {
            log.add(poster.post(exchange.request()));
        }
    }

    /** Starts a first attempt, at once or when the faults let it. */
    void begin(Runnable start) {
        faults.pass(start);
    }

    boolean freezesEvents() {
        return faults.freezesEvents();
    }
}
