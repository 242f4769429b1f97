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
package io.github.camelpostal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;

import io.github.camelpostal.testing.Bodies;
import io.github.camelpostal.testing.Recording;
import io.github.camelpostal.testing.TestKey;
import io.github.camelpostal.testing.Wire;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot work stops start-up, with the option and an example. */
class WebhookStartUpTest {

    @Test
    void refusesToStartWithoutAKeySource() {
        assertThatThrownBy(() -> start("")).rootCause().isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("serverUrl").hasMessageContaining("jwksUrl").hasMessageContaining("publicKey")
                .hasMessageContaining("https://postal.example.com");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "serverUrl=https://postal.example.com&apiKey=secret-canary | remove it from the URI",
            "jwksUrl=http://postal.example.com/jwks | Use https",
            "serverUrl=http://postal.example.com | Use https",
            "publicKey=AAAA | publicKey",
            "publicKey=classpath:nowhere.pem | publicKey=classpath:nowhere.pem",
            "serverUrl=https://postal.example.com&signatureAlgorithms=sha256,sha1 | set publicKey",
            "serverUrl=https://postal.example.com&signatureAlgorithms=md5 | sha256,sha1",
            "verifySignature=false&webhookUsername=u | webhookPassword",
            "verifySignature=false&path=/a/{b} | plain path",
            "verifySignature=false&path=/a/* | plain path",
            "verifySignature=false&path=/proxy | /postal/proxy",
            "verifySignature=false&processingTimeout=0 | processingTimeout=4s",
            "verifySignature=false&maxInFlight=0 | maxInFlight=16",
            "verifySignature=false&maxBodySize=0 | maxBodySize=67108864"})
    void refusesWhatCannotWorkAndSaysWhatToWrite(String options, String hint) {
        assertThatThrownBy(() -> start(options))
                .satisfies(e -> assertThat(everythingSaidBy(e)).contains(hint).doesNotContain("secret-canary"));
    }

    @Test
    void fetchesKeysByPlainHttpWhereThatIsAllowedExplicitly() throws Exception {
        try (CamelApp app = start("serverUrl=http://postal-web.invalid:5000&allowInsecureJwksUrl=true")) {
            byte[] body = Bodies.event("e1");
            assertThat(Wire.post(app.port(), "/postal", body, TestKey.SHARED.signature(body)).status()).isEqualTo(503);
        }
    }

    @Test
    void refusesToStartARouteFromAnOperationThatSends() {
        assertThatThrownBy(() -> CamelApp.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:send").to("mock:end");
            }
        })).rootCause().hasMessageContaining("postal:webhook");
    }

    @Test
    void takesAnApiKeyOfTheComponentForTheProducers() throws Exception {
        try (CamelApp app = CamelApp.create()) {
            PostalComponent postal = new PostalComponent();
            postal.getConfiguration().setApiKey("for the producers");
            app.context().addComponent("postal", postal);
            app.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("postal:webhook?verifySignature=false").to("mock:end");
                }
            });
            app.context().start();

            assertThat(Wire.post(app.port(), "/postal", Bodies.event("e1")).status()).isEqualTo(200);
        }
    }

    @Test
    void readsPinnedKeysFromFiles(@TempDir Path folder) throws Exception {
        Path own = Files.writeString(folder.resolve("own.txt"), TestKey.SHARED.publicKey());
        try (CamelApp app = start("publicKey=file:" + own + ",classpath:recordings/wellknown/signing-public-key.pem")) {
            Recording recording = Recording.of("webhooks/MessageSent-sent");
            byte[] body = Bodies.event("e1");

            assertThat(Wire.send(app.port(), "/postal", recording).status()).isEqualTo(200);
            assertThat(Wire.post(app.port(), "/postal", body, TestKey.SHARED.signature(body)).status()).isEqualTo(200);
        }
    }

    private static CamelApp start(String options) throws Exception {
        return CamelApp.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook?" + options).to("mock:end");
            }
        });
    }

    private static String everythingSaidBy(Throwable e) {
        StringBuilder said = new StringBuilder();
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            said.append(cause.getMessage()).append('\n');
        }
        return said.toString();
    }
}
