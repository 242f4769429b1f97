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
package io.github.camelpostal.internal.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.camelpostal.PostalConstants;
import org.apache.camel.builder.RouteBuilder;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Once per route, a warning says that a mark against tracking does not do what its author hopes. */
class TrackingWarningsTest extends SendingTestSupport {

    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final Logger logger = (Logger) LogManager.getLogger(TrackingWarnings.class);
    private final AbstractAppender appender = new AbstractAppender("warnings", null, null, true, Property.EMPTY_ARRAY) {
        @Override
        public void append(LogEvent event) {
            if (event.getLevel() == Level.WARN) {
                warnings.add(event.getMessage().getFormattedMessage());
            }
        }
    };

    @BeforeEach
    void listen() throws Exception {
        appender.start();
        logger.addAppender(appender);
        logger.setLevel(Level.WARN); // adding an appender sets it back
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:one").routeId("one").to(ENVELOPE);
                from("direct:two").routeId("two").to(ENVELOPE);
                from("direct:raw").routeId("raw").to("postal:sendRaw");
            }
        });
    }

    @AfterEach
    void stopListening() {
        logger.removeAppender(appender);
        appender.stop();
        logger.setLevel(null);
    }

    @Test
    void aNoTrackLinkIsWarnedAboutOncePerRoute() {
        sent("direct:one", "see https+notrack://x.test/");
        sent("direct:one", "see https+notrack://x.test/");
        assertThat(warnings).singleElement().asString().contains("route one", "+notrack").doesNotContain("x.test");
        sent("direct:two", "see http+notrack://x.test/");
        assertThat(warnings).hasSize(2);
    }

    @Test
    void xAmpSkipIsWarnedAboutInBothOperations() {
        sent("direct:one", "x", PostalConstants.HEADERS, Map.of("x-amp", "skip"));
        sent("direct:raw", "From: a@x.test\nTo: b@x.test\nX-AMP: skip\n\nx");
        assertThat(warnings).hasSize(2).allMatch(warning -> warning.contains("X-AMP"));
    }

    @Test
    void anOrdinaryMailIsNot() {
        sent("direct:one", "see https://x.test/");
        assertThat(warnings).isEmpty();
    }
}
