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
package io.github.camelpostal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each event that a real Postal sent has its like here: members, order, types and nulls (protocol 5). */
class RecordedEventsTest {
    private PostalSandbox postal;
    private Receiver webhook;
    private Receiver endpoint;

    @BeforeEach
    void start() {
        postal = PostalSandbox.builder().keyPair(Signatures.PAIR).domain("acme.example")
                .holdingApiKey("HoldingKeyNotASecret0000").start();
        webhook = new Receiver();
        endpoint = new Receiver();
        postal.postEventsTo(webhook.url("/postal/webhook?source=postal"));
        postal.routeTo("support@acme.example", endpoint.url("/postal/incoming"));
    }

    @AfterEach
    void stop() {
        postal.close();
        webhook.close();
        endpoint.close();
    }

    @ParameterizedTest
    @MethodSource("all")
    void tellsWhatPostalTold(Recording recording) {
        JsonNode recorded = Recording.parse(new String(recording.requestBody(), StandardCharsets.UTF_8));
        cause(recording.name(), recorded);

        JsonNode actual = eventNamed(recorded.path("event").asText());

        assertThat(SameShape.differences(recorded, actual, "to|from|subject|output|url|domain")).as(recording.name()).isEmpty();
    }

    static List<Recording> all() {
        return Recording.all("webhooks");
    }

    private JsonNode eventNamed(String name) {
        JsonNode event = webhook.next().json();
        while (!event.path("event").asText().equals(name)) {
            event = webhook.next().json();
        }
        return event;
    }

    private void cause(String name, JsonNode recorded) {
        String tag = recorded.at("/payload/message/tag").asText(recorded.at("/payload/original_message/tag").asText(null));
        if (name.startsWith("incoming-")) {
            causeByInbound(name);
        } else if (name.startsWith("DomainDNSError")) {
            if (name.endsWith("invalid")) {
                postal.server().invalidDns("dns.example");
            } else {
                postal.server().dnsError("dns.example");
            }
        } else if (name.startsWith("SendLimit")) {
            postal.server().sendLimitApproaching(135, 5);
        } else if (name.startsWith("MessageLinkClicked")) {
            postal.server().click(send("delivered", tag), "https://shop.example/plain?z=1");
        } else if (name.startsWith("MessageLoaded")) {
            postal.server().open(send("delivered", tag));
        } else if (name.startsWith("MessageHeld-suppression")) {
            for (int i = 1; i <= 3; i++) {
                send("hardfail", tag);
                postal.sent().withStatus(i < 3 ? "HardFail" : "Held").await(i < 3 ? i : 1);
            }
        } else if (name.endsWith("norcpt")) {
            send("", tag);
        } else {
            send(switch (recorded.path("event").asText()) {
                case "MessageBounced" -> "bounced";
                case "MessageDelayed" -> "softfail";
                case "MessageDeliveryFailed" -> "hardfail";
                case "MessageHeld" -> "held";
                default -> "delivered";
            }, tag);
        }
    }

    private void causeByInbound(String name) {
        if (name.endsWith("rp1")) {
            postal.receive(null, postal.server().returnPath(),
                    "Subject: Undelivered\nMessage-ID: <a@b>\n\nno token\n".getBytes());
            return;
        }
        if (name.endsWith("mode-bounce")) {
            postal.server().route(Route.of("support@acme.example", Route.Mode.BOUNCE));
        }
        String status = name.replaceAll(".*endpoint-s(\\d+)|.*", "$1");
        endpoint.respond(status.isEmpty() ? 200 : Integer.parseInt(status), "capture says".getBytes());
        postal.receive("alice@sender.test", "support@acme.example", "Subject: s\nMessage-ID: <a@b>\n\nx\n".getBytes());
    }

    private long send(String localPart, String tag) {
        String to = localPart.isEmpty() ? "" : localPart + "@rcpt.test";
        new Client(postal).call("/api/v1/send/message", "{'to':['" + to + "'],'from':'me@acme.example','subject':'s',"
                + "'plain_body':'b'" + (tag == null ? "" : ",'tag':'" + tag + "'") + "}");
        return postal.sent().get(0).id();
    }
}
