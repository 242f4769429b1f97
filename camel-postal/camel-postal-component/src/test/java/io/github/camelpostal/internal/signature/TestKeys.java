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

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** RSA keys for tests, and Postal's way to sign with them and to publish them. */
final class TestKeys {

    private static final Map<String, KeyPair> PAIRS = new ConcurrentHashMap<>();

    private TestKeys() {
    }

    /** The candidates, once they are there. */
    static List<RSAPublicKey> candidates(TrustedKeys keys, Optional<String> keyId) throws KeysUnavailableException {
        return await(keys.candidates(keyId));
    }

    /** Waits for keys. */
    static <T> T await(CompletionStage<T> keys) throws KeysUnavailableException {
        try {
            return keys.toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KeysUnavailableException unavailable) {
                throw unavailable;
            }
            throw new AssertionError(e);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** The same pair whenever the same name is asked for. */
    static KeyPair pair(String name, int bits) {
        return PAIRS.computeIfAbsent(name + bits, key -> {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(bits);
                return generator.generateKeyPair();
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        });
    }

    static KeyPair pair(String name) {
        return pair(name, 2048);
    }

    static RSAPublicKey publicKey(String name) {
        return (RSAPublicKey) pair(name).getPublic();
    }

    static String id(String name) {
        try {
            RSAPublicKey key = publicKey(name);
            return RsaKey.of(key.getModulus(), key.getPublicExponent()).id();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static String sign(KeyPair pair, String algorithm, byte[] body) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(pair.getPrivate());
            signature.update(body);
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static String jwks(String... names) {
        return "{\"keys\":[" + Arrays.stream(names).map(TestKeys::jwk).collect(Collectors.joining(",")) + "]}";
    }

    static String jwk(String name) {
        RSAPublicKey key = publicKey(name);
        return "{\"kty\":\"RSA\",\"n\":\"" + base64Url(key.getModulus().toByteArray()) + "\",\"e\":\""
                + base64Url(key.getPublicExponent().toByteArray()) + "\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\""
                + id(name)
                + "\"}";
    }

    static String base64(KeyPair pair) {
        return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    }

    static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(der)
                + "\n-----END " + kind + "-----\n";
    }

    private static String base64Url(byte[] number) {
        int start = number[0] == 0 ? 1 : 0;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOfRange(number, start, number.length));
    }
}
