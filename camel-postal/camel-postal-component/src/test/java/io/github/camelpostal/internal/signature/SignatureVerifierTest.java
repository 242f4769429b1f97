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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureVerifierTest {

    private static final byte[] BODY = "{\"id\":1}".getBytes(StandardCharsets.UTF_8);
    private static final Set<SignatureAlgorithm> SHA256_ONLY = EnumSet.of(SignatureAlgorithm.SHA256);
    private static final Set<SignatureAlgorithm> BOTH = EnumSet.allOf(SignatureAlgorithm.class);

    private final KeyPair pair = TestKeys.pair("ours");
    private final TrustedKeys keys = PinnedKeys.parse(TestKeys.base64(pair));
    private final String sha256 = TestKeys.sign(pair, "SHA256withRSA", BODY);
    private final String sha1 = TestKeys.sign(pair, "SHA1withRSA", BODY);
    private final AtomicInteger opened = new AtomicInteger();

    @Test
    void aWrongSha256SignatureIsNotRescuedByARightSha1One() throws IOException {
        String wrong = TestKeys.sign(TestKeys.pair("theirs"), "SHA256withRSA", BODY);

        for (String header : List.of(wrong, "", "-", sha1, sha256.substring(4))) {
            assertThat(verdict(BOTH, Optional.of(header), Optional.of(sha1))).isEqualTo(Verdict.UNVERIFIED);
        }
        assertThat(verdict(BOTH, Optional.empty(), Optional.of(sha1))).isEqualTo(Verdict.VERIFIED);
    }

    @Test
    void sha1CountsOnlyWhereItIsAccepted() throws IOException {
        assertThat(verdict(SHA256_ONLY, Optional.empty(), Optional.of(sha1))).isEqualTo(Verdict.UNVERIFIED);
        assertThat(verdict(BOTH, Optional.empty(), Optional.of(sha1))).isEqualTo(Verdict.VERIFIED);
    }

    @Test
    void sha256CountsAlsoWhereOnlySha1IsNamed() throws IOException {
        Set<SignatureAlgorithm> sha1Only = EnumSet.of(SignatureAlgorithm.SHA1);

        assertThat(verdict(sha1Only, Optional.of(sha256), Optional.of(sha1))).isEqualTo(Verdict.VERIFIED);
        assertThat(verdict(sha1Only, Optional.of("AAAA"), Optional.of(sha1))).isEqualTo(Verdict.UNVERIFIED);
    }

    @Test
    void theHeadersMayNotBeExchanged() throws IOException {
        assertThat(verdict(BOTH, Optional.of(sha1), Optional.of(sha256))).isEqualTo(Verdict.UNVERIFIED);
        assertThat(verdict(BOTH, Optional.empty(), Optional.of(sha256))).isEqualTo(Verdict.UNVERIFIED);
    }

    @Test
    void withoutASignatureTheBodyIsNotEvenRead() throws IOException {
        assertThat(verdict(BOTH, Optional.empty(), Optional.empty())).isEqualTo(Verdict.UNVERIFIED);
        assertThat(verdict(BOTH, Optional.of("not base64"), Optional.empty())).isEqualTo(Verdict.UNVERIFIED);
        assertThat(verdict(BOTH, Optional.of("A".repeat(8_000_000)), Optional.empty())).isEqualTo(Verdict.UNVERIFIED);
        assertThat(opened).hasValue(0);
    }

    @Test
    void base64IsTakenStrictly() throws IOException {
        byte[] signature = Base64.getDecoder().decode(sha256);
        String urlSafe = Base64.getUrlEncoder().encodeToString(signature).replaceFirst("^(.)", "$1\n");
        String lines = Base64.getMimeEncoder().encodeToString(signature);

        for (String header : List.of(urlSafe, lines, " " + sha256, sha256 + "\u00e9", sha256 + "====")) {
            assertThat(verdict(BOTH, Optional.of(header), Optional.empty())).isEqualTo(Verdict.UNVERIFIED);
        }
    }

    @Test
    void everyKeyIsTriedWhereTheRequestNamesNone() throws IOException {
        TrustedKeys several = PinnedKeys.parse(TestKeys.base64(TestKeys.pair("theirs")) + "," + TestKeys.base64(pair));
        SignatureHeaders headers = new SignatureHeaders(Optional.of(sha256), Optional.empty(), Optional.empty());

        assertThat(Verdict.of(new SignatureVerifier(several, BOTH), headers, this::open)).isEqualTo(Verdict.VERIFIED);
        assertThat(opened).as("the body is read once for all keys").hasValue(1);
    }

    @Test
    void aKeyIdThatIsNotTrustedRefusesTheRequestWhateverItsSignature() throws IOException {
        SignatureHeaders unknown = new SignatureHeaders(Optional.of(sha256), Optional.of(sha1), Optional.of("ab".repeat(32)));
        SignatureHeaders known = new SignatureHeaders(Optional.of(sha256), Optional.of(sha1),
                Optional.of(keys.keyIds().get(0)));

        assertThat(Verdict.of(new SignatureVerifier(keys, BOTH), unknown, this::open)).isEqualTo(Verdict.UNVERIFIED);
        assertThat(Verdict.of(new SignatureVerifier(keys, BOTH), known, this::open)).isEqualTo(Verdict.VERIFIED);
    }

    @Test
    void saysWhenTheKeysCannotBeFetched() throws IOException {
        TrustedKeys unreachable = new TrustedKeys() {
            @Override
            public CompletionStage<List<RSAPublicKey>> candidates(Optional<String> keyId) {
                return CompletableFuture.failedFuture(new KeysUnavailableException("away", null));
            }

            @Override
            public List<String> keyIds() {
                return List.of();
            }
        };
        SignatureHeaders headers = new SignatureHeaders(Optional.of(sha256), Optional.empty(), Optional.empty());

        assertThat(Verdict.of(new SignatureVerifier(unreachable, BOTH), headers, this::open))
                .isEqualTo(Verdict.KEYS_UNREACHABLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1024, 1027, 1536, 2018, 2048, 3071, 4096})
    void anyKeySizeFrom1024BitsWorks(int bits) throws IOException {
        KeyPair odd = TestKeys.pair("odd", bits);
        SignatureVerifier verifier = new SignatureVerifier(PinnedKeys.parse(TestKeys.base64(odd)), BOTH);
        SignatureHeaders right = new SignatureHeaders(Optional.of(TestKeys.sign(odd, "SHA256withRSA", BODY)), Optional.empty(),
                Optional.empty());
        SignatureHeaders wrong = new SignatureHeaders(Optional.of(sha256), Optional.empty(), Optional.empty());

        assertThat(Verdict.of(verifier, right, this::open)).isEqualTo(Verdict.VERIFIED);
        assertThat(Verdict.of(verifier, wrong, this::open)).isEqualTo(Verdict.UNVERIFIED);
    }

    @Test
    void aBodyThatCannotBeReadIsNoVerdict() {
        SignatureHeaders headers = new SignatureHeaders(Optional.of(sha256), Optional.empty(), Optional.empty());

        assertThatThrownBy(() -> Verdict.of(new SignatureVerifier(keys, BOTH), headers, () -> {
            throw new IOException("disk");
        })).isInstanceOf(IOException.class).hasMessage("disk");
    }

    @Test
    void theOptionNamesTheAlgorithms() {
        assertThat(SignatureAlgorithm.parse("sha256")).containsExactly(SignatureAlgorithm.SHA256);
        assertThat(SignatureAlgorithm.parse("SHA256, sha1")).containsExactlyInAnyOrder(SignatureAlgorithm.values());
        assertThatThrownBy(() -> SignatureAlgorithm.parse("sha256,md5")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("signatureAlgorithms=sha256,md5").hasMessageContaining("sha256,sha1");
        assertThatThrownBy(() -> SignatureAlgorithm.parse("")).isInstanceOf(IllegalArgumentException.class);
    }

    private Verdict verdict(Set<SignatureAlgorithm> accepted, Optional<String> sha256, Optional<String> sha1)
            throws IOException {
        return Verdict.of(new SignatureVerifier(keys, accepted), new SignatureHeaders(sha256, sha1, Optional.empty()),
                this::open);
    }

    private ByteArrayInputStream open() {
        opened.incrementAndGet();
        return new ByteArrayInputStream(BODY);
    }
}
