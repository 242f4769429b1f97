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

import io.github.camelpostal.PostalComponent;
import io.github.camelpostal.PostalConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.jspecify.annotations.Nullable;

/** Whether the application names a Postal of its own, on the component or in the URI of a route. */
final class ConfiguredPostal {

    private static final Pattern NAMES_A_POSTAL = Pattern.compile("[?&](serverUrl|apiKey|publicKey|server)=");

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
        return model != null && model.getRouteDefinitions().stream().anyMatch(this::namesAPostal);
    }

    private boolean namesAPostal(RouteDefinition route) {
        Collection<?> steps = ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ProcessorDefinition.class);
        return namesAPostal(route.getInput()) || steps.stream().anyMatch(this::namesAPostal);
    }

    private boolean namesAPostal(Object node) {
        if (!(node instanceof EndpointRequiredDefinition && node instanceof NamedNode)) {
            return false;
        }
        String uri = ((EndpointRequiredDefinition) node).getEndpointUri();
        return uri != null && uri.startsWith("postal:") && NAMES_A_POSTAL.matcher(uri).find();
    }

    private static boolean isSet(@Nullable String value) {
        return value != null && !value.isBlank();
    }
}
