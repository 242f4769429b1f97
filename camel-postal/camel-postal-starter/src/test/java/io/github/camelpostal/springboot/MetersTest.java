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

import io.github.camelpostal.testing.Bodies;
import io.github.camelpostal.testing.TestKey;
import io.github.camelpostal.testing.Wire;
import org.junit.jupiter.api.Test;

/** Who looks at Spring Boot's metrics sees the consumer's. */
class MetersTest {

    @Test
    void actuatorShowsTheMetersOfTheConsumer() throws Exception {
        try (BootApp app = BootApp.start(new BootApp.Kept(), "management.endpoints.web.exposure.include=metrics")) {
            byte[] body = Bodies.event("e1");
            Wire.post(app.port(), "/postal", body, TestKey.SHARED.signature(body));

            assertThat(metric(app, "")).contains("camel.postal.webhook.requests", "camel.postal.webhook.verified",
                    "camel.postal.webhook.in.flight", "camel.postal.webhook.age", "camel.postal.webhook.late.results");
            assertThat(metric(app, "/camel.postal.webhook.requests?tag=response:completed&tag=path:/postal"))
                    .contains("\"value\":1.0");
            assertThat(metric(app, "/camel.postal.webhook.requests?tag=response:unverified")).contains("\"value\":0.0");
        }
    }

    private static String metric(BootApp app, String path) throws Exception {
        Wire.Response response = Wire.request(app.port(), "GET", "/actuator/metrics" + path, new byte[0]);
        assertThat(response.status()).isEqualTo(200);
        return response.text();
    }
}
