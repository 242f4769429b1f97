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
import java.util.EnumSet;
import java.util.Optional;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.camelpostal.testing.Recording;
import org.junit.jupiter.params.provider.MethodSource;

/** The same for signatures and keys: whatever somebody sends, nothing passes that Postal did not sign. */
class SignatureFuzzTest {

    private static final String KEY = Recording.text("wellknown/signing-public-key.pem");
    private static final byte[] NEVER_SIGNED = "{\"id\":1}".getBytes(StandardCharsets.US_ASCII);

    @MethodSource
    @FuzzTest(maxDuration = "7s")
    void verifiesNothingThatWasNotSigned(byte[] threeHeaders) throws IOException {
        String[] lines = new String(threeHeaders, StandardCharsets.ISO_8859_1).split("\n", 3);
        SignatureVerifier verifier = new SignatureVerifier(PinnedKeys.parse(KEY), EnumSet.allOf(SignatureAlgorithm.class));

        Verdict verdict = Verdict.of(verifier, new SignatureHeaders(line(lines, 0), line(lines, 1), line(lines, 2)),
                () -> new ByteArrayInputStream(NEVER_SIGNED));

        assertThat(verdict).isEqualTo(Verdict.UNVERIFIED);
    }

    static Stream<byte[]> verifiesNothingThatWasNotSigned() {
        return Recording.all("webhooks").stream().filter(recording -> recording.body().length > 0)
                .map(recording -> bytes(recording.header(SignatureHeaders.SHA256_HEADER) + "\n"
                        + recording.header(SignatureHeaders.SHA1_HEADER) + "\n"
                        + recording.header(SignatureHeaders.KEY_ID_HEADER)));
    }

    @MethodSource
    @FuzzTest(maxDuration = "7s")
    void readsAPinnedKeyOrRefusesIt(byte[] text) {
        try {
            assertThat(PinnedKeys.parse(new String(text, StandardCharsets.UTF_8)).keyIds()).isNotEmpty();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("publicKey");
        }
    }

    static Stream<byte[]> readsAPinnedKeyOrRefusesIt() {
        String bare = KEY.replaceAll("-----[^-]+-----|\\s", "");
        return Stream.of(KEY, bare, "v=DKIM1; t=s; h=sha256; p=" + bare + ";", KEY + KEY).map(SignatureFuzzTest::bytes);
    }

    @MethodSource
    @FuzzTest(maxDuration = "7s")
    void readsAKeySetOrRefusesIt(byte[] document) {
        try {
            JwksDocument.parse(document)
                    .forEach((id, key) -> assertThat(key.getModulus().bitLength()).isBetween(1_024, 16_384));
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("the response is not");
        }
    }

    static Stream<byte[]> readsAKeySetOrRefusesIt() {
        return Stream.of(bytes(Recording.file("wellknown/jwks").path("response").path("body").asText()));
    }

    private static Optional<String> line(String[] lines, int number) {
        return number < lines.length && !lines[number].isEmpty() ? Optional.of(lines[number]) : Optional.empty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
