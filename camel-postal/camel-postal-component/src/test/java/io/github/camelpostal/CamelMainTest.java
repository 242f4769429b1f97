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
package io.github.camelpostal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.camelpostal.testing.FreePort;
import io.github.camelpostal.testing.Recording;
import io.github.camelpostal.testing.Wire;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;

/** With Camel's own main and its HTTP server, which listens long before the routes are made. */
class CamelMainTest {

    @Test
    void receivesWhatPostalPostsAndNeverRespondsWith404FromTheFirstMomentOn() throws Exception {
        List<Integer> seen = new CopyOnWriteArrayList<>();
        AtomicBoolean enough = new AtomicBoolean();
        int port = FreePort.find();
        Recording recording = Recording.of("webhooks/MessageSent-sent");
        Thread postal = new Thread(() -> {
            while (!enough.get()) {
                try {
                    seen.add(Wire.send(port, "/postal", recording).status());
                } catch (IOException notListening) {
                    Thread.onSpinWait();
                }
            }
        });
        Main main = new Main();
        try {
            main.addInitialProperty("camel.server.enabled", "true");
            main.addInitialProperty("camel.server.port", String.valueOf(port));
            main.addInitialProperty("camel.component.postal.public-key",
                    "classpath:recordings/wellknown/signing-public-key.pem");
            main.configure().addRoutesBuilder(new RouteBuilder() {
                @Override
                public void configure() {
                    from("postal:webhook").to("mock:end");
                }
            });
            postal.start();
            main.start();
            await().until(() -> seen.contains(200));
        } finally {
            main.stop();
            enough.set(true);
            postal.join();
        }
        assertThat(seen).allMatch(status -> status == 200 || status == 503);
    }
}
