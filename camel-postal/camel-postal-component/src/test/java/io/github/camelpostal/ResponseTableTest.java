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

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import io.github.camelpostal.payload.InboundMail;
import io.github.camelpostal.testing.Bodies;
import io.github.camelpostal.testing.TestKey;
import io.github.camelpostal.testing.Wire;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Postal is told in each situation, because that decides whether mail is lost. */
class ResponseTableTest {

    private static final Processor NOTHING = exchange -> {
    };

    // ---- 200

    @Test
    void respondsWithAnEmpty200WhenTheRouteCompleted() throws Exception {
        try (WebhookApp app = WebhookApp.start()) {
            Wire.Response response = app.post(Bodies.event("e1"));

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).isEmpty();
            assertThat(response.headers()).containsEntry("content-length", "0");
            assertThat(app.routed()).hasSize(1);
        }
    }

    @Test
    void respondsWith200WhenTheRouteHandledItsFailure() throws Exception {
        try (CamelApp app = CamelApp.start(new RouteBuilder() {
            @Override
            public void configure() {
                onException(IllegalStateException.class).handled(true).setBody(constant("sorry"));
                from("postal:webhook?verifySignature=false").throwException(new IllegalStateException("on purpose"));
            }
        })) {
            Wire.Response response = Wire.post(app.port(), "/postal", Bodies.event("e1"));

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).isEmpty();
        }
    }

    @Test
    void respondsToADuplicateOfSomethingCompletedWith200WithoutRunningTheRoute() throws Exception {
        try (WebhookApp app = WebhookApp.start()) {
            app.post(Bodies.event("e1"));
            app.post(Bodies.mail(7, "tok"));

            assertThat(app.post(Bodies.event("e1")).status()).isEqualTo(200);
            assertThat(app.post(Bodies.mail(7, "tok", "another body, the same mail")).status()).isEqualTo(200);
            assertThat(app.routed()).hasSize(2);
        }
    }

    @Test
    void takesMailsOfTwoMailServersWithTheSameIdForTwoMails() throws Exception {
        try (WebhookApp app = WebhookApp.start()) {
            app.post(Bodies.mail(7, "tokenOfOne"));
            app.post(Bodies.mail(7, "tokenOfTheOther"));

            assertThat(app.routed()).hasSize(2);
        }
    }

    @Test
    void runsTheRouteForEveryDuplicateWhenDeduplicationIsOff() throws Exception {
        try (WebhookApp app = WebhookApp.start("&deduplicate=false", NOTHING)) {
            app.post(Bodies.event("e1"));

            assertThat(app.post(Bodies.event("e1")).status()).isEqualTo(200);
            assertThat(app.routed()).hasSize(2);
        }
    }

    @Test
    void respondsToAnEventThatIsNotInEventsWith200WithoutRunningTheRoute() throws Exception {
        try (WebhookApp app = WebhookApp.start("&events=MessageBounced, MessageHeld", NOTHING)) {
            assertThat(app.post(Bodies.event("e1", "MessageSent", "outgoing")).status()).isEqualTo(200);
            assertThat(app.post(Bodies.event("e2", "MessageHeld", "outgoing")).status()).isEqualTo(200);

            assertThat(app.routed()).hasSize(1);
        }
    }

    @Test
    void respondsToAnEventOfTheOtherDirectionWith200WithoutRunningTheRoute() throws Exception {
        try (WebhookApp app = WebhookApp.start("&direction=outgoing", NOTHING)) {
            assertThat(app.post(Bodies.event("e1", "MessageSent", "incoming")).status()).isEqualTo(200);
            assertThat(app.post(Bodies.event("e2", "MessageSent", "outgoing")).status()).isEqualTo(200);

            assertThat(app.routed()).hasSize(1);
        }
    }

    @Test
    void respondsToARejectedEventWith200AndDoesNotRunItAgain() throws Exception {
        try (WebhookApp app = WebhookApp.start("", exchange -> {
            throw new PostalRejectMailException("not for us");
        })) {
            assertThat(app.post(Bodies.event("e1")).status()).isEqualTo(200);
            assertThat(app.post(Bodies.event("e1")).status()).isEqualTo(200);
            assertThat(app.routed()).hasSize(1);
        }
    }

    @Test
    void respondsWith200WhenTheKeyCannotBeStoredAndStoresItLater() throws Exception {
        FragileRepository repository = new FragileRepository();
        try (CamelApp app = CamelApp.create()) {
            List<Exchange> routed = start(app, repository);
            repository.refusesToStore = true;

            assertThat(Wire.post(app.port(), "/postal", Bodies.event("e1")).status()).isEqualTo(200);
            assertThat(Wire.post(app.port(), "/postal", Bodies.event("e1")).status()).as("kept in memory").isEqualTo(200);
            repository.refusesToStore = false;
            Wire.post(app.port(), "/postal", Bodies.event("e2"));

            assertThat(repository.contains("e1")).isTrue();
            assertThat(routed).hasSize(2);
        }
    }

    // ---- 503

    @Test
    void respondsWith503WhenTheRouteFailedAndRunsItAgain() throws Exception {
        try (WebhookApp app = WebhookApp.start("", exchange -> {
            throw new IllegalStateException("secret detail");
        })) {
            Wire.Response response = app.post(Bodies.event("e1"));

            assertThat(response.status()).isEqualTo(503);
            assertThat(response.text()).isEqualTo("Try again later");
            app.post(Bodies.event("e1"));
            assertThat(app.routed()).hasSize(2);
        }
    }

    @Test
    void respondsWith503WhenTheRouteMarkedTheExchangeRollbackOnly() throws Exception {
        try (WebhookApp app = WebhookApp.start("", exchange -> exchange.setRollbackOnly(true))) {
            assertThat(app.post(Bodies.event("e1")).status()).isEqualTo(503);
        }
    }

    @Test
    void respondsWith503WhenTheRepositoryCannotBeReadAndDoesNotRunTheRoute() throws Exception {
        FragileRepository repository = new FragileRepository();
        try (CamelApp app = CamelApp.create()) {
            List<Exchange> routed = start(app, repository);
            repository.refusesToRead = true;

            assertThat(Wire.post(app.port(), "/postal", Bodies.event("e1")).status()).isEqualTo(503);
            assertThat(routed).isEmpty();
        }
    }

    @Test
    void respondsWith503WhenTheSpoolIsFull() throws Exception {
        try (WebhookApp app = WebhookApp.start("&attachmentThreshold=100&maxSpoolSize=150", NOTHING)) {
            assertThat(app.post(Bodies.mail(1, "tok")).status()).isEqualTo(503);
            assertThat(app.routed()).isEmpty();
        }
    }

    @Test
    void respondsWith503ToWhatIsNotSigned() throws Exception {
        try (WebhookApp app = WebhookApp.start()) {
            assertThat(app.send("POST", "/postal", Bodies.event("e1")).status()).isEqualTo(503);
            assertThat(app.routed()).isEmpty();
        }
    }

    @Test
    void respondsWith503ToWrongCredentialsWithoutReadingTheBody() throws Exception {
        try (WebhookApp app = WebhookApp.start("&webhookUsername=postal&webhookPassword=RAW(p@ss word)", NOTHING)) {
            assertThat(app.post(Bodies.event("e1")).status()).isEqualTo(503);
            assertThat(app.post(Bodies.event("e1"), basic("postal:wrong")).status()).isEqualTo(503);
            assertThat(app.post(Bodies.event("e1"), "Authorization: Basic ***").status()).isEqualTo(503);
            assertThat(app.routed()).isEmpty();

            assertThat(app.post(Bodies.event("e1"), basic("postal:p@ss word")).status()).isEqualTo(200);
            assertThat(app.post(Bodies.event("e2"), basic("postal:p%40ss%20word")).status()).isEqualTo(200);
            assertThat(app.routed()).hasSize(2);
        }
    }

    @Test
    void respondsWith503ToAKindThatIsNotAccepted() throws Exception {
        try (WebhookApp events = WebhookApp.start("&accept=events", NOTHING);
                WebhookApp mail = WebhookApp.start("&accept=mail", NOTHING)) {
            assertThat(events.post(Bodies.mail(1, "tok")).status()).isEqualTo(503);
            assertThat(mail.post(Bodies.event("e1")).status()).isEqualTo(503);
            assertThat(events.post(Bodies.event("e1")).status()).isEqualTo(200);
            assertThat(mail.post(Bodies.mail(1, "tok")).status()).isEqualTo(200);
            assertThat(events.routed()).hasSize(1);
            assertThat(mail.routed()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/postal/other", "/postal/other/deep?x=1"})
    void respondsWith503BelowThePath(String path) throws Exception {
        try (WebhookApp app = WebhookApp.start()) {
            byte[] body = Bodies.event("e1");
            assertThat(app.send("POST", path, body, TestKey.SHARED.signature(body)).status()).isEqualTo(503);
            assertThat(app.routed()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "", "not json", "{\"event\":\"MessageSent\"}", "{\"id\":1}"})
    void respondsWith503ToWhatIsSignedButNotUnderstood(String body) throws Exception {
        try (WebhookApp app = WebhookApp.start()) {
            assertThat(app.post(body.getBytes(StandardCharsets.UTF_8)).status()).isEqualTo(503);
            assertThat(app.routed()).isEmpty();
        }
    }

    @Test
    void letsTheErrorHandlerDecideAboutWhatIsNotUnderstoodWhenItIsBridged() throws Exception {
        AtomicReference<String> seen = new AtomicReference<>();
        try (CamelApp app = CamelApp.start(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).handled(true)
                        .process(exchange -> seen.set(exchange.getMessage().getBody(String.class)));
                from("postal:webhook?verifySignature=false&bridgeErrorHandler=true").to("mock:never");
            }
        })) {
            assertThat(Wire.post(app.port(), "/postal", "{\"new\":1}".getBytes()).status()).isEqualTo(200);
            assertThat(seen).hasValue("{\"new\":1}");
        }
    }

    @Test
    void respondsWith503ToWhatIsNotUnderstoodWhenTheBridgedErrorHandlerDoesNotHandleIt() throws Exception {
        try (WebhookApp app = WebhookApp.start("&bridgeErrorHandler=true", NOTHING)) {
            assertThat(app.post("{\"new\":1}".getBytes()).status()).isEqualTo(503);
            assertThat(app.routed()).isEmpty();
        }
    }

    // ---- 422, 413, 405

    @Test
    void respondsWith422WhenTheRouteRejectsAMail() throws Exception {
        try (WebhookApp app = WebhookApp.start("", exchange -> {
            throw new PostalRejectMailException("secret reason");
        })) {
            Wire.Response response = app.post(Bodies.mail(1, "tok"));

            assertThat(response.status()).isEqualTo(422);
            assertThat(response.text()).isEqualTo("Rejected");
        }
    }

    @Test
    void respondsWith422WhenTheRejectionIsWrapped() throws Exception {
        try (WebhookApp app = WebhookApp.start("", exchange -> {
            throw new IllegalStateException(new PostalRejectMailException("no"));
        })) {
            assertThat(app.post(Bodies.mail(1, "tok")).status()).isEqualTo(422);
        }
    }

    @Test
    void doesNotTakeTheStatusCodeOfSomeBackendForARejection() throws Exception {
        try (WebhookApp app = WebhookApp.start("", exchange -> {
            exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 404);
            exchange.getMessage().setBody("left over");
        })) {
            Wire.Response response = app.post(Bodies.mail(1, "tok"));

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).isEmpty();
        }
    }

    @Test
    void respondsWith413ToWhatIsTooLargeAndReadsItToItsEnd() throws Exception {
        try (WebhookApp app = WebhookApp.start("&maxBodySize=1000", NOTHING)) {
            Wire.Response response = app.post(new byte[20_000_000]);

            assertThat(response.status()).isEqualTo(413);
            assertThat(response.text()).isEqualTo("Too large");
            assertThat(app.post(Bodies.event("e1")).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"})
    void respondsWith405ToEveryOtherMethod(String method) throws Exception {
        try (WebhookApp app = WebhookApp.start()) {
            Wire.Response response = app.send(method, "/postal", new byte[0]);

            assertThat(response.status()).isEqualTo(405);
            assertThat(response.headers()).containsEntry("allow", "POST");
            assertThat(app.routed()).isEmpty();
        }
    }

    // ---- isolation

    @Test
    void letsNothingOfTheRequestIntoTheExchangeOrIntoTheResponse() throws Exception {
        try (WebhookApp app = WebhookApp.start()) {
            byte[] body = Bodies.mail(1, "tok");
            Wire.Response response = Wire.post(app.port(), "/postal?canary=1&CamelPostalTo=canary", body,
                    TestKey.SHARED.signature(body),
                    "X-Canary: canary", "CAMELHttpResponseCode: 404", "CamelPostalOperation: canary", "from: canary");

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.headers()).containsOnlyKeys("connection", "content-length");
            Exchange exchange = app.routed().take();
            assertThat(exchange.getMessage().getHeaders()).allSatisfy((name, value) -> {
                assertThat(name).startsWith("CamelPostal");
                assertThat(value.toString()).doesNotContain("canary");
            });
            assertThat(exchange.getMessage().getBody()).isInstanceOf(InboundMail.class);
        }
    }

    private static String basic(String credentials) {
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(credentials.getBytes());
    }

    private static List<Exchange> start(CamelApp app, FragileRepository repository) throws Exception {
        List<Exchange> routed = new CopyOnWriteArrayList<>();
        app.context().getRegistry().bind("repository", repository);
        app.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook?verifySignature=false&idempotentRepository=#repository").process(routed::add);
            }
        });
        app.context().start();
        return routed;
    }

    /** A repository whose database comes and goes. */
    private static final class FragileRepository extends MemoryIdempotentRepository {

        private volatile boolean refusesToRead;
        private volatile boolean refusesToStore;

        FragileRepository() {
            setCacheSize(100);
        }

        @Override
        public boolean contains(String key) {
            if (refusesToRead) {
                throw new IllegalStateException("no database");
            }
            return super.contains(key);
        }

        @Override
        public boolean add(String key) {
            if (refusesToStore) {
                throw new IllegalStateException("no database");
            }
            return super.add(key);
        }
    }
}
