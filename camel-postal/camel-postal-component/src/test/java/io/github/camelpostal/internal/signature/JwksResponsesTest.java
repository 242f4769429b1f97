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

import java.io.IOException;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.camelpostal.testing.Recording;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as a key set, and what becomes of everything else. */
@Timeout(300)
class JwksResponsesTest {

    private final KeyServer server = new KeyServer();
    private final CloseableHttpClient http = HttpClients.custom().disableRedirectHandling().disableAutomaticRetries().build();

    @AfterEach
    void stop() throws IOException {
        server.close();
        http.close();
    }

    @Test
    void readsWhatARealPostalPublishes() throws IOException {
        server.respond(200, Recording.file("wellknown/jwks").path("response").path("body").asText());

        assertThat(fetch()).containsOnlyKeys("20ef29a6603e2fe15c5aecbd219ae0a7a6aecc0d179ee75225b588d3cb3be9e0");
    }

    @Test
    void skipsEntriesThatCannotCheckAnRsaSignature() throws IOException {
        String good = TestKeys.jwk("good");
        server.respond(200,
                "{\"keys\":[1,null,[],{},{\"kty\":\"EC\",\"crv\":\"P-256\"}," + good.replace("\"sig\"", "\"enc\"") + ","
                        + good.replace("RS256", "PS256") + "," + good.replace("\"n\":\"", "\"n\":\"*") + ","
                        + good.replaceAll("\"n\":\"[^\"]*\"", "\"n\":\"\"") + "," + good.replace("AQAB", "AQ") + ","
                        + ofSize(512) + "," + good + "]}");

        assertThat(fetch()).containsOnlyKeys(TestKeys.id("good"));
    }

    @Test
    void givesAnEntryWithoutIdTheOneThatPostalWould() throws IOException {
        server.respond(200, "{\"keys\":[" + TestKeys.jwk("good").replaceAll(",\"kid\":\"[^\"]*\"", "") + "]}");

        assertThat(fetch()).containsOnlyKeys(TestKeys.id("good"));
    }

    @Test
    void takesAnEntryThatSaysNeitherUseNorAlgorithm() throws IOException {
        server.respond(200, "{\"keys\":[" + TestKeys.jwk("good").replace(",\"use\":\"sig\",\"alg\":\"RS256\"", "") + "]}");

        assertThat(fetch()).containsOnlyKeys(TestKeys.id("good"));
    }

    @Test
    void takesNoMoreKeysThanOneWouldTry() throws IOException {
        String one = TestKeys.jwk("good");
        server.respond(200, "{\"keys\":[" + IntStream.range(0, 50).mapToObj(i -> one.replace(TestKeys.id("good"), "k" + i))
                .collect(Collectors.joining(",")) + "]}");

        assertThat(fetch()).hasSize(JwksDocument.MOST_KEYS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>secret</html>", "[]", "{}", "{\"keys\":{}}", "{\"keys\":[]}", "{\"keys\":[{}]}", "null",
            "\"keys\""})
    void anythingElseIsNoKeySetAndIsNotQuoted(String response) {
        server.respond(200, response);

        assertThatThrownBy(this::fetch).isInstanceOf(IOException.class).message().doesNotContain("secret");
    }

    @Test
    void deepNestingIsNoKeySet() {
        server.respond(200, "{\"keys\":" + "[".repeat(60_000));

        assertThatThrownBy(this::fetch).isInstanceOf(IOException.class);
    }

    @Test
    void aResponseWithoutEndIsCutOff() {
        server.respondWithoutEnd();

        assertThatThrownBy(this::fetch).isInstanceOf(IOException.class).hasMessageContaining("larger than");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 301, 302, 304, 401, 404, 500, 503})
    void onlyA200HasKeys(int status) {
        server.respond(status, status == 204 || status == 304 ? "" : TestKeys.jwks("good"));

        assertThatThrownBy(this::fetch).isInstanceOf(IOException.class).hasMessageContaining("HTTP " + status);
    }

    @Test
    void a403AsksWhetherTheHostIsRight() {
        server.respond(403, "");

        assertThatThrownBy(this::fetch).hasMessageContaining("hostHeader");
    }

    private Map<String, RSAPublicKey> fetch() throws IOException {
        return new JwksSource(http, server.url(), Optional.empty()).request().keys();
    }

    private static String ofSize(int bits) {
        KeyPair pair = TestKeys.pair("small", bits);
        String modulus = Base64.getUrlEncoder().withoutPadding()
                .encodeToString(((RSAPublicKey) pair.getPublic()).getModulus().toByteArray());
        return "{\"kty\":\"RSA\",\"n\":\"" + modulus + "\",\"e\":\"AQAB\",\"kid\":\"small\"}";
    }
}
