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

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import io.github.camelpostal.PostalComponent;
import org.apache.camel.CamelContext;

/** What the application's properties say about its profile and about the sandbox. */
final class DevSettings {

    private static final Set<String> PROFILES = Set.of("dev", "test");
    private static final String DOMAINS = "camel.postal.dev.domains";
    private static final String ROUTES = "camel.postal.dev.routes";
    static final Set<String> DEFAULT_DOMAINS = Set.of("example.com", "example.org", "example.net");
    private static final String ENABLED = "camel.postal.dev.enabled";

    private final CamelContext context;

    DevSettings(CamelContext context) {
        this.context = context;
    }

    boolean isEnabled() {
        boolean enabled = property(ENABLED).map(value -> !value.equalsIgnoreCase("false")).orElse(true);
        return enabled && (isCamelProfile() || isSpringProfile() || isQuarkusMode());
    }

    /**
     * The domains from which mail may be sent, and whose mail reaches the application: those of {@code camel.postal.dev.domains},
     * and that of the component's option {@code from}. Empty if neither is set; the sandbox has example.com and its like then.
     */
    Set<String> domains(PostalComponent component) {
        Set<String> domains = new LinkedHashSet<>();
        property(DOMAINS).ifPresent(list -> domains.addAll(elements(list)));
        Optional.ofNullable(component.getConfiguration().getFrom()).map(this::resolved).ifPresent(from -> {
            int at = from.lastIndexOf('@');
            domains.add(from.substring(at + 1).replaceFirst("[>\\s].*", ""));
        });
        return domains;
    }

    /**
     * The addresses whose mail reaches the application: {@code camel.postal.dev.routes}, such as {@code support@example.com}; all
     * addresses of the domains if that is not set.
     */
    List<String> routes(PostalComponent component) {
        Optional<String> configured = property(ROUTES);
        if (configured.isPresent()) {
            return elements(configured.get());
        }
        Set<String> domains = domains(component);
        return (domains.isEmpty() ? DEFAULT_DOMAINS : domains).stream().map(domain -> "*@" + domain).toList();
    }

    private static List<String> elements(String list) {
        return Arrays.stream(list.split(",")).map(String::strip).filter(element -> !element.isEmpty()).toList();
    }

    private String resolved(String text) {
        return context.resolvePropertyPlaceholders(text);
    }

    private boolean isCamelProfile() {
        String profile = context.getCamelContextExtension().getProfile();
        return profile != null && isDevelopment(profile)
                || property("camel.main.profile").filter(this::isDevelopment).isPresent();
    }

    private boolean isSpringProfile() {
        return property("spring.profiles.active").stream().flatMap(list -> Arrays.stream(list.split(",")))
                .anyMatch(this::isDevelopment);
    }

    private boolean isQuarkusMode() {
        QuarkusMode mode = QuarkusMode.of(context);
        return mode == QuarkusMode.DEVELOPMENT || mode == QuarkusMode.TEST;
    }

    private boolean isDevelopment(String profile) {
        return PROFILES.contains(profile.strip().toLowerCase(Locale.ROOT));
    }

    private Optional<String> property(String name) {
        return context.getPropertiesComponent().resolveProperty(name).filter(value -> !value.isBlank());
    }
}
