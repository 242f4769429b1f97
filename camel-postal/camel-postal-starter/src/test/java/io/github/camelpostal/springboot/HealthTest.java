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

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpostal.testing.Wire;
import org.junit.jupiter.api.Test;

/** Who looks at Spring Boot's health sees the consumer's. */
class HealthTest {

    @Test
    void actuatorShowsTheChecksOfTheConsumer() throws Exception {
        try (BootApp app = BootApp.start(new BootApp.Kept(), "management.endpoint.health.show-details=always",
                "camel.health.exposure-level=full")) {
            Wire.Response response = Wire.request(app.port(), "GET", "/actuator/health", new byte[0]);

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.text()).contains("consumer:postal-/postal").contains("\"UP\"");
        }
    }
}
