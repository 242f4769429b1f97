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
import java.util.Set;

import io.github.camelpostal.internal.ledger.SendOnceCounters.Count;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/** Shows the counters of one mail server as Micrometer meters, which are read when somebody asks. */
final class SendOnceMeters {

    /** Under this name camel-micrometer looks for a registry, and keeps the one that it makes. */
    private static final String REGISTRY_NAME = "metricsRegistry";
    private static final String LIBRARY = "io.micrometer.core.instrument.MeterRegistry";

    private SendOnceMeters() {
    }

    /** Asks for the library first, which an application need not have. What it returns removes the meters; null for none. */
    static @Nullable Runnable showIfPossible(CamelContext camel, String mailServer, SendOnceCounters counters) {
        return camel.getClassResolver().resolveClass(LIBRARY) == null ? null : Meters.show(camel, mailServer, counters);
    }

    /** Loaded only where Micrometer is. */
    private static final class Meters {

        static @Nullable Runnable show(CamelContext camel, String mailServer, SendOnceCounters counters) {
            MeterRegistry registry = registry(camel);
            if (registry == null) {
                return null;
            }
            List<Meter> meters = new ArrayList<>();
            for (Count count : Count.values()) {
                meters.add(FunctionCounter.builder("camel.postal.send.ledger", counters, c -> c.get(count))
                        .description("What sending once has done")
                        .tags("camelContext", camel.getName(), "server", mailServer, "what",
                                count.name().toLowerCase(Locale.ROOT))
                        .register(registry));
            }
            return () -> meters.forEach(registry::remove);
        }

        /** That of camel-micrometer, else a composite, which passes on to the others, else any. */
        private static @Nullable MeterRegistry registry(CamelContext camel) {
            MeterRegistry camels = camel.getRegistry().lookupByNameAndType(REGISTRY_NAME, MeterRegistry.class);
            if (camels != null) {
                return camels;
            }
            Set<MeterRegistry> all = camel.getRegistry().findByType(MeterRegistry.class);
            return all.stream().filter(CompositeMeterRegistry.class::isInstance).findFirst()
                    .orElse(all.stream().findFirst().orElse(null));
        }
    }
}
