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

import java.util.List;

import io.github.camelpostal.testing.Bodies;
import io.github.camelpostal.testing.LogCapture;
import io.github.camelpostal.testing.Wire;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Mail that a consumer refuses waits or bounces: whoever looks for it finds in the log why, and what to change. */
class RefusalsInTheLogTest {

    private static final String SIGNED = "X-Postal-Signature: x";

    @Test
    void nameTheOptionsOfMissingCredentialsOnceInAWhile() throws Exception {
        try (LogCapture log = new LogCapture();
                WebhookApp app = WebhookApp.start("&webhookUsername=postal&webhookPassword=secret", exchange -> {
                })) {
            assertThat(Wire.post(app.port(), "/postal", Bodies.event("e1"), SIGNED).status()).isEqualTo(503);
            assertThat(Wire.post(app.port(), "/postal", Bodies.event("e2"), SIGNED).status()).isEqualTo(503);

            assertThat(theWarning(log)).contains("webhookUsername", "webhookPassword", "URLs").doesNotContain("secret");
        }
    }

    @Test
    void nameTheLimitThatAMailWasTooLargeFor() throws Exception {
        try (LogCapture log = new LogCapture(); WebhookApp app = WebhookApp.start("&maxBodySize=1000", exchange -> {
        })) {
            assertThat(Wire.post(app.port(), "/postal", new byte[1001], SIGNED).status()).isEqualTo(413);

            assertThat(theWarning(log)).contains("413", "maxBodySize, 1000 bytes", "bounces");
        }
    }

    @Test
    void nameThePathThatPostalWritesTooLong() throws Exception {
        try (LogCapture log = new LogCapture(); WebhookApp app = WebhookApp.start()) {
            assertThat(Wire.post(app.port(), "/postal/billing", Bodies.event("e1"), SIGNED).status()).isEqualTo(503);

            assertThat(theWarning(log)).contains("nobody listens", "postal:webhook");
        }
    }

    @Test
    void sayOfAForgottenKeyThatItHasToBeReplaced() throws Exception {
        try (LogCapture log = new LogCapture(); WebhookApp app = WebhookApp.start()) {
            assertThat(Wire.post(app.port(), "/postal", Bodies.event("e1"), SIGNED).status()).isEqualTo(503);

            assertThat(theWarning(log)).contains("publicKey", "replaced");
        }
    }

    private static String theWarning(LogCapture log) {
        Awaitility.await().until(() -> !refusals(log).isEmpty());
        assertThat(refusals(log)).hasSize(1);
        return refusals(log).get(0);
    }

    private static List<String> refusals(LogCapture log) {
        return log.lines().stream().filter(line -> line.startsWith("WARN"))
                .filter(line -> line.contains("refuses a request") || line.contains("nobody listens")).toList();
    }
}
