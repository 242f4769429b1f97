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
package io.github.camelpostal.internal.signature;

import java.io.IOException;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a JSON Web Key Set (RFC 7517) and keeps what can check an RSA signature. */
public final class JwksDocument {

    /** A request without key id is checked with every key, so there must not be many. Postal publishes one. */
    static final int MOST_KEYS = 16;

    private static final Logger LOG = LoggerFactory.getLogger(JwksDocument.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private JwksDocument() {
    }

    /**
     * @return             the usable keys by their {@code kid}, or by the id that Postal would give them where they have none
     * @throws IOException if this is no key set; the text does not quote it
     */
    public static Map<String, RSAPublicKey> parse(byte[] document) throws IOException {
        Map<String, RSAPublicKey> keys = new LinkedHashMap<>();
        for (JsonNode entry : entries(document)) {
            if (keys.size() == MOST_KEYS) {
                LOG.debug("Ignoring all keys of the JWKS after the first {}", MOST_KEYS);
                break;
            }
            try {
                RsaKey key = signingKey(entry);
                keys.put(text(entry, "kid").orElse(key.id()), key.key());
            } catch (InvalidKeyException e) {
                LOG.debug("Skipping an entry of the JWKS: {}", e.getMessage());
            }
        }
        return keys;
    }

    private static JsonNode entries(byte[] document) throws IOException {
        try {
            JsonNode entries = JSON.readTree(document).path("keys");
            if (entries.isArray()) {
                return entries;
            }
        } catch (IOException e) {
            throw new IOException("the response is not JSON"); // Jackson's text would quote it
        }
        throw new IOException("the response is not a JWKS: it has no array 'keys'");
    }

    private static RsaKey signingKey(JsonNode entry) throws InvalidKeyException {
        if (!text(entry, "kty").equals(Optional.of("RSA"))) {
            throw new InvalidKeyException("it is not an RSA key");
        }
        if (!text(entry, "use").orElse("sig").equals("sig")) {
            throw new InvalidKeyException("it is not for signatures");
        }
        // RS256 is what Postal writes; PS256 and others are RSA too, but other ways to sign
        if (!text(entry, "alg").orElse("RS256").startsWith("RS")) {
            throw new InvalidKeyException("it is for another algorithm");
        }
        return RsaKey.of(number(entry, "n"), number(entry, "e"));
    }

    private static BigInteger number(JsonNode entry, String name) throws InvalidKeyException {
        try {
            return new BigInteger(1, Base64.getUrlDecoder().decode(text(entry, name).orElse("")));
        } catch (IllegalArgumentException e) {
            throw new InvalidKeyException("its '" + name + "' is not base64url");
        }
    }

    private static Optional<String> text(JsonNode entry, String name) {
        return Optional.ofNullable(entry.path(name).textValue());
    }
}
