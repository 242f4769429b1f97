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
package io.github.camelpostal.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import io.github.camelpostal.RealClient;
import io.github.camelpostal.api.PostalMessage;
import io.github.camelpostal.testing.LogCapture;
import io.github.camelpostal.testing.ScriptedServer;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** HttpClient's DEBUG log of headers, which people switch on to see why a call fails, does not show the API key. */
class ApiKeyInLogsTest {

    private static final String HEADERS = "org.apache.hc.client5.http.headers";

    @AfterEach
    void quiet() {
        Configurator.setLevel(HEADERS, (Level) null);
    }

    @Test
    void theKeyIsHiddenInTheLogOfHeadersAndStillSent() throws Exception {
        try (ScriptedServer server = ScriptedServer.responding(
                "{\"status\":\"success\",\"data\":{\"message_id\":\"m@x\",\"messages\":{\"b@x\":{\"id\":1,\"token\":\"t\"}}}}");
                LogCapture log = new LogCapture();
                RealClient real = RealClient.of(server.url())) {
            Configurator.setLevel(HEADERS, Level.DEBUG);

            real.client().sendMessage(
                    PostalMessage.builder().from("a@acme.example").to("b@rcpt.test").plainBody("Hello").build());

            List<String> shown = log.lines().stream().filter(line -> line.contains(HEADERS)).toList();
            assertThat(shown).anyMatch(line -> line.contains("X-Server-API-Key"));
            assertThat(log.lines()).noneMatch(line -> line.contains(RealClient.KEY));
            assertThat(server.onlyRequest().header("x-server-api-key")).isEqualTo(RealClient.KEY);
        }
    }
}
