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

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

import io.github.camelpostal.testing.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinnedKeysTest {

    private final KeyPair first = TestKeys.pair("first");
    private final KeyPair second = TestKeys.pair("second");

    @Test
    void givesAKeyTheIdThatPostalGivesIt() {
        String published = Recording.file("wellknown/jwks").path("response").path("body").asText();

        PinnedKeys keys = PinnedKeys.parse(Recording.text("wellknown/signing-public-key.pem"));

        assertThat(keys.keyIds()).hasSize(1);
        assertThat(published).contains("\"kid\":\"" + keys.keyIds().get(0) + "\"");
    }

    @Test
    void readsPemInBothForms() {
        String pem = TestKeys.pem("PUBLIC KEY", first.getPublic().getEncoded());
        String pkcs1 = TestKeys.pem("RSA PUBLIC KEY", pkcs1(first));

        assertThat(PinnedKeys.parse(pem).keyIds()).containsExactly(TestKeys.id("first"));
        assertThat(PinnedKeys.parse(pkcs1).keyIds()).containsExactly(TestKeys.id("first"));
        assertThat(PinnedKeys.parse(pem.replace("\n", "\r\n")).keyIds()).containsExactly(TestKeys.id("first"));
        assertThat(PinnedKeys.parse("# the key of 2026\n" + pem).keyIds()).containsExactly(TestKeys.id("first"));
    }

    @Test
    void readsSeveralPemBlocks() {
        String pem = TestKeys.pem("PUBLIC KEY", first.getPublic().getEncoded());
        String other = TestKeys.pem("RSA PUBLIC KEY", pkcs1(second));

        for (String between : new String[]{"", "\n", ","}) {
            assertThat(PinnedKeys.parse(pem + between + other).keyIds()).containsExactly(TestKeys.id("first"),
                    TestKeys.id("second"));
        }
    }

    @Test
    void readsBareBase64() {
        String base64 = TestKeys.base64(first);

        assertThat(PinnedKeys.parse(base64).keyIds()).containsExactly(TestKeys.id("first"));
        assertThat(PinnedKeys.parse(Base64.getEncoder().encodeToString(pkcs1(first))).keyIds())
                .containsExactly(TestKeys.id("first"));
        assertThat(PinnedKeys.parse("\n " + base64.replaceAll("(.{64})", "$1\n ") + " \n").keyIds())
                .containsExactly(TestKeys.id("first"));
        assertThat(PinnedKeys.parse(base64 + ", " + TestKeys.base64(second)).keyIds()).containsExactly(TestKeys.id("first"),
                TestKeys.id("second"));
    }

    @Test
    void readsWhatAUriHasMadeOfBase64() {
        String pem = Recording.text("wellknown/signing-public-key.pem");
        String base64 = pem.replaceAll("-----[A-Z ]+-----|\\s", "");
        assertThat(base64).contains("+");

        assertThat(PinnedKeys.parse(base64.replace('+', ' ')).keyIds()).isEqualTo(PinnedKeys.parse(pem).keyIds());
    }

    @Test
    void readsADkimRecord() {
        String base64 = TestKeys.base64(first);

        for (String record : new String[]{"v=DKIM1; t=s; h=sha256; p=" + base64 + ";", "v=DKIM1;p=" + base64,
                "p=" + base64, "\"v=DKIM1; t=s; p=" + base64.substring(0, 200) + "\" \"" + base64.substring(200) + ";\""}) {
            assertThat(PinnedKeys.parse(record).keyIds()).as(record).containsExactly(TestKeys.id("first"));
        }
        assertThat(PinnedKeys.parse("v=DKIM1; p=" + base64 + ", v=DKIM1; p=" + TestKeys.base64(second)).keyIds()).hasSize(2);
    }

    @Test
    void findsAKeyByItsIdAndOffersAllWithoutOne() throws Exception {
        PinnedKeys keys = PinnedKeys.parse(TestKeys.base64(first) + "," + TestKeys.base64(second));

        assertThat(TestKeys.candidates(keys, Optional.of(TestKeys.id("second")))).containsExactly(TestKeys.publicKey("second"));
        assertThat(TestKeys.candidates(keys, Optional.of("unknown"))).isEmpty();
        assertThat(TestKeys.candidates(keys, Optional.empty())).hasSize(2);
    }

    @Test
    void theSameKeyTwiceIsOneKey() {
        assertThat(PinnedKeys.parse(TestKeys.base64(first) + "," + TestKeys.base64(first)).keyIds()).hasSize(1);
    }

    @Test
    void refusesAKeyThatIsTooSmallAndSaysHowLargeItIs() {
        String small = TestKeys.base64(TestKeys.pair("small", 1023));

        assertThatThrownBy(() -> PinnedKeys.parse(small)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("publicKey: key 1").hasMessageContaining("1023 bits").hasMessageContaining("1024");
    }

    @Test
    void refusesAPrivateKeyAndSaysHowToGetThePublicOne() {
        String pem = TestKeys.pem("PRIVATE KEY", first.getPrivate().getEncoded());

        assertThatThrownBy(() -> PinnedKeys.parse(pem)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("private key").hasMessageContaining("openssl rsa -in signing.key -pubout")
                .message().doesNotContain(pem.substring(40, 60));
    }

    @Test
    void namesTheKeyThatIsWrongAmongSeveral() {
        assertThatThrownBy(() -> PinnedKeys.parse(TestKeys.base64(first) + ",nonsense!"))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("key 2")
                .hasMessageContaining("not base64").hasMessageContaining("default-dkim-record").hasMessageContaining("RAW(");
    }

    @Test
    void refusesAKeyOfAnotherKind() throws Exception {
        KeyPair elliptic = KeyPairGenerator.getInstance("EC").generateKeyPair();

        assertThatThrownBy(() -> PinnedKeys.parse(TestKeys.base64(elliptic))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not an RSA public key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", "v=DKIM1; p=;", "MIIB", "AAAA", "-----BEGIN PUBLIC KEY-----\nMIIB",
            "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----",
            "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
            "-----BEGIN PUBLIC KEY-----\n*\n-----END PUBLIC KEY-----", "https://postal.example.com/.well-known/jwks.json"})
    void refusesWhatIsNoKeyAndSaysWhatToWrite(String text) {
        assertThatThrownBy(() -> PinnedKeys.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("publicKey: key 1 cannot be used").hasMessageContaining("Write what");
    }

    @Test
    void refusesHalfAPemBlockBetweenTwo() {
        String pem = TestKeys.pem("PUBLIC KEY", first.getPublic().getEncoded());
        String other = TestKeys.pem("PUBLIC KEY", second.getPublic().getEncoded());

        assertThatThrownBy(() -> PinnedKeys.parse(pem + "-----END PUBLIC KEY-----" + other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no matching BEGIN and END line");
    }

    /** The content of the BIT STRING at the end of a SubjectPublicKeyInfo: another way than the code under test takes. */
    private static byte[] pkcs1(KeyPair pair) {
        byte[] spki = pair.getPublic().getEncoded();
        return Arrays.copyOfRange(spki, 24, spki.length); // 4 + 15 + 4 + 1 bytes for a key of 2048 bits
    }
}
