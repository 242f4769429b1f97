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
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Knows whether bytes were signed by one of the trusted keys; knows nothing of what the bytes mean.
 *
 * <p>Where a request carries the SHA-256 header, that one alone decides: a wrong SHA-256 signature is never rescued by a
 * right SHA-1 one, or whoever can forge SHA-1 would only have to spoil the other header.
 */
public final class SignatureVerifier {

    // 16384 bits of RSA in base64 take 2,732 characters; what is longer is no signature
    private static final int LONGEST_SIGNATURE = 4096;

    private final TrustedKeys keys;
    private final Set<SignatureAlgorithm> accepted;

    /**
     * @param accepted whether SHA-1 is accepted where a request has no SHA-256 header; SHA-256 always is
     */
    public SignatureVerifier(TrustedKeys keys, Set<SignatureAlgorithm> accepted) {
        this.keys = keys;
        this.accepted = EnumSet.of(SignatureAlgorithm.SHA256, accepted.toArray(SignatureAlgorithm[]::new));
    }

    /** The check of one request's signature, which has its keys. */
    @FunctionalInterface
    public interface Check {

        /**
         * Whether one of the keys made the signature over exactly these bytes, which are read once and only when there is a
         * signature and a key to check it with.
         *
         * @throws IOException if the body cannot be read
         */
        boolean passes(SignedContent body) throws IOException;
    }

    /**
     * Finds the keys that may have made the signature, unless there is no signature to check. Never waits.
     *
     * @return the check with these keys, else a {@link KeysUnavailableException}
     */
    public CompletionStage<Check> checkOf(SignatureHeaders headers) {
        Optional<Claim> claim = claimOf(headers);
        if (claim.isEmpty()) {
            return CompletableFuture.completedFuture(body -> false);
        }
        return keys.candidates(headers.keyId()).thenApply(candidates -> body -> claim.get().isMadeByOneOf(candidates, body));
    }

    private Optional<Claim> claimOf(SignatureHeaders headers) {
        if (headers.sha256().isPresent()) {
            return Claim.of(SignatureAlgorithm.SHA256, headers.sha256().get());
        }
        if (headers.sha1().isPresent() && accepted.contains(SignatureAlgorithm.SHA1)) {
            return Claim.of(SignatureAlgorithm.SHA1, headers.sha1().get());
        }
        return Optional.empty();
    }

    /** What a request claims: this signature, made in this way. */
    private record Claim(SignatureAlgorithm algorithm, byte[] signature) {

        static Optional<Claim> of(SignatureAlgorithm algorithm, String base64) {
            if (base64.isEmpty() || base64.length() > LONGEST_SIGNATURE) {
                return Optional.empty();
            }
            try {
                return Optional.of(new Claim(algorithm, Base64.getDecoder().decode(base64)));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        boolean isMadeByOneOf(List<RSAPublicKey> candidates, SignedContent body) throws IOException {
            List<Signature> checks = new ArrayList<>(candidates.size());
            for (RSAPublicKey key : candidates) {
                checks.add(checkWith(key));
            }
            if (checks.isEmpty()) {
                return false;
            }
            try (InputStream in = body.open()) {
                in.transferTo(new VerifierStream(checks)); // streams over memory hand their bytes over without a copy
            }
            return checks.stream().anyMatch(this::passes);
        }

        // a Signature is not safe for use by several threads, hence a fresh one for every request
        private Signature checkWith(RSAPublicKey key) {
            try {
                Signature check = Signature.getInstance(algorithm.jdkName());
                check.initVerify(key);
                return check;
            } catch (InvalidKeyException e) {
                throw new IllegalStateException("A key that was accepted as trusted cannot be used", e);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("This JDK has no " + algorithm.jdkName(), e);
            }
        }

        private boolean passes(Signature check) {
            try {
                return check.verify(signature);
            } catch (SignatureException e) {
                return false; // of another length than the key's, or not a signature at all
            }
        }
    }

    /** Shows all that is written to it to every check, so that the body is read once whatever the number of keys. */
    private static final class VerifierStream extends OutputStream {

        private final List<Signature> checks;

        VerifierStream(List<Signature> checks) {
            this.checks = checks;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            try {
                for (Signature check : checks) {
                    check.update(bytes, offset, length);
                }
            } catch (SignatureException e) {
                throw new IllegalStateException("A Signature that was initialised takes bytes", e);
            }
        }

        @Override
        public void write(int b) {
            write(new byte[]{(byte) b}, 0, 1);
        }
    }
}
