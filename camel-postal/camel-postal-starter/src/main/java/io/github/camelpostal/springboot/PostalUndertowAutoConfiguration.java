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

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.web.embedded.undertow.UndertowServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

/** Has Undertow pass on bodies of any size: those of our paths have {@code maxBodySize} as their limit. */
@AutoConfiguration
@ConditionalOnClass({Undertow.class, UndertowServletWebServerFactory.class})
public class PostalUndertowAutoConfiguration {

    private static final String LIMIT = "server.undertow.max-http-post-size";

    @Bean
    WebServerFactoryCustomizer<UndertowServletWebServerFactory> postalUndertowCustomizer(Environment environment) {
        DataSize configured = environment.getProperty(LIMIT, DataSize.class);
        long limit = configured == null || configured.toBytes() <= 0
                ? UndertowOptions.DEFAULT_MAX_ENTITY_SIZE
                : configured.toBytes();
        return factory -> factory.addBuilderCustomizers(server -> UndertowBodyLimit.lift(server, limit));
    }
}
