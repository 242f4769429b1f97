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
package io.github.camelpostal.examples.deliverytracker;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelpostal.sandbox.PostalSandbox;

/** Posts events in any order, as often as wanted, signed with the sandbox's key. */
final class PostedEvents {

    private static final ObjectMapper JSON = new ObjectMapper();
    // as Postal does (protocol 4.3)
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final KeyPair keys;
    final PostalSandbox postal;

    PostedEvents() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        this.keys = generator.generateKeyPair();
        this.postal = PostalSandbox.builder().domain("shop.example").keyPair(keys).start();
    }

    /** @param at the time of the attempt */
    static Map<String, Object> delivery(String event, long id, Instant at) {
        String[] said = switch (event) {
            case "MessageDelayed" -> new String[]{"SoftFail", "452 4.2.2 Mailbox full"};
            case "MessageDeliveryFailed" -> new String[]{"HardFail", "550 5.1.1 No such user here"};
            case "MessageHeld" -> new String[]{"Held", ""};
            default -> new String[]{"Sent", "250 OK"};
        };
        return envelope(event, at.plusMillis(5), Map.of("message", message(id, "outgoing"), "status", said[0], "details", "",
                "output", said[1], "sent_with_ssl", false, "timestamp", seconds(at), "time", 0.1));
    }

    /** @param createdAt the time of the event, cut to seconds by some databases */
    static Map<String, Object> bounce(long id, Instant arrived, Instant createdAt) {
        Map<String, Object> bounce = message(id + 1_000_000, "incoming");
        bounce.put("timestamp", seconds(arrived));
        return envelope("MessageBounced", createdAt, Map.of("original_message", message(id, "outgoing"), "bounce", bounce));
    }

    static Map<String, Object> click(long id, Instant at) {
        return envelope("MessageLinkClicked", at, Map.of("message", message(id, "outgoing"), "url", "https://shop.example/",
                "token", "linktokenlinktok", "ip_address", "192.0.2.1", "user_agent", "test"));
    }

    static Map<String, Object> open(long id, Instant at) {
        return envelope("MessageLoaded", at,
                Map.of("message", message(id, "outgoing"), "ip_address", "192.0.2.1", "user_agent", "test"));
    }

    static Map<String, Object> incoming(String event, long id, Instant at) {
        return envelope(event, at, Map.of("message", message(id, "incoming"), "status", "status", "details", "", "output", "",
                "sent_with_ssl", false, "timestamp", seconds(at), "time", 0.1));
    }

    private static Map<String, Object> envelope(String event, Instant at, Map<String, Object> payload) {
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("event", event);
        envelope.put("timestamp", seconds(at));
        envelope.put("payload", payload);
        envelope.put("uuid", UUID.randomUUID().toString());
        return envelope;
    }

    private static Map<String, Object> message(long id, String direction) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("id", id);
        message.put("token", "tokentokentoken1");
        message.put("direction", direction);
        message.put("message_id", id + "@rp.postal.example.com");
        message.put("to", "zoe@Customer" + id + ".example");
        message.put("from", "shop@shop.example");
        message.put("subject", "News");
        message.put("timestamp", 1_795_000_000.5);
        message.put("spam_status", "NotChecked");
        message.put("tag", "news");
        return message;
    }

    private static double seconds(Instant time) {
        return time.getEpochSecond() + time.getNano() / 1e9;
    }

    /** @return the status of the response */
    int post(URI url, Map<String, Object> event) throws IOException, InterruptedException, GeneralSecurityException {
        byte[] body = JSON.writeValueAsBytes(event);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.getPrivate());
        signature.update(body);
        HttpRequest request = HttpRequest.newBuilder(url).header("Content-Type", "application/json")
                .header("X-Postal-Signature-256", Base64.getEncoder().encodeToString(signature.sign()))
                .header("X-Postal-Signature-Kid", postal.keyId()).POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
        return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
