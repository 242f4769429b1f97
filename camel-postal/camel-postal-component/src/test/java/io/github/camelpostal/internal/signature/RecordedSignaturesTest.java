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

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import io.github.camelpostal.testing.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a real Postal signed verifies with the keys that it published, and nothing else does. */
class RecordedSignaturesTest {

    private static final TrustedKeys PEM = PinnedKeys.parse(Recording.text("wellknown/signing-public-key.pem"));
    private static final TrustedKeys JWKS = publishedKeys();
    private static final Set<SignatureAlgorithm> BOTH = EnumSet.allOf(SignatureAlgorithm.class);

    static Stream<Recording> signedByPostal() {
        return Stream.of("webhooks", "incoming", "retry").flatMap(folder -> Recording.all(folder).stream());
    }

    @Test
    void thereAreRecordings() {
        assertThat(signedByPostal()).hasSize(84);
    }

    @ParameterizedTest
    @MethodSource("signedByPostal")
    void verifiesWithThePublishedKeysAndWithThePinnedOne(Recording recording) throws IOException {
        for (TrustedKeys keys : List.of(JWKS, PEM)) {
            assertThat(verdict(keys, headersOf(recording), recording.body())).isEqualTo(Verdict.VERIFIED);
            assertThat(verdict(keys, sha1Only(recording), recording.body())).isEqualTo(Verdict.VERIFIED);
            assertThat(verdict(keys, withoutKeyId(recording), recording.body())).isEqualTo(Verdict.VERIFIED);
        }
    }

    @ParameterizedTest
    @MethodSource("signedByPostal")
    void refusesTheSameWithOneBitFlipped(Recording recording) throws IOException {
        int length = recording.body().length;
        for (int position : new int[]{0, length / 2, length - 1}) {
            byte[] changed = recording.body().clone();
            changed[position] ^= 1;
            assertThat(verdict(PEM, headersOf(recording), changed)).isEqualTo(Verdict.UNVERIFIED);
            assertThat(verdict(PEM, sha1Only(recording), changed)).isEqualTo(Verdict.UNVERIFIED);
        }
    }

    private static Verdict verdict(TrustedKeys keys, SignatureHeaders headers, byte[] body) throws IOException {
        return Verdict.of(new SignatureVerifier(keys, BOTH), headers, () -> new ByteArrayInputStream(body));
    }

    private static SignatureHeaders headersOf(Recording recording) {
        return new SignatureHeaders(Optional.of(recording.header("X-Postal-Signature-256")),
                Optional.of(recording.header("X-Postal-Signature")), Optional.of(recording.header("X-Postal-Signature-KID")));
    }

    private static SignatureHeaders sha1Only(Recording recording) {
        return new SignatureHeaders(Optional.empty(), headersOf(recording).sha1(), Optional.empty());
    }

    private static SignatureHeaders withoutKeyId(Recording recording) {
        return new SignatureHeaders(headersOf(recording).sha256(), headersOf(recording).sha1(), Optional.empty());
    }

    private static TrustedKeys publishedKeys() {
        try {
            String document = Recording.file("wellknown/jwks").path("response").path("body").asText();
            Map<String, RSAPublicKey> keys = JwksDocument.parse(document.getBytes(StandardCharsets.UTF_8));
            return new FixedKeys(keys);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private record FixedKeys(Map<String, RSAPublicKey> keys) implements TrustedKeys {
        @Override
        public CompletionStage<List<RSAPublicKey>> candidates(Optional<String> keyId) {
            return CompletableFuture
                    .completedFuture(keyId.map(id -> List.of(keys.get(id))).orElse(List.copyOf(keys.values())));
        }

        @Override
        public List<String> keyIds() {
            return List.copyOf(keys.keySet());
        }
    }
}
