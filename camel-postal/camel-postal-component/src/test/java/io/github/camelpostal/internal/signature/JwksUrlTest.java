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

import java.net.URI;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwksUrlTest {

    @ParameterizedTest
    @ValueSource(strings = {"https://postal.example.com/.well-known/jwks.json", "HTTPS://10.0.0.5:8443/k",
            "http://localhost:5000/k", "http://127.0.0.1/k", "http://127.9.8.7:5000/k", "http://[::1]:5000/k",
            "http://LOCALHOST/k"})
    void allowsHttpsAndLoopback(String url) {
        assertThat(JwksUrl.requireSafe(URI.create(url), false)).isEqualTo(URI.create(url));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://postal.example.com/k", "http://10.0.0.5/k", "http://localhost.example.com/k",
            "http://127.0.0.1.example.com/k", "http://[2001:db8::1]/k", "http://[::2]/k"})
    void refusesPlainHttpToAnythingElse(String url) {
        assertThatThrownBy(() -> JwksUrl.requireSafe(URI.create(url), false)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("jwksUrl=" + url).hasMessageContaining("https").hasMessageContaining("publicKey")
                .hasMessageContaining("allowInsecureJwksUrl=true");
    }

    @Test
    void allowsPlainHttpToAnythingWhereThatIsAskedFor() {
        URI inside = URI.create("http://postal-web:5000/.well-known/jwks.json");
        assertThat(JwksUrl.requireSafe(inside, true)).isEqualTo(inside);
        assertThatThrownBy(() -> JwksUrl.requireSafe(URI.create("http://me:secret@postal-web/k"), true))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://postal.example.com/k", "/.well-known/jwks.json", "postal.example.com", "file:/etc/keys",
            "https:///k"})
    void refusesWhatIsNoWebAddress(String url) {
        assertThatThrownBy(() -> JwksUrl.requireSafe(URI.create(url), false)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("https://postal.example.com/.well-known/jwks.json");
    }

    @Test
    void refusesCredentialsWithoutRepeatingThem() {
        assertThatThrownBy(() -> JwksUrl.requireSafe(URI.create("https://me:secret@postal.example.com/k"), false))
                .isInstanceOf(IllegalArgumentException.class).message().doesNotContain("secret");
    }

    @Test
    void theKeysLieBelowTheServersAddress() {
        assertThat(JwksUrl.below(URI.create("https://postal.example.com")))
                .isEqualTo(URI.create("https://postal.example.com/.well-known/jwks.json"));
        assertThat(JwksUrl.below(URI.create("https://example.com/postal/")))
                .isEqualTo(URI.create("https://example.com/postal/.well-known/jwks.json"));
    }
}
