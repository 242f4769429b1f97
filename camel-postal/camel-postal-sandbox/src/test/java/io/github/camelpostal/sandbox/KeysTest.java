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

import java.net.http.HttpResponse;
import java.security.KeyPair;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The published key is the one that signs. */
class KeysTest {
    private static final String JWKS = "/.well-known/jwks.json";

    private final PostalSandbox postal = PostalSandbox.start();
    private final Client client = new Client(postal);

    @AfterEach
    void stop() {
        postal.close();
    }

    @Test
    void publishesItsKeyInPostalsForm() {
        HttpResponse<String> response = client.send(client.request(JWKS));
        JsonNode recorded = Recording.parse(Recording.of("wellknown", "jwks").responseBody());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(SameShape.differences(recorded, Client.json(response), "n|kid")).isEmpty();
        assertThat(Client.json(response).at("/keys/0/kid").asText()).isEqualTo(postal.keyId());
    }

    @Test
    void saysThatTheKeyIsUnchanged() {
        String etag = client.send(client.request(JWKS)).headers().firstValue("ETag").orElseThrow();

        assertThat(client.send(client.request(JWKS).header("If-None-Match", etag)).statusCode()).isEqualTo(304);
    }

    @Test
    void canBeAwayForAWhile() {
        postal.withholdKeys();
        assertThat(client.send(client.request(JWKS)).statusCode()).isEqualTo(503);

        postal.publishKeys();
        assertThat(client.send(client.request(JWKS)).statusCode()).isEqualTo(200);
    }

    @Test
    void signsWithANewKeyAndForgetsTheOldOne() {
        String before = postal.keyId();
        KeyPair pair = Signatures.newPair();
        try (Receiver receiver = new Receiver()) {
            postal.postEventsTo(receiver.url("/"));

            postal.useKey(pair);
            postal.server().dnsError("dns.example");

            assertThat(Signatures.verify(postal, receiver.next())).isTrue();
            assertThat(postal.keyId()).isNotEqualTo(before);
            assertThat(Client.json(client.send(client.request(JWKS))).at("/keys/0/kid").asText()).isEqualTo(postal.keyId());
        }
    }

    @Test
    void usesTheKeyItWasGiven() {
        KeyPair pair = Signatures.newPair();
        try (PostalSandbox fixed = PostalSandbox.builder().keyPair(pair).start();
                PostalSandbox same = PostalSandbox.builder().keyPair(pair).start()) {
            assertThat(fixed.keyId()).isEqualTo(same.keyId());
            assertThat(fixed.publicKeyPem()).startsWith("-----BEGIN PUBLIC KEY-----\n").contains(
                    fixed.publicKeyBase64().substring(0, 64));
        }
    }
}
