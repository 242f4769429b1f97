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

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import io.github.camelpostal.testing.Bodies;
import io.github.camelpostal.testing.LogCapture;
import io.github.camelpostal.testing.TestKey;
import io.github.camelpostal.testing.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests as Postal does not make them, but a proxy in front of the consumer or somebody who tries it by hand: what HTTP
 * allows works, and nothing else reaches the route or keeps the next mail away.
 */
class OddRequestsTest {

    private static final byte[] MAIL = Bodies.mail(1, "tok");
    private static final String SIGNED = TestKey.SHARED.signature(MAIL);

    private WebhookApp app;

    @BeforeEach
    void start() throws Exception {
        app = WebhookApp.start();
    }

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void asksForTheBodyOfAClientThatWaitsToBeAsked() throws Exception {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(head("Expect: 100-continue", SIGNED, length(MAIL)));

            assertThat(line(socket.getInputStream())).isEqualTo("HTTP/1.1 100 Continue");
            assertThat(line(socket.getInputStream())).isEmpty();
            socket.getOutputStream().write(MAIL);
            assertThat(Wire.read(socket.getInputStream()).status()).isEqualTo(200);
            assertThat(app.routed()).hasSize(1);
        }
    }

    @Test
    void refusesAClientThatWaitsToBeAskedAndHasNoCredentials() throws Exception {
        try (WebhookApp guarded = WebhookApp.start("&webhookUsername=postal&webhookPassword=secret", exchange -> {
        }); Socket socket = new Socket("127.0.0.1", guarded.port())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(head("Expect: 100-continue", SIGNED, length(MAIL)));
            socket.getOutputStream().write(MAIL);

            assertThat(finalStatus(socket.getInputStream())).isEqualTo(503);
            assertThat(guarded.routed()).isEmpty();
        }
    }

    @Test
    void respondsToAClientOfHttp10AndClosesItsConnection() throws Exception {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(("POST /postal HTTP/1.0\r\nContent-Type: application/json\r\n" + SIGNED + "\r\n"
                    + length(MAIL) + "\r\n\r\n").getBytes(ISO_8859_1));
            socket.getOutputStream().write(MAIL);

            assertThat(Wire.read(socket.getInputStream()).status()).isEqualTo(200);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            assertThat(app.routed()).hasSize(1);
        }
    }

    @Test
    void respondsToRequestsThatWereSentWithoutWaitingInTheirOrder() throws Exception {
        byte[] event = Bodies.event("e1");
        byte[] unsigned = Bodies.event("e2");
        var all = new ByteArrayOutputStream();
        for (byte[] request : List.of(request(MAIL, SIGNED), request(unsigned, "X-Nothing: 1"),
                request(event, TestKey.SHARED.signature(event)))) {
            all.write(request);
        }
        try (Socket socket = connect()) {
            socket.getOutputStream().write(all.toByteArray());

            assertThat(Wire.read(socket.getInputStream()).status()).isEqualTo(200);
            assertThat(Wire.read(socket.getInputStream()).status()).isEqualTo(503);
            assertThat(Wire.read(socket.getInputStream()).status()).isEqualTo(200);
            assertThat(app.routed()).hasSize(2);
        }
    }

    @Test
    void takesAMailFromAClientThatOffersHttp2() throws Exception {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        try (LogCapture log = new LogCapture()) {
            for (int i = 0; i < 3; i++) {
                byte[] event = Bodies.event("e" + i);
                String[] signature = TestKey.SHARED.signature(event).split(": ");
                HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port() + "/postal"))
                        .header("Content-Type", "application/json").header(signature[0], signature[1])
                        .POST(HttpRequest.BodyPublishers.ofByteArray(event)).build();

                assertThat(client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode()).isEqualTo(200);
            }
            assertThat(log.lines()).noneMatch(line -> line.startsWith("ERROR"));
        }
        assertThat(app.routed()).hasSize(3);
    }

    @Test
    void takesABodyInChunksWithExtensionsAndATrailer() throws Exception {
        String half = new String(MAIL, ISO_8859_1).substring(0, 100);
        String rest = new String(MAIL, ISO_8859_1).substring(100);
        try (Socket socket = connect()) {
            socket.getOutputStream().write(head("Transfer-Encoding: chunked", SIGNED, "Trailer: X-Postal-Signature-256"));
            socket.getOutputStream().write((Integer.toHexString(half.length()) + ";name=value\r\n" + half + "\r\n"
                    + Integer.toHexString(rest.length()) + "\r\n" + rest + "\r\n0\r\nX-Postal-Signature-256: AAAA\r\n\r\n")
                    .getBytes(ISO_8859_1));

            assertThat(Wire.read(socket.getInputStream()).status()).isEqualTo(200);
            assertThat(app.routed()).hasSize(1);
        }
    }

    @Test
    void doesNotUnpackACompressedBodyBecauseTheSignatureIsOverWhatWasSent() throws Exception {
        var packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(MAIL);
        }

        assertThat(Wire.post(app.port(), "/postal", packed.toByteArray(), SIGNED, "Content-Encoding: gzip").status())
                .as("signed before it was packed").isEqualTo(503);
        assertThat(app.post(packed.toByteArray(), "Content-Encoding: gzip").status()).as("signed as packed").isEqualTo(503);
        assertThat(app.routed()).isEmpty();
        takesTheNextMail();
    }

    @Test
    void takesTheFirstOfTwoSignatures() throws Exception {
        String other = TestKey.SHARED.signature(Bodies.mail(2, "tok"));

        assertThat(Wire.post(app.port(), "/postal", MAIL, other, SIGNED).status()).isEqualTo(503);
        assertThat(app.routed()).isEmpty();
        assertThat(Wire.post(app.port(), "/postal", MAIL, SIGNED, other).status()).isEqualTo(200);
    }

    /** Two readings of where a body ends are how a request is smuggled past a proxy (RFC 9112 section 11.2). */
    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 99999999999999999999", "Content-Length: -1", "Content-Length: 12abc",
            "Content-Length: 5\r\nContent-Length: 900", "Content-Length: 5, 900", "Content-Length: 9223372036854775807",
            "Content-Length: 2147483648", "Transfer-Encoding: chunked, identity", "Transfer-Encoding: gzip"})
    void letsNoBodyOfDoubtfulLengthReachTheRoute(String lengths) throws Exception {
        try (WebhookApp hasty = WebhookApp.start("&processingTimeout=500ms", exchange -> {
        }); Socket socket = new Socket("127.0.0.1", hasty.port())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(head(SIGNED, lengths));
            socket.getOutputStream().write(MAIL);

            assertThat(finalStatus(socket.getInputStream())).isIn(400, 413, 501, 503);
            assertThat(hasty.routed()).isEmpty();
            await().until(() -> hasty.post(Bodies.mail(99, "tok")).status() == 200);
        }
    }

    @Test
    void survivesAHeadThatNeverEnds() throws Exception {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(head("X-Long: " + "x".repeat(100_000), SIGNED, length(MAIL)));

            assertThat(finalStatus(socket.getInputStream())).isBetween(400, 599);
        } catch (IOException reset) {
            assertThat(reset).hasMessageContaining("Connection reset");
        }
        assertThat(app.routed()).isEmpty();
        takesTheNextMail();
    }

    private void takesTheNextMail() throws IOException {
        assertThat(app.post(Bodies.mail(99, "tok")).status()).isEqualTo(200);
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", app.port());
        socket.setSoTimeout(60_000);
        return socket;
    }

    private static byte[] request(byte[] body, String signature) throws IOException {
        var request = new ByteArrayOutputStream();
        request.write(head(signature, length(body)));
        request.write(body);
        return request.toByteArray();
    }

    private static byte[] head(String... headers) {
        return ("POST /postal HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + String.join("\r\n", headers) + "\r\n\r\n").getBytes(ISO_8859_1);
    }

    private static String length(byte[] body) {
        return "Content-Length: " + body.length;
    }

    /** The status that is no 100. */
    private static int finalStatus(InputStream in) throws IOException {
        int status = Wire.read(in).status();
        return status == 100 ? Wire.read(in).status() : status;
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
        }
        return line.toString(ISO_8859_1).stripTrailing();
    }
}
