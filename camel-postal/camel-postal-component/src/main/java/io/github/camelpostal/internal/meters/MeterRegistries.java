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
package io.github.camelpostal.internal.meters;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import org.apache.camel.CamelContext;

/**
 * In which Micrometer registries the meters of this component are: one rule for all of them. Where an application has no
 * Micrometer, only {@link #areThere} may be asked.
 */
public final class MeterRegistries {

    /** Under this name camel-micrometer looks for a registry, and keeps the one that it makes. */
    private static final String CAMELS = "metricsRegistry";
    private static final String LIBRARY = "io.micrometer.core.instrument.MeterRegistry";

    private MeterRegistries() {
    }

    /** Whether the application has Micrometer, which it need not have: to be asked before a class that names its types is used. */
    public static boolean areThere(CamelContext camel) {
        return camel.getClassResolver().resolveClass(LIBRARY) != null;
    }

    /**
     * Puts meters into every registry that counts.
     *
     * @param  registration registers the meters in one registry, and returns them
     * @return              removes them again; empty where the application has no registry
     */
    public static Optional<Runnable> show(CamelContext camel, Function<MeterRegistry, List<Meter>> registration) {
        List<Runnable> removals = new ArrayList<>();
        for (MeterRegistry registry : Chosen.of(camel)) {
            List<Meter> meters = List.copyOf(registration.apply(registry));
            removals.add(() -> meters.forEach(registry::remove));
        }
        return removals.isEmpty() ? Optional.empty() : Optional.of(() -> removals.forEach(Runnable::run));
    }

    /** Loaded only where Micrometer is. */
    private static final class Chosen {

        /** That of camel-micrometer, else composites, which pass on to the others, else all. */
        static List<MeterRegistry> of(CamelContext camel) {
            MeterRegistry camels = camel.getRegistry().lookupByNameAndType(CAMELS, MeterRegistry.class);
            if (camels != null) {
                return List.of(camels);
            }
            Set<MeterRegistry> all = camel.getRegistry().findByType(MeterRegistry.class);
            List<MeterRegistry> composites = all.stream().filter(CompositeMeterRegistry.class::isInstance).toList();
            return composites.isEmpty() ? List.copyOf(all) : composites;
        }
    }
}
