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

import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.github.camelpostal.suppression.PostalSuppressionList;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;

/** A page for people: rates, a chart, what was not sent, alarms. Only numbers and tags, and all of them escaped. */
class ReportRoutes extends RouteBuilder {

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'")
            .withZone(ZoneOffset.UTC);
    private static final Duration STALE = Duration.ofMinutes(5);

    private final TrackerClock clock;
    private final Duration period;
    private final PostalSuppressionList suppressions;
    private final Template page;

    ReportRoutes(TrackerClock clock, Duration period, PostalSuppressionList suppressions) {
        this.clock = clock;
        this.period = period;
        this.suppressions = suppressions;
        this.page = Mustache.compiler().escapeHTML(true).withFormatter(ReportRoutes::text).compile(new InputStreamReader(
                ReportRoutes.class.getResourceAsStream("/report.html"), StandardCharsets.UTF_8));
    }

    @Override
    public void configure() {
        from("platform-http:/report?httpMethodRestrict=GET").routeId("report")
                .removeHeaders("*") // what a stranger sends is no parameter of ours
                .setHeader("now", clock::now)
                .setHeader("since", () -> clock.now().minus(period))
                .setHeader("stale", () -> clock.now().minus(STALE))
                .to("sql:classpath:sql/report-states.sql?outputHeader=states")
                .to("sql:classpath:sql/report-reasons.sql?outputHeader=reasons")
                .to("sql:classpath:sql/report-numbers.sql?outputHeader=numbers&outputType=SelectOne")
                .to("sql:classpath:sql/report-alarms.sql?outputHeader=alarms")
                .to("sql:classpath:sql/report-pauses.sql?outputHeader=pauses")
                .setBody(this::render)
                .removeHeaders("*")
                .setHeader(Exchange.CONTENT_TYPE, constant("text/html; charset=utf-8"))
                .setHeader("Content-Security-Policy", constant("default-src 'none'; style-src 'unsafe-inline'"));
    }

    @SuppressWarnings("unchecked")
    private Object render(Exchange exchange) {
        Message found = exchange.getMessage();
        Report report = Report.of(found.getHeader("states", List.class));
        List<?> pauses = found.getHeader("pauses", List.class);
        Map<String, Object> values = new HashMap<>();
        values.put("server", getContext().resolvePropertyPlaceholders("{{tracker.server}}"));
        values.put("days", period.toDays());
        values.put("now", found.getHeader("now"));
        values.put("rates", report.rates());
        values.put("tags", report.tags());
        values.put("states", Arrays.stream(State.values()).map(State::value).toList());
        values.put("reasons", found.getHeader("reasons"));
        values.put("suppressed", suppressions.size());
        values.put("numbers", found.getHeader("numbers"));
        values.put("alarms", found.getHeader("alarms"));
        values.put("pauses", pauses);
        values.put("paused", !pauses.isEmpty());
        return page.execute(values);
    }

    /** Drivers do not agree about the type of a time with a zone. */
    private static String text(Object value) {
        if (value instanceof OffsetDateTime time) {
            return MINUTE.format(time.toInstant());
        }
        return value instanceof Timestamp time ? MINUTE.format(time.toInstant()) : String.valueOf(value);
    }
}
