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
package io.github.camelpostal.springboot;

import org.apache.catalina.connector.Connector;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/**
 * Has Tomcat pass on paths that it would reject with 400 before the {@link PostalFilter} sees them, because Postal bounces the
 * mail then. The filter responds with 503, so that the mistake in the URL can be found without losing mail.
 */
@AutoConfiguration
@ConditionalOnClass({Connector.class, TomcatServletWebServerFactory.class})
public class PostalTomcatAutoConfiguration {

    private static final String RELAXED_PATH = "relaxedPathChars";
    private static final String UNUSUAL_IN_A_PATH = "\"<>[\\]^`{|}";

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> postalTomcatCustomizer() {
        return factory -> factory.addConnectorCustomizers(PostalTomcatAutoConfiguration::relax);
    }

    /** Leaves alone what the application has chosen itself. Escaped slashes stay escaped. */
    private static void relax(Connector connector) {
        Object chosen = connector.getProperty(RELAXED_PATH);
        if (chosen == null || chosen.toString().isEmpty()) {
            connector.setProperty(RELAXED_PATH, UNUSUAL_IN_A_PATH);
        }
        if (EncodedSolidusHandling.REJECT.getValue().equals(connector.getEncodedSolidusHandling())) {
            connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
        }
    }
}
