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
package io.github.camelpostal.sandbox.internal.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Map;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** The forms of the recorded Postal's public key come out exactly as Postal showed them. */
class SigningKeyTest {

    @Test
    void showsTheRecordedKeyAsPostalDid() throws Exception {
        String pem = resource("signing-public-key.pem");
        JsonNode jwks = new ObjectMapper().readTree(
                new ObjectMapper().readTree(resource("jwks.json")).at("/response/body").asText());

        SigningKey key = new SigningKey(new KeyPair(publicKey(pem), null));

        assertThat(key.pem()).isEqualTo(pem);
        assertThat(key.jwk()).isEqualTo(new ObjectMapper().convertValue(jwks.at("/keys/0"),
                new TypeReference<Map<String, Object>>() {
                }));
        assertThat(key.jwk().keySet()).containsExactly("kty", "n", "e", "use", "alg", "kid");
    }

    @Test
    void refusesAKeyThatIsNotRsa() throws GeneralSecurityException {
        KeyPair elliptic = KeyPairGenerator.getInstance("EC").generateKeyPair();

        assertThatThrownBy(() -> new SigningKey(elliptic)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("RSA");
    }

    private static PublicKey publicKey(String pem) throws GeneralSecurityException {
        byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = SigningKeyTest.class.getResourceAsStream("/recordings/wellknown/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
