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

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.camelpostal.ledger.InMemorySendLedger;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** In which registries an operator finds meters: the same for calls, for sending once and for webhooks. */
class MeterRegistriesTest {

    private static final Set<String> EVERY_KIND = Set.of("calls", "send", "webhook");

    private final PostalSandbox postal = PostalSandbox.start();
    private final SimpleMeterRegistry one = new SimpleMeterRegistry();
    private final SimpleMeterRegistry another = new SimpleMeterRegistry();

    @AfterEach
    void stop() {
        postal.close();
    }

    @Test
    void allHaveThemWhereNoneStandsForTheOthers() throws Exception {
        try (CamelApp app = start(Map.of("one", one, "another", another))) {
            assertThat(kinds(one)).isEqualTo(EVERY_KIND);
            assertThat(kinds(another)).isEqualTo(EVERY_KIND);
        }
        assertThat(one.getMeters()).isEmpty();
        assertThat(another.getMeters()).isEmpty();
    }

    @Test
    void aCompositeHasThemAndPassesThemOn() throws Exception {
        CompositeMeterRegistry whole = new CompositeMeterRegistry();
        whole.add(one);
        try (CamelApp app = start(Map.of("whole", whole, "another", another))) {
            assertThat(kinds(whole)).isEqualTo(EVERY_KIND);
            assertThat(kinds(one)).isEqualTo(EVERY_KIND);
            assertThat(another.getMeters()).isEmpty();
        }
        assertThat(whole.getMeters()).isEmpty();
    }

    @Test
    void thatOfCamelMicrometerHasThemAlone() throws Exception {
        try (CamelApp app = start(Map.of("metricsRegistry", one, "whole", new CompositeMeterRegistry(), "another", another))) {
            assertThat(kinds(one)).isEqualTo(EVERY_KIND);
            assertThat(another.getMeters()).isEmpty();
        }
    }

    private static Set<String> kinds(MeterRegistry registry) {
        return registry.getMeters().stream().map(meter -> meter.getId().getName().split("\\.")[2]).collect(Collectors.toSet());
    }

    private CamelApp start(Map<String, MeterRegistry> registries) throws Exception {
        CamelApp app = CamelApp.create();
        registries.forEach(app.context().getRegistry()::bind);
        app.context().getRegistry().bind("ledger", new InMemorySendLedger());
        app.sendTo(postal);
        app.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook").log("${header.CamelPostalEvent}");
                from("direct:send").to("postal:send?sendLedger=#ledger");
            }
        });
        app.context().start();
        return app;
    }
}
