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
package io.github.camelpostal.sandbox.dev;

import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.camelpostal.PostalComponent;
import io.github.camelpostal.PostalConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Whether the application names a Postal of its own, on the component or in the URI of a route. In doubt it does: the log must
 * not say that no mail leaves this machine when one does.
 */
final class ConfiguredPostal {

    private static final Pattern NAMES_A_POSTAL = Pattern.compile("postal:[^,]*?[?&](serverUrl|apiKey|publicKey|server)="
            + "|kamelet:postal-"); // the Kamelets need a serverUrl

    private final CamelContext context;
    private final PostalComponent component;

    ConfiguredPostal(CamelContext context, PostalComponent component) {
        this.context = context;
        this.component = component;
    }

    boolean isPresent() {
        PostalConfiguration configuration = component.getConfiguration();
        return isSet(configuration.getServerUrl()) || isSet(configuration.getApiKey()) || isSet(configuration.getPublicKey())
                || !component.getServers().isEmpty() || isInARoute();
    }

    private boolean isInARoute() {
        Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
        return model != null && Stream.concat(model.getRouteDefinitions().stream(),
                model.getRouteTemplateDefinitions().stream().map(RouteTemplateDefinition::getRoute))
                .anyMatch(this::namesAPostal);
    }

    private boolean namesAPostal(RouteDefinition route) {
        Collection<?> steps = ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ProcessorDefinition.class);
        return Stream.concat(Stream.of(route.getInput()), steps.stream()).map(ConfiguredPostal::uri)
                .anyMatch(uri -> uri != null && NAMES_A_POSTAL.matcher(resolved(uri)).find());
    }

    /** The URI of a step, or the expression that makes it. */
    private static @Nullable String uri(@Nullable Object step) {
        if (step instanceof EndpointRequiredDefinition endpoint) {
            return endpoint.getEndpointUri();
        }
        if (step instanceof ToDynamicDefinition dynamic) {
            return dynamic.getUri();
        }
        return step instanceof ExpressionNode computed && computed.getExpression() != null
                ? computed.getExpression().toString()
                : null;
    }

    private String resolved(String uri) {
        try {
            return context.resolvePropertyPlaceholders(uri);
        } catch (RuntimeException e) {
            return uri; // the parameter of a template, or a property that is missing, which the start will say
        }
    }

    private static boolean isSet(@Nullable String value) {
        return value != null && !value.isBlank();
    }
}
