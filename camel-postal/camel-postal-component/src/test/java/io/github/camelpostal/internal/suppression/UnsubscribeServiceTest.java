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
package io.github.camelpostal.internal.suppression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import javax.sql.DataSource;

import io.github.camelpostal.suppression.InMemorySuppressionList;
import io.github.camelpostal.suppression.JdbcSuppressionList;
import io.github.camelpostal.suppression.PostalSuppressionList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Leaving: who may, by what, and what is seen. */
class UnsubscribeServiceTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final String JANE = "jane@example.com";

    private final PostalSuppressionList list = new InMemorySuppressionList(CLOCK, Duration.ofHours(24));
    private final PlainTokens tokens = new PlainTokens();
    private final UnsubscribeService service = service(list, getClass().getClassLoader());

    @Test
    void onePostIsEnoughAndASecondOneChangesNothing() {
        String token = tokens.seal(new UnsubscribeTokens.Target(JANE, "news"));
        UnsubscribeResponse first = request("POST", token);
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.left().stream()).isEqualTo("news");
        assertThat(first.body()).contains("You are unsubscribed", "news").doesNotContain("<form", JANE);
        assertThat(request("POST", token).status()).isEqualTo(200);
        assertThat(list.find(List.of(JANE), "news")).containsKey(JANE);
        assertThat(list.find(List.of(JANE), "invoices")).isEmpty();
        assertThat(list.size()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void aScannerThatFollowsTheLinkChangesNothing(String method) {
        UnsubscribeResponse response = request(method, tokens.seal(new UnsubscribeTokens.Target(JANE, "news")));
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.left()).isNull();
        assertThat(list.size()).isZero();
        if (method.equals("HEAD")) {
            assertThat(response.body()).isEmpty();
        } else {
            assertThat(response.body()).contains("<form method=\"post\">", "<button type=\"submit\">", "lang=\"en\"",
                    "prefers-color-scheme: dark").doesNotContain("${", JANE);
        }
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "x", "bm90IG91cnM"})
    void aForgedTokenIsNotFoundAndChangesNothing(String token) {
        for (String method : List.of("GET", "HEAD", "POST")) {
            assertThat(request(method, token).status()).isEqualTo(404);
        }
        assertThat(list.size()).isZero();
    }

    @Test
    void aTokenWithoutEndIsNotEvenOpened() {
        assertThat(request("POST", "A".repeat(100_000)).status()).isEqualTo(404);
        assertThat(tokens.opened).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "OPTIONS", "post"})
    void otherMethodsAreNamed(String method) {
        UnsubscribeResponse response = request(method, tokens.seal(new UnsubscribeTokens.Target(JANE, "news")));
        assertThat(response.status()).isEqualTo(405);
        assertThat(response.headers()).containsEntry("Allow", "GET, HEAD, POST");
        assertThat(list.size()).isZero();
    }

    @Test
    void aListThatIsAwayAsksToComeBack() {
        DataSource away = (DataSource) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[]{DataSource.class},
                (proxy, method, arguments) -> {
                    throw new java.sql.SQLException("down", "08001");
                });
        UnsubscribeService service = service(new JdbcSuppressionList(away), getClass().getClassLoader());
        UnsubscribeResponse response = service.handle(
                new UnsubscribeRequest("POST", tokens.seal(new UnsubscribeTokens.Target(JANE, "news")), null));
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.left()).isNull();
        assertThat(response.headers()).containsKey("Retry-After");
        assertThat(response.body()).contains("<form method=\"post\">");
    }

    @Test
    void theNameOfAStreamIsTextAndNothingElse() {
        String body = request("GET", tokens.seal(new UnsubscribeTokens.Target(JANE, "<script>alert('{0} ${form}')"))).body();
        assertThat(body).doesNotContain("<script").contains("&lt;script&gt;alert(&#39;{0} ${form}&#39;)");
    }

    @Test
    void thePageGivesNothingAway() {
        UnsubscribeResponse response = request("GET", tokens.seal(new UnsubscribeTokens.Target(JANE, null)));
        assertThat(response.headers()).containsEntry("Referrer-Policy", "no-referrer")
                .containsEntry("Cache-Control", "no-store")
                .containsEntry("X-Robots-Tag", "noindex, nofollow");
        assertThat(response.headers().get("Content-Security-Policy")).contains("default-src 'none'", "form-action 'self'")
                .doesNotContain("unsafe");
        assertThat(response.body()).doesNotContain("http:", "https:", "src=", "<script");
        assertThat(response).hasToString("UnsubscribeResponse[200]");
    }

    @Test
    void anApplicationAddsALanguage(@TempDir Path folder) throws Exception {
        Path bundle = folder.resolve("io/github/camelpostal/suppression/unsubscribe_de.properties");
        Files.createDirectories(bundle.getParent());
        Files.writeString(bundle, "ask.title=Abmelden\nask.textStream=Sie erhalten „{0}“ nicht mehr.\nask.button=Abmelden\n");
        try (URLClassLoader loader = new URLClassLoader(new URL[]{folder.toUri().toURL()}, getClass().getClassLoader())) {
            UnsubscribeService german = service(list, loader);
            String token = tokens.seal(new UnsubscribeTokens.Target(JANE, "Neues"));
            UnsubscribeResponse response = german.handle(new UnsubscribeRequest("GET", token, "fr, de-CH;q=0.8, en;q=0.5"));
            assertThat(response.body()).contains("lang=\"de\"", "Sie erhalten „Neues“ nicht mehr.");
            assertThat(response.headers()).containsEntry("Content-Language", "de");
            assertThat(german.handle(new UnsubscribeRequest("GET", token, "en, de")).body()).contains("lang=\"en\"");
            assertThat(german.handle(new UnsubscribeRequest("GET", token, "*;q=x,,")).body()).contains("lang=\"en\"");
        }
    }

    @ParameterizedTest
    @CsvSource({"https://example.com/unsubscribe,https://example.com/unsubscribe?t=abc",
            "https://example.com/u?app=1,https://example.com/u?app=1&t=abc"})
    void aLinkCarriesItsToken(String page, String link) {
        assertThat(UnsubscribeLink.of(page, "abc")).isEqualTo(link);
        assertThat(UnsubscribeLink.fields(link)).containsEntry("List-Unsubscribe", "<" + link + ">")
                .containsEntry("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        assertThat(UnsubscribeLink.token(List.of("<mailto:u@example.com>, <" + link + ">"))).contains("abc");
    }

    @ParameterizedTest
    @CsvSource({"https://bücher.example/ü,https://xn--bcher-kva.example/%C3%BC",
            "https://bücher.example:8443/u?a=1,https://xn--bcher-kva.example:8443/u?a=1",
            "https://my_host.example/u,https://my_host.example/u", "HTTPS://example.com/u?tt=1,HTTPS://example.com/u?tt=1",
            "http://localhost:8080/u,http://localhost:8080/u", "http://[::1]:8080/u,http://[::1]:8080/u"})
    void thePageStandsInTheFieldInAscii(String page, String ascii) {
        assertThat(UnsubscribeLink.page(page)).isEqualTo(ascii);
    }

    /** Each recipient would find out alone, when nothing happens. */
    @ParameterizedTest
    @CsvSource({"https://example.com/app#/leave,fragment", "https://example.com/u?t=1,'t'", "https://example.com/u?a=1&t,'t'",
            "https://ops:canary@example.com/u,password", "https:///u,host", "http://localhost.example.com/u,https",
            "http://example.com/u,https", "example.com/u,https"})
    void aPageThatNoLinkCouldLeadToIsRefused(String page, String why) {
        assertThatThrownBy(() -> UnsubscribeLink.page(page)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unsubscribeUrl").hasMessageContaining(why).hasMessageNotContaining("canary");
    }

    private UnsubscribeResponse request(String method, String token) {
        return service.handle(new UnsubscribeRequest(method, token, null));
    }

    private UnsubscribeService service(PostalSuppressionList list, ClassLoader loader) {
        return new UnsubscribeService(list, tokens, new UnsubscribePages(loader), CLOCK);
    }

    /** Tokens that hide nothing. */
    static final class PlainTokens implements UnsubscribeTokens {
        private int opened;

        @Override
        public String seal(Target target) {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(
                    ("ours\n" + target.address() + "\n" + (target.stream() == null ? "" : target.stream()))
                            .getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public Optional<Target> open(String token) {
            opened++;
            try {
                String[] parts = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).split("\n", -1);
                return parts.length == 3 && parts[0].equals("ours")
                        ? Optional.of(new Target(parts[1], parts[2].isEmpty() ? null : parts[2]))
                        : Optional.empty();
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }
}
