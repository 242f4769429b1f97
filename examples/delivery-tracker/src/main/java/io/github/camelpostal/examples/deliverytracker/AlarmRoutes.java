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

import io.github.camelpostal.payload.PostalEvent;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;

/** A DNS error and a send limit call somebody, and stop the sending for a while. It goes on by itself, or by hand. */
class AlarmRoutes extends RouteBuilder {

    private final Alarm.Rules rules;
    private final TrackerClock clock;

    AlarmRoutes(Alarm.Rules rules, TrackerClock clock) {
        this.rules = rules;
        this.clock = clock;
    }

    @Override
    public void configure() {
        from("direct:alarm").routeId("alarm")
                .setBody(exchange -> rules.of(exchange.getMessage().getBody(PostalEvent.class)))
                .setProperty("alarm", body())
                .filter(simple("${body.pausesSending}"))
                .setBody(exchange -> pauseOf(exchange.getProperty("alarm", Alarm.class)))
                .to("direct:pause")
                .end()
                .setBody(exchange -> exchange.getProperty("alarm", Alarm.class).row())
                .to("sql:classpath:sql/record-alarm.sql?noop=true")
                .setBody(simple("${body[kind]}: ${body[text]}"))
                .to("{{tracker.alarm}}");

        from("direct:pause").routeId("pause")
                .log(LoggingLevel.WARN, "Sending pauses until ${body[paused_until]}, because of: ${body[cause]}")
                .to("sql:classpath:sql/pause.sql?noop=true");

        // With this content type no page in somebody's browser can send it without asking first.
        from("platform-http:/resume?httpMethodRestrict=POST&consumes=application/json").routeId("resume")
                .to("sql:DELETE FROM sending_pause WHERE server = :#${properties:tracker.server}")
                .log("Sending goes on, by hand")
                .removeHeaders("*")
                .setBody(constant("Sending goes on\n"))
                .setHeader("Content-Type", constant("text/plain"));
    }

    private Object pauseOf(Alarm alarm) {
        return clock.pause(alarm.cause(), alarm.pause());
    }
}
