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

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** Keys, and verification as any receiver could do it, with nothing but the published key. */
final class Signatures {
    /** One key for tests that do not care: a new one each time is slow. */
    static final KeyPair PAIR = newPair();

    private Signatures() {
    }

    static KeyPair newPair() {
        try {
            return KeyPairGenerator.getInstance("RSA").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the key id is the published one and both signatures cover the body. */
    static boolean verify(PostalSandbox postal, Receiver.Request request) {
        return postal.keyId().equals(request.headers().getFirst("X-Postal-Signature-Kid"))
                && verify(postal, "SHA1withRSA", request, "X-Postal-Signature")
                && verify(postal, "SHA256withRSA", request, "X-Postal-Signature-256");
    }

    private static boolean verify(PostalSandbox postal, String algorithm, Receiver.Request request, String header) {
        try {
            byte[] key = Base64.getDecoder().decode(postal.publicKeyBase64());
            Signature signature = Signature.getInstance(algorithm);
            signature.initVerify(KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(key)));
            signature.update(request.body());
            return signature.verify(Base64.getDecoder().decode(request.headers().getFirst(header)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
