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
package io.github.camelpostal.internal.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.camelpostal.internal.meters.MeterRegistries;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;

/** Shows the counters of calls as Micrometer meters, where the application has Micrometer and a registry. */
final class CallMeters {

    private CallMeters() {
    }

    /** What it returns removes the meters; empty for none. */
    static Optional<Runnable> showIfPossible(CamelContext camel, String server, String operation, CallCounters counters) {
        return MeterRegistries.areThere(camel)
                ? Meters.show(camel, server, operation, counters)
                : Optional.empty();
    }

    /** Loaded only where Micrometer is. */
    private static final class Meters {

        static Optional<Runnable> show(CamelContext camel, String server, String operation, CallCounters counters) {
            return MeterRegistries.show(camel, registry -> register(registry, camel.getName(), server, operation, counters));
        }

        private static List<Meter> register(MeterRegistry registry, String context, String server, String operation,
                CallCounters counters) {
            List<Meter> meters = new ArrayList<>();
            for (CallOutcome outcome : CallOutcome.values()) {
                meters.add(FunctionCounter.builder("camel.postal.calls", counters, c -> c.count(outcome))
                        .description("Exchanges that producers have sent to a mail server, by what became of them")
                        .tags("camelContext", context, "server", server, "operation", operation, "outcome", outcome.value())
                        .register(registry));
            }
            return meters;
        }
    }
}
