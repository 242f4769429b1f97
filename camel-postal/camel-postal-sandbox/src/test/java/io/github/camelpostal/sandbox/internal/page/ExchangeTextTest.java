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
package io.github.camelpostal.sandbox.internal.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExchangeTextTest {

    @ParameterizedTest
    @CsvSource({"http://u:p@h.example:1/a?b=c,http://h.example:1/a?b=c", "https://u@h.example/,https://h.example/",
            "http://h.example/~a@b,http://h.example/~a@b", "http://u:p%40q@h.example,http://h.example"})
    void showsUrlsWithoutUserAndPassword(URI url, String shown) {
        assertThat(ExchangeText.url(url)).isEqualTo(shown);
        assertThat(ExchangeText.withoutCredentials("Received a 200 from " + url + "."))
                .isEqualTo("Received a 200 from " + shown + ".");
    }

    @Test
    void takesCredentialsOutOfBodiesHoweverTheSlashesAreWritten() {
        String body = "{\"details\":\"from http:\\/\\/u:secret@h.example\\/\"," + "\"list\":[\"https://u:secret@h.example/\"]}";

        assertThat(ExchangeText.body(bytes(body), "application/json")).contains("http://h.example/", "https://h.example/")
                .doesNotContain("secret");
        assertThat(ExchangeText.body(bytes("no json http:\\/\\/u:secret@h.example"), null)).doesNotContain("secret");
        assertThat(ExchangeText.body(bytes("url=http%3A%2F%2Fu%3Asecret%40h.example"), "application/x-www-form-urlencoded"))
                .isEqualTo("url = http://h.example");
        assertThat(ExchangeText.response("<a href=\"http://u:secret@h.example\">")).doesNotContain("secret");
    }

    @Test
    void takesThemOutBeforeItCuts() {
        String body = "x".repeat(980) + " http://user:secretsecretsecretsecret@h.example/";

        assertThat(ExchangeText.body(bytes("{\"a\":\"" + body + "\"}"), "application/json")).doesNotContain("secret");
    }

    @Test
    void doesNotShowWhatProvesWhoWeAre() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "*/*");
        headers.put("authorization", "Basic dTpw");
        headers.put("Cookie", "session=1");

        assertThat(ExchangeText.headers(headers)).extracting(MailContent.Line::value)
                .containsExactly("*/*", "Basic (not shown)", "(not shown)");
    }

    @Test
    void makesBodiesReadableAndSaysWhatItCut() {
        assertThat(ExchangeText.body(bytes("{\"a\":{\"b\":1}}"), "application/json")).contains("\n").contains("\"b\": 1");
        assertThat(ExchangeText.body(bytes("a=1&b=x%20y+z"), "application/x-www-form-urlencoded"))
                .isEqualTo("a = 1\nb = x y z");
        assertThat(ExchangeText.body(bytes("{\"a\":\"" + "x".repeat(5_000) + "\"}"), "application/json"))
                .contains("(5,000 characters)").hasSizeLessThan(1_200);
        assertThat(ExchangeText.body(bytes("{broken"), "application/json")).isEqualTo("{broken");
    }

    @Test
    void changesNoNumberAndDropsNoRepeatedName() {
        assertThat(ExchangeText.body(bytes("{\"t\":1795636510.616594,\"a\":null,\"a\":\"\\u003cb\"}"), "application/json"))
                .contains("\"t\": 1795636510.616594", "\"a\": null", "\"a\": \"<b\"");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
