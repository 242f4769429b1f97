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
package io.github.camelpostal.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.camelpostal.testing.Bodies;
import io.github.camelpostal.testing.TestKey;
import io.github.camelpostal.testing.Wire;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the filter takes for Postal's, what it leaves to the application, and how it responds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostalFilterTest {

    private static final String CREDENTIALS = "Authorization: Basic "
            + Base64.getEncoder().encodeToString("postal:secret".getBytes(StandardCharsets.US_ASCII));

    private final CountDownLatch release = new CountDownLatch(1);
    private BootApp app;

    @BeforeAll
    void start() {
        app = BootApp.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook").process(exchange -> {
                });
                from("postal:webhook?path=/postal/billing&webhookUsername=postal&webhookPassword=secret").process(exchange -> {
                });
                from("postal:webhook?path=/slow&processingTimeout=3s").process(exchange -> release.await(60, TimeUnit.SECONDS));
                from("platform-http:/mine").setBody(simple("mine ${header.field}"));
            }
        });
    }

    @AfterAll
    void stop() {
        release.countDown();
        app.close();
    }

    @Test
    void respondsToAVerifiedRequestWithAnEmpty200AndEchoesNothing() throws Exception {
        byte[] body = Bodies.event("e1");

        Wire.Response response = Wire.post(app.port(), "/postal?to=x", body, TestKey.SHARED.signature(body), "X-Probe: probe",
                "Cookie: a=b");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers()).containsEntry("content-length", "0").containsOnlyKeys("content-length", "date",
                "connection");
    }

    @Test
    void respondsWith503InAFewAsciiWordsToWhatIsNotVerified() throws Exception {
        Wire.Response response = Wire.post(app.port(), "/postal", Bodies.event("e2"));

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.text()).isEqualTo("Try again later");
        assertThat(response.headers()).containsEntry("content-type", "text/plain");
    }

    @Test
    void respondsWith405ToWhatIsNoPost() throws Exception {
        Wire.Response response = Wire.request(app.port(), "GET", "/postal", new byte[0]);

        assertThat(response.status()).isEqualTo(405);
        assertThat(response.headers()).containsEntry("allow", "POST");
    }

    @Test
    void asksEveryPathForItsOwnCredentials() throws Exception {
        byte[] body = Bodies.event("e3");
        String signature = TestKey.SHARED.signature(body);

        assertThat(Wire.post(app.port(), "/postal/billing", body, signature).status()).isEqualTo(503);
        assertThat(Wire.post(app.port(), "/postal/billing", body, signature, CREDENTIALS).status()).isEqualTo(200);
    }

    @Test
    void findsThePathInEverySpelling() throws Exception {
        byte[] body = Bodies.event("e4");
        String signature = TestKey.SHARED.signature(body);

        assertThat(Wire.post(app.port(), "/p%6Fstal", body, signature).status()).isEqualTo(200);
        assertThat(Wire.post(app.port(), "/postal;v=1", body, signature).status()).isEqualTo(200);
        assertThat(Wire.post(app.port(), "/postal/", body, signature).status()).isEqualTo(200);
        assertThat(Wire.post(app.port(), "/postal/elsewhere", body, signature).status()).isEqualTo(503);
    }

    /** Tomcat itself would say 400, and Postal would bounce. */
    @ParameterizedTest
    @ValueSource(strings = {"/postal%2Fbilling", "/%2Fpostal", "/postal|x", "/postal{x}"})
    void respondsWith503ToPathsThatTomcatWouldReject(String path) throws Exception {
        byte[] body = Bodies.event("e6");

        assertThat(Wire.post(app.port(), path, body, TestKey.SHARED.signature(body)).status()).isEqualTo(503);
    }

    @Test
    void leavesOtherPathsToTheApplicationFormsIncluded() throws Exception {
        byte[] form = "field=value".getBytes(StandardCharsets.US_ASCII);

        Wire.Response response = Wire.post(app.port(), "/mine", form, "Content-Type: application/x-www-form-urlencoded",
                "X-Postal-Signature: x");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).contains("mine value");
    }

    @Test
    void respondsWith503ToPostalAndOnlyToPostalWhereNobodyListens() throws Exception {
        byte[] body = new byte[3_000_000];

        assertThat(Wire.post(app.port(), "/typo", body, "X-Postal-Signature: x").text()).isEqualTo("Try again later");
        assertThat(Wire.post(app.port(), "/typo", new byte[1]).status()).isIn(404, 405);
        assertThat(Wire.request(app.port(), "GET", "/typo", new byte[0], "X-Postal-Signature: x").status()).isEqualTo(404);
    }

    @Test
    void respondsInTimeWhenTheRouteIsSlowAndTheBodyTricklesIn() throws Exception {
        byte[] body = Bodies.event("e5");
        try (Socket socket = new Socket("127.0.0.1", app.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(Wire.head("POST", "/slow", body.length, TestKey.SHARED.signature(body)));
            out.write(body, 0, body.length - 1);
            out.flush();
            long start = System.nanoTime();
            new CountDownLatch(1).await(2500, TimeUnit.MILLISECONDS); // the last byte takes its time
            out.write(body, body.length - 1, 1);
            out.flush();

            assertThat(Wire.read(socket.getInputStream()).status()).isEqualTo(503);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).as("the deadline does not begin with the last byte")
                    .isBetween(Duration.ofMillis(2_700), Duration.ofMillis(5_500));
        }
    }
}
