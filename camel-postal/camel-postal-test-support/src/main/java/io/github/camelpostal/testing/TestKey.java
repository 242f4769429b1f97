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
package io.github.camelpostal.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Base64;

/** A signing key as a Postal installation has one, for bodies that nobody recorded. */
public final class TestKey {

    /** One for all tests: making it takes a moment. */
    public static final TestKey SHARED = new TestKey();

    private final KeyPair pair;

    public TestKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            pair = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What {@code publicKey} takes. */
    public String publicKey() {
        return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    }

    /** The header line that Postal sends since 3.2.0. */
    public String signature(byte[] body) {
        try {
            return signature(out -> out.write(body));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same for a body that is too large to be held. */
    public String signature(Body body) throws IOException {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(pair.getPrivate());
            body.writeTo(new SigningStream(signature));
            return "X-Postal-Signature-256: " + Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same for text. */
    public String signature(String body) {
        return signature(body.getBytes(StandardCharsets.UTF_8));
    }

    /** A body that writes itself. */
    @FunctionalInterface
    public interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    private static final class SigningStream extends OutputStream {

        private final Signature signature;

        SigningStream(Signature signature) {
            this.signature = signature;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[]{(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                signature.update(bytes, offset, length);
            } catch (SignatureException e) {
                throw new IOException(e);
            }
        }
    }
}
