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

import java.util.List;
import java.util.Optional;

import org.apache.camel.CamelContext;

/** Where the application's HTTP server listens, as its properties say: Spring Boot's, Quarkus' or Camel Main's. */
final class HttpAddress {

    private static final int DEFAULT_PORT = 8080;
    private static final String QUARKUS_TEST_PORT = "quarkus.http.test-port";
    private static final int DEFAULT_QUARKUS_TEST_PORT = 8081;
    private static final List<String> PORTS = List.of("local.server.port", "quarkus.http.actual-port", "camel.server.port",
            "server.port",
            "quarkus.http.port");
    private static final List<String> PREFIXES = List.of("server.servlet.context-path", "quarkus.http.root-path",
            "camel.server.path");

    private final CamelContext context;

    HttpAddress(CamelContext context) {
        this.context = context;
    }

    int port() {
        if (QuarkusMode.of(context) == QuarkusMode.TEST) { // has its own port, which is not open yet when Camel starts
            return first(List.of(QUARKUS_TEST_PORT)).map(Integer::parseInt).orElse(DEFAULT_QUARKUS_TEST_PORT);
        }
        return first(PORTS).map(Integer::parseInt).orElse(DEFAULT_PORT);
    }

    /** What stands before every path; empty, or without a slash at its end. */
    String prefix() {
        return first(PREFIXES).map(prefix -> prefix.replaceFirst("/+$", "")).orElse("");
    }

    private Optional<String> first(List<String> names) {
        return names.stream()
                .flatMap(name -> context.getPropertiesComponent().resolveProperty(name).stream())
                .filter(value -> !value.isBlank())
                .findFirst();
    }
}
