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

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpServer;
import io.github.camelpostal.testing.FreePort;
import io.github.camelpostal.testing.Recording;
import io.github.camelpostal.testing.Wire;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** Only what Postal signed reaches the route; everything else is kept by Postal for later. */
class SignatureCheckTest {

    private static final Recording RECORDING = Recording.of("incoming/json-hash-plain");

    private final List<Exchange> routed = new CopyOnWriteArrayList<>();

    @Test
    void verifiesWithTheKeysThatPostalPublishes() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer postal = publishing(Recording.file("wellknown/jwks").path("response").path("body").asText(), asked);
        try (CamelApp app = start("serverUrl=http://127.0.0.1:" + postal.getAddress().getPort())) {
            assertThat(Wire.send(app.port(), "/postal", RECORDING).status()).isEqualTo(200);
            assertThat(routed).hasSize(1);
            assertThat(asked).containsOnly("GET /.well-known/jwks.json null");
        } finally {
            postal.stop(0);
        }
    }

    @Test
    void respondsWith503WhenTheKeysCannotBeFetched() throws Exception {
        int nobody = FreePort.find();
        try (CamelApp app = start("jwksUrl=http://127.0.0.1:" + nobody + "/jwks.json")) {
            assertThat(Wire.send(app.port(), "/postal", RECORDING).status()).isEqualTo(503);
            assertThat(routed).isEmpty();
        }
    }

    @Test
    void respondsInTimeWhenTheKeyServerSaysNothing() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                CamelApp app = start(
                        "processingTimeout=500ms&jwksUrl=http://127.0.0.1:" + mute.getLocalPort() + "/jwks.json")) {
            long start = System.nanoTime();

            assertThat(Wire.send(app.port(), "/postal", RECORDING).status()).isEqualTo(503);
            assertThat(System.nanoTime() - start).as("the keys are given up after 2 s").isLessThan(2_000_000_000L);
            assertThat(routed).isEmpty();
        }
    }

    @Test
    void respondsWith503ToABodyThatWasChangedByOneByte() throws Exception {
        try (CamelApp app = start(pinned())) {
            byte[] changed = RECORDING.body().clone();
            changed[changed.length / 2] ^= 1;

            assertThat(Wire.send(app.port(), head(), changed).status()).isEqualTo(503);
            assertThat(routed).isEmpty();
            assertThat(Wire.send(app.port(), head(), RECORDING.body()).status()).isEqualTo(200);
        }
    }

    @Test
    void respondsWith503ToAKeyIdThatIsUnknown() throws Exception {
        try (CamelApp app = start(pinned())) {
            byte[] otherKey = new String(head(), StandardCharsets.ISO_8859_1)
                    .replace(RECORDING.header("X-Postal-Signature-Kid"), "0".repeat(64)).getBytes(StandardCharsets.ISO_8859_1);

            assertThat(Wire.send(app.port(), otherKey, RECORDING.body()).status()).isEqualTo(503);
            assertThat(routed).isEmpty();
        }
    }

    @Test
    void respondsWith503ToAWrongSignatureAlthoughTheOldOneIsRight() throws Exception {
        try (CamelApp app = start(pinned() + "&signatureAlgorithms=sha256,sha1")) {
            byte[] wrong = new String(head(), StandardCharsets.ISO_8859_1)
                    .replace(RECORDING.header("X-Postal-Signature-256"), RECORDING.header("X-Postal-Signature"))
                    .getBytes(StandardCharsets.ISO_8859_1);

            assertThat(Wire.send(app.port(), wrong, RECORDING.body()).status()).isEqualTo(503);
            assertThat(routed).isEmpty();
        }
    }

    @Test
    void doesNotTakeASignatureFromTheQuery() throws Exception {
        try (CamelApp app = start(pinned())) {
            String query = "?X-Postal-Signature-256=" + URLEncoder.encode(RECORDING.header("X-Postal-Signature-256"),
                    StandardCharsets.UTF_8);

            assertThat(Wire.post(app.port(), "/postal" + query, RECORDING.body()).status()).isEqualTo(503);
            assertThat(routed).isEmpty();
        }
    }

    private static String pinned() {
        return "publicKey=classpath:recordings/wellknown/signing-public-key.pem";
    }

    private static byte[] head() {
        return Recording.file(RECORDING.name()).path("request").path("raw_head").asText()
                .replace("/postal/incoming", "/postal").getBytes(StandardCharsets.ISO_8859_1);
    }

    private CamelApp start(String options) throws Exception {
        return CamelApp.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook?" + options).process(routed::add);
            }
        });
    }

    private static HttpServer publishing(String jwks, List<String> asked) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("X-Server-API-Key"));
            byte[] body = jwks.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }
}
