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

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import io.github.camelpostal.payload.DeliveryEvent;
import io.github.camelpostal.payload.FailureReason;
import io.github.camelpostal.testing.Bodies;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** A route learns why a mail was not delivered. */
class FailureReasonsInRoutesTest {

    @Test
    void aFailedMailSaysWhyInHeadersAndInTheEvent() throws Exception {
        Exchange exchange = routed(event("MessageDeliveryFailed", "outgoing", "HardFail", "550 5.1.1 No such user here"));

        assertThat(exchange.getMessage().getHeader(PostalConstants.REASON)).isEqualTo("unknown-user");
        assertThat(exchange.getMessage().getHeader(PostalConstants.REASON_SIDE)).isEqualTo("mailbox");
        assertThat(exchange.getMessage().getHeader(PostalConstants.PERMANENT)).isEqualTo(true);
        assertThat(exchange.getMessage().getBody(DeliveryEvent.class).reason()).map(FailureReason::category)
                .contains(FailureReason.Category.UNKNOWN_USER);
    }

    @Test
    void whatIsNoFailureOfOutgoingMailHasNoReason() throws Exception {
        assertNoReason(event("MessageSent", "outgoing", "Sent", "250 ok"));
        // what our own endpoint said about a mail that came in
        assertNoReason(event("MessageDelayed", "incoming", "SoftFail", "550 5.1.1 No such user here"));
    }

    private static void assertNoReason(byte[] event) throws Exception {
        assertThat(routed(event).getMessage().getHeaders()).doesNotContainKeys(PostalConstants.REASON,
                PostalConstants.REASON_SIDE, PostalConstants.PERMANENT);
    }

    private static Exchange routed(byte[] event) throws Exception {
        try (WebhookApp app = WebhookApp.start()) {
            assertThat(app.post(event).status()).isEqualTo(200);
            return app.routed().poll(60, TimeUnit.SECONDS);
        }
    }

    private static byte[] event(String name, String direction, String status, String output) {
        return new String(Bodies.event("e1", name, direction), StandardCharsets.UTF_8)
                .replace("\"status\":\"Sent\"", "\"status\":\"" + status + "\"")
                .replace("\"output\":\"\"", "\"output\":\"" + output + "\"").getBytes(StandardCharsets.UTF_8);
    }
}
