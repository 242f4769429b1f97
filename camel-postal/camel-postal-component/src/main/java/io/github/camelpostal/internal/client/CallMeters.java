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
import java.util.Set;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import org.apache.camel.CamelContext;

/** Shows the counters of calls as Micrometer meters, where the application has Micrometer and a registry. */
final class CallMeters {

    /** Under this name camel-micrometer looks for a registry, and keeps the one that it makes. */
    private static final String REGISTRY_NAME = "metricsRegistry";
    private static final String LIBRARY = "io.micrometer.core.instrument.MeterRegistry";

    private CallMeters() {
    }

    /** Asks for the library first, which an application need not have. What it returns removes the meters. */
    static Runnable showIfPossible(CamelContext camel, String server, String operation, CallCounters counters) {
        return camel.getClassResolver().resolveClass(LIBRARY) == null
                ? () -> {
                }
                : Meters.show(camel, server, operation, counters);
    }

    /** Loaded only where Micrometer is. */
    private static final class Meters {

        static Runnable show(CamelContext camel, String server, String operation, CallCounters counters) {
            List<Runnable> removals = new ArrayList<>();
            for (MeterRegistry registry : registries(camel)) {
                for (CallOutcome outcome : CallOutcome.values()) {
                    Meter meter = FunctionCounter.builder("camel.postal.calls", counters, c -> c.count(outcome))
                            .description("Exchanges that producers have sent to a mail server, by what became of them")
                            .tags("camelContext", camel.getName(), "server", server, "operation", operation, "outcome",
                                    outcome.value())
                            .register(registry);
                    removals.add(() -> registry.remove(meter));
                }
            }
            return () -> removals.forEach(Runnable::run);
        }

        /** That of camel-micrometer, else a composite, which passes on to the others, else all. */
        private static List<MeterRegistry> registries(CamelContext camel) {
            MeterRegistry camels = camel.getRegistry().lookupByNameAndType(REGISTRY_NAME, MeterRegistry.class);
            if (camels != null) {
                return List.of(camels);
            }
            Set<MeterRegistry> all = camel.getRegistry().findByType(MeterRegistry.class);
            List<MeterRegistry> composites = all.stream().filter(CompositeMeterRegistry.class::isInstance).toList();
            return composites.isEmpty() ? List.copyOf(all) : composites;
        }
    }
}
