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
package io.github.camelpostal.internal.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.github.camelpostal.internal.ledger.SendOnceCounters.Count;
import io.github.camelpostal.internal.meters.MeterRegistries;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;

/** Shows the counters of one mail server as Micrometer meters, which are read when somebody asks. */
final class SendOnceMeters {

    private SendOnceMeters() {
    }

    /** What it returns removes the meters; empty for none. */
    static Optional<Runnable> showIfPossible(CamelContext camel, String mailServer, SendOnceCounters counters) {
        return MeterRegistries.areThere(camel)
                ? Meters.show(camel, mailServer, counters)
                : Optional.empty();
    }

    /** Loaded only where Micrometer is. */
    private static final class Meters {

        static Optional<Runnable> show(CamelContext camel, String mailServer, SendOnceCounters counters) {
            return MeterRegistries.show(camel, registry -> register(registry, camel.getName(), mailServer, counters));
        }

        private static List<Meter> register(MeterRegistry registry, String context, String mailServer,
                SendOnceCounters counters) {
            List<Meter> meters = new ArrayList<>();
            for (Count count : Count.values()) {
                meters.add(FunctionCounter.builder("camel.postal.send.ledger", counters, c -> c.get(count))
                        .description("What sending once has done")
                        .tags("camelContext", context, "server", mailServer, "what", count.name().toLowerCase(Locale.ROOT))
                        .register(registry));
            }
            return meters;
        }
    }
}
