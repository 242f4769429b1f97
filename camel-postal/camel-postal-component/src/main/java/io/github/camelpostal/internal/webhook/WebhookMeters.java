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
package io.github.camelpostal.internal.webhook;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.github.camelpostal.internal.conversation.TokenFault;
import io.github.camelpostal.internal.meters.MeterRegistries;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import org.apache.camel.CamelContext;

/**
 * Shows the counters of one mounted path as Micrometer meters. They are read when somebody asks, so that a request costs
 * nothing more.
 *
 * <p>It knows Micrometer, which an application need not have: {@link WebhookMount} asks for the library before it asks for this
 * class.
 */
final class WebhookMeters {

    private static final String PREFIX = "camel.postal.webhook.";

    private final MeterRegistry registry;
    private final Tags tags;
    private final List<Meter> meters = new ArrayList<>();

    private WebhookMeters(MeterRegistry registry, Tags tags) {
        this.registry = registry;
        this.tags = tags;
    }

    /** From now on the meters are there; what it returns removes them. Empty where the application has no registry. */
    static Optional<Runnable> show(CamelContext context, String path, WebhookCounters counters, InFlightRegistry inFlight) {
        Tags tags = Tags.of("camelContext", context.getName(), "path", path);
        return MeterRegistries.show(context, registry -> {
            WebhookMeters shown = new WebhookMeters(registry, tags);
            shown.register(counters, inFlight);
            return shown.meters;
        });
    }

    private void register(WebhookCounters counters, InFlightRegistry inFlight) {
        for (WebhookResponse response : WebhookResponse.values()) {
            meters.add(FunctionCounter.builder(PREFIX + "requests", counters, c -> c.sent(response))
                    .description("Requests by response, and the reason for it")
                    .tags(tags.and("response", response.name().toLowerCase(Locale.ROOT),
                            "status", Integer.toString(response.status())))
                    .register(registry));
        }
        meters.add(FunctionCounter.builder(PREFIX + "verified", counters, WebhookCounters::verified)
                .description("Requests whose signature was verified").tags(tags).register(registry));
        meters.add(FunctionCounter.builder(PREFIX + "late.results", counters, WebhookCounters::lateResults)
                .description("Requests that were completed after their response was due").tags(tags)
                .register(registry));
        meters.add(FunctionCounter.builder(PREFIX + "keys.not.stored", counters, WebhookCounters::keysNotStored)
                .description("Attempts to store a key that the idempotent repository refused").tags(tags)
                .register(registry));
        meters.add(FunctionCounter.builder(PREFIX + "recipient.events.lost", counters, WebhookCounters::recipientEventsLost)
                .description("Events that the suppression list could not be told of").tags(tags).register(registry));
        conversations("recognized", counters, WebhookCounters::conversationsRecognized);
        for (TokenFault fault : TokenFault.values()) {
            conversations(fault.name().toLowerCase(Locale.ROOT), counters, c -> c.tokensRefused(fault));
        }
        conversations("used_before", counters, WebhookCounters::tokensUsedBefore);
        meters.add(Gauge.builder(PREFIX + "in.flight", inFlight, InFlightRegistry::size)
                .description("Requests being worked on").tags(tags).register(registry));
        meters.add(TimeGauge.builder(PREFIX + "in.flight.longest", inFlight, TimeUnit.MILLISECONDS, r -> r.longest().toMillis())
                .description("For how long the first of them has been worked on").tags(tags).register(registry));
        meters.add(FunctionTimer.builder(PREFIX + "age", counters, WebhookCounters::ages,
                c -> c.totalAge().toNanos(), TimeUnit.NANOSECONDS)
                .description("From the event or mail to its arrival here").tags(tags).register(registry));
        meters.add(TimeGauge.builder(PREFIX + "age.last", counters, TimeUnit.MILLISECONDS, WebhookMeters::lastAgeMillis)
                .description("The same, of the last event or mail").tags(tags).register(registry));
    }

    private void conversations(String result, WebhookCounters counters, ToDoubleFunction<WebhookCounters> count) {
        meters.add(FunctionCounter.builder(PREFIX + "conversations", counters, count)
                .description("Tokens of conversations that came back, by what was found of them")
                .tags(tags.and("result", result)).register(registry));
    }

    private static double lastAgeMillis(WebhookCounters counters) {
        return counters.lastAge().map(Duration::toMillis).map(Long::doubleValue).orElse(Double.NaN);
    }
}
