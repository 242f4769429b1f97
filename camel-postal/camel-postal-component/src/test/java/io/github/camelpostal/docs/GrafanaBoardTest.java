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
package io.github.camelpostal.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelpostal.CamelApp;
import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.ledger.InMemorySendLedger;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.suppression.InMemorySuppressionList;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** The board asks for what a running application really has: every metric, label and value of every query. */
class GrafanaBoardTest {

    private static final Path BOARD = Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize()
            .resolve("../../src/docs/grafana/camel-postal.json");
    private static final Pattern SERIES = Pattern.compile("\\b([a-z]+(?:_[a-z]+)+)(?:\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~|!=|!~|=)\"([^\"]*)\"");
    private static final Pattern BY = Pattern.compile("by \\(([^)]*)\\)");
    private static final Pattern VARIABLE = Pattern.compile("label_values\\((.*), (\\w+)\\)");
    private static final Set<String> FUNCTIONS = Set.of("label_values");

    private final JsonNode board;

    GrafanaBoardTest() throws Exception {
        board = new ObjectMapper().readTree(BOARD.toFile());
    }

    @Test
    void everyQueryFindsItsMetersItsTagsAndTheirValues() throws Exception {
        Map<String, List<Map<String, String>>> scraped = scraped();
        assertThat(queries()).hasSizeGreaterThan(15);
        for (String query : queries()) {
            List<MatchResult> series = series(query);
            assertThat(series).as(query).isNotEmpty();
            for (MatchResult one : series) {
                assertThat(scraped).as(query).containsKey(one.group(1));
                resolves(one.group(2), scraped.get(one.group(1)), query);
                BY.matcher(query).results().flatMap(by -> Stream.of(by.group(1).split(", *")))
                        .forEach(label -> hasLabel(scraped.get(one.group(1)), label, query));
            }
        }
    }

    @Test
    void everyVariableFindsValues() throws Exception {
        Map<String, List<Map<String, String>>> scraped = scraped();
        List<String> variables = new ArrayList<>();
        board.at("/templating/list").forEach(variable -> variables.add(variable.at("/query/query").asText()));
        variables.removeIf(String::isEmpty); // the data source
        assertThat(variables).hasSize(3).allSatisfy(query -> {
            MatchResult variable = VARIABLE.matcher(query).results().findFirst().orElseThrow();
            MatchResult one = series(variable.group(1)).get(0);
            resolves(one.group(2), scraped.get(one.group(1)), query);
            hasLabel(scraped.get(one.group(1)), variable.group(2), query);
        });
    }

    @Test
    void everyMeterOfOursIsOnTheBoard() throws Exception {
        Set<String> asked = new HashSet<>();
        queries().forEach(query -> series(query).forEach(one -> asked.add(one.group(1))));

        assertThat(scraped().keySet()).filteredOn(name -> name.startsWith("camel_postal_"))
                .filteredOn(name -> !name.endsWith("_max")).hasSize(13).allSatisfy(name -> assertThat(asked).contains(name));
    }

    @Test
    void thePageNamesEveryMeter() throws Exception {
        String page = Files.readString(BOARD.resolve("../../observability.md").normalize());
        Set<String> meters = new HashSet<>();
        observed(registry -> registry.getMeters().forEach(meter -> meters.add(meter.getId().getName())));
        assertThat(meters).hasSize(12).allSatisfy(name -> assertThat(page).contains("| `" + name + "` |"));
    }

    private List<String> queries() {
        List<String> queries = new ArrayList<>();
        board.path("panels")
                .forEach(panel -> panel.path("targets").forEach(target -> queries.add(target.path("expr").asText())));
        return queries;
    }

    private static List<MatchResult> series(String query) {
        return SERIES.matcher(query).results().filter(one -> !FUNCTIONS.contains(one.group(1)))
                .filter(one -> one.group(1).startsWith("camel_")).toList();
    }

    /** A matcher for a variable needs the label; another one needs the values, too, that it names. */
    private static void resolves(String matchers, List<Map<String, String>> samples, String query) {
        MATCHER.matcher(matchers == null ? "" : matchers).results().forEach(matcher -> {
            hasLabel(samples, matcher.group(1), query);
            if (!matcher.group(3).startsWith("$")) {
                assertThat(samples).as(query).extracting(labels -> labels.get(matcher.group(1)))
                        .contains(matcher.group(3).split("\\|"));
            }
        });
    }

    private static void hasLabel(List<Map<String, String>> samples, String label, String query) {
        assertThat(samples).as(query).allSatisfy(labels -> assertThat(labels).containsKey(label));
    }

    /** What Prometheus would get of an application that sends and receives: from metric to the labels of its samples. */
    private static Map<String, List<Map<String, String>>> scraped() throws Exception {
        Map<String, List<Map<String, String>>> samples = new HashMap<>();
        observed(registry -> samples.putAll(samples(registry.scrape())));
        return samples;
    }

    private static void observed(Consumer<PrometheusMeterRegistry> look) throws Exception {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (PostalSandbox postal = PostalSandbox.builder().domain("acme.example").start(); CamelApp app = CamelApp.create()) {
            app.context().getRegistry().bind("meters", registry);
            app.context().getRegistry().bind("ledger", new InMemorySendLedger());
            app.context().getRegistry().bind("suppressions", new InMemorySuppressionList());
            app.sendTo(postal);
            app.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("postal:webhook?suppressionList=#suppressions").log("${header.CamelPostalEvent}");
                    from("direct:send").to("postal:send?from=shop@acme.example&subject=Order&sendLedger=#ledger");
                }
            });
            app.context().start();
            postal.postEventsTo(URI.create("http://127.0.0.1:" + app.port() + "/postal"));
            app.context().createProducerTemplate().sendBodyAndHeaders("direct:send", "Hello",
                    Map.of(PostalConstants.TO, "to@rcpt.test", PostalConstants.IDEMPOTENCY_KEY, "order-1"));
            await().atMost(Duration.ofSeconds(60)).until(
                    () -> registry.get("camel.postal.webhook.age").functionTimer().count(), count -> count > 0);
            look.accept(registry);
        }
    }

    private static Map<String, List<Map<String, String>>> samples(String scrape) {
        Map<String, List<Map<String, String>>> samples = new HashMap<>();
        for (String line : scrape.split("\n")) {
            if (!line.startsWith("#") && !line.isBlank()) {
                MatchResult sample = Pattern.compile("^(\\w+)(?:\\{(.*)})? ").matcher(line).results().findFirst().orElseThrow();
                Map<String, String> labels = new HashMap<>();
                MATCHER.matcher(sample.group(2) == null ? "" : sample.group(2)).results()
                        .forEach(label -> labels.put(label.group(1), label.group(3)));
                samples.computeIfAbsent(sample.group(1), name -> new ArrayList<>()).add(labels);
            }
        }
        return samples;
    }
}
