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

import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.ClassUtils;

/**
 * The sandbox brings a Mustache engine for its own pages. Spring Boot would take it for the application's, and warn that there is
 * no folder with templates. What the application says itself wins.
 */
final class SandboxTemplateDefaults implements EnvironmentPostProcessor {

    private static final String SANDBOX = "io.github.camelpostal.sandbox.PostalSandbox";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (ClassUtils.isPresent(SANDBOX, application.getClassLoader())) {
            environment.getPropertySources().addLast(
                    new MapPropertySource("postalSandboxDefaults", Map.of("spring.mustache.check-template-location", "false")));
        }
    }
}
