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
package io.github.camelpostal.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpostal.sandbox.PostalSandboxExtension;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.endpoint.EndpointRouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Routes that are written with the generated builders send as routes with URIs do. */
class TypeSafeRoutesTest {

    @RegisterExtension
    static final PostalSandboxExtension POSTAL = new PostalSandboxExtension();

    /** A route of a user. */
    static final class WelcomeRoute extends EndpointRouteBuilder implements PostalEndpointBuilderFactory.PostalBuilders {

        @Override
        public void configure() {
            from(direct("welcome"))
                    .setHeader(postal().postalTo(), constant("ann@example.org"))
                    .setHeader(postal().postalSubject(), constant("Welcome"))
                    .to(postal("send").from("shop@example.com"));
        }
    }

    @Test
    void sendsWithTheGeneratedBuilders() throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            PostalComponentBuilderFactory.postal()
                    .serverUrl(POSTAL.sandbox().url().toString())
                    .apiKey(POSTAL.sandbox().apiKey())
                    .register(context, "postal");
            context.addRoutes(new WelcomeRoute());
            context.start();

            context.createFluentProducerTemplate().to("direct:welcome").withBody("Good to have you here.").send();
        }
        assertThat(POSTAL.sandbox().sent().only().subject()).isEqualTo("Welcome");
    }
}
