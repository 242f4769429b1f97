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
package io.github.camelpostal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client or receiver can notice of other versions: each test is a row of protocol 11, or of 14. */
class VersionsTest {
    private static final String MESSAGE = "/api/v1/messages/message";
    private static final String SEND = "/api/v1/send/message";

    /** Row "wrong JSON type of a parameter". */
    @ParameterizedTest
    @CsvSource({"3.3.0,200", "2.3.2,200", "3.3.1,500", "3.3.6,500"})
    void namesTheTypeItWantsUntil330AndCrashesSince(String version, int status) {
        with(version, client -> {
            HttpResponse<String> response = client.post(MESSAGE, "{'id':'1'}");
            assertThat(response.statusCode()).isEqualTo(status);
            if (status == 200) {
                assertThat(Client.json(response).path("status").asText()).isEqualTo("parameter-error");
                assertThat(Client.json(response).at("/data/message").asText())
                        .isEqualTo("`id` should be a `Integer` but is a `String`");
                assertThat(client.call(SEND, "{'to':'a@b.test'}").at("/data/message").asText())
                        .isEqualTo("`to` should be a `Array` but is a `String`");
            }
        });
    }

    /** Row "`bounce`". */
    @Test
    void takesOnlySixValuesForBounceUntil330() {
        with("3.3.0", client -> {
            assertThat(client.call(SEND, send("'maybe'")).at("/data/message").asText())
                    .isEqualTo("`bounce` should be a boolean value");
            assertThat(bounceAfter(client, "'false'")).isFalse();
            assertThat(bounceAfter(client, "0")).isFalse();
            assertThat(bounceAfter(client, "'1'")).isTrue();
        });
        with("3.3.6", client -> assertThat(bounceAfter(client, "'false'")).isTrue());
    }

    /** Rows "malformed JSON", "unknown API path", "crash". */
    @Test
    void hasItsOwnWordsForWhatIsWrongUntil330() {
        with("3.3.0", client -> {
            assertThat(client.post(MESSAGE, "{").statusCode()).isEqualTo(400);
            assertThat(client.call(MESSAGE, "{").path("status").asText()).isEqualTo("invalid-json");
            assertThat(client.post("/api/v1/no/such", "{}").statusCode()).isEqualTo(400);
            assertThat(client.call("/api/v1/no/such", "{}").toString())
                    .isEqualTo("{\"status\":\"invalid-controller-or-action\"}");
            assertThat(client.post(MESSAGE, "[1]").statusCode()).isEqualTo(500);
            assertThat(client.call(MESSAGE, "[1]").toString()).isEqualTo("{\"status\":\"internal-server-error\"}");
        });
    }

    /** Row "methods". */
    @Test
    void respondsToOptionsAndLetsEverybodyCallUntil330() {
        with("3.3.0", client -> {
            HttpResponse<String> options = client.send(client.request(SEND)
                    .header("Access-Control-Request-Headers", "x-server-api-key").method("OPTIONS", BodyPublishers.noBody()));
            assertThat(options.statusCode()).isEqualTo(200);
            assertThat(options.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
            assertThat(options.headers().firstValue("Access-Control-Allow-Headers")).contains("x-server-api-key");
            assertThat(client.send(client.request(MESSAGE).DELETE()).statusCode()).isEqualTo(200);
        });
        with("3.3.1", client -> {
            assertThat(client.send(client.request(MESSAGE).DELETE()).statusCode()).isEqualTo(404);
            assertThat(client.post(MESSAGE, "{}").headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        });
    }

    /** Row "`_expansions: true`". */
    @ParameterizedTest
    @CsvSource({"3.3.0,200,200", "3.3.1,500,500", "3.3.2,500,500", "3.3.3,200,200", "3.3.6,200,200"})
    void crashesWithoutAListOfExpansionsIn331And332(String version, int absent, int all) {
        with(version, client -> {
            client.call(SEND, send("false"));
            assertThat(client.post(MESSAGE, "{'id':1}").statusCode()).isEqualTo(absent);
            assertThat(client.post(MESSAGE, "{'id':1,'_expansions':true}").statusCode()).isEqualTo(all);
            assertThat(client.post(MESSAGE, "{'id':1,'_expansions':[]}").statusCode()).isEqualTo(200);
        });
    }

    /** Rows "`ServerSuspended`" and "order of code/message in data, digits of time". */
    @Test
    void putsTheCodeFirstAndAlwaysSaysMoreUntil330() {
        try (PostalSandbox old = PostalSandbox.builder().keyPair(Signatures.PAIR).version("3.3.0").start()) {
            Client client = new Client(old);
            assertThat(client.post(SEND, "{}").body()).matches(
                    "\\{\"status\":\"error\",\"time\":\\d+\\.\\d{1,2},\"flags\":\\{},\"data\":\\{\"code\":\"NoRecipients\",\"message\":.*");
            old.server().suspend();
            assertThat(client.call(SEND, "{}").at("/data/message").asText()).isNotEmpty();
        }
        try (PostalSandbox recorded = PostalSandbox.builder().keyPair(Signatures.PAIR).start()) {
            recorded.server().suspend();
            assertThat(new Client(recorded).call(SEND, "{}").at("/data/message").isMissingNode()).isTrue();
        }
    }

    /** Row "booleans in details/deliveries". */
    @ParameterizedTest
    @CsvSource({"2.1.2,0,1", "2.1.3,false,true", "3.3.6,false,true"})
    void writesBooleansAsNumbersUntil212(String version, String no, String yes) {
        with(version, client -> {
            client.call(SEND, send("false"));
            JsonNode details = client.call(MESSAGE, "{'id':1,'_expansions':['details']}").at("/data/details");
            assertThat(details.path("bounce").toString()).isEqualTo(no);
            assertThat(details.path("received_with_ssl").toString()).isEqualTo(yes);
        });
    }

    /** Row "Host check". */
    @Test
    void looksAtTheHostSince213() {
        assertThat(statusForHost("2.1.2", "elsewhere.example")).isEqualTo(200);
        assertThat(statusForHost("2.1.3", "elsewhere.example")).isEqualTo(403);
    }

    /** Row "token length". */
    @ParameterizedTest
    @CsvSource({"2.3.2,12", "3.0.0,16", "3.3.6,16"})
    void makesLongerTokensSince300(String version, int length) {
        with(version, client -> assertThat(client.call(SEND, send("false"))
                .at("/data/messages/a@rcpt.test/token").asText()).hasSize(length));
    }

    /** Row "signature headers". */
    @Test
    void signsWithSha1OnlyBefore320AndPublishesNoKey() {
        try (PostalSandbox old = PostalSandbox.builder().keyPair(Signatures.PAIR).version("3.1.1").start();
                Receiver receiver = new Receiver()) {
            old.postEventsTo(receiver.url("/"));
            old.server().sendLimitExceeded(2, 1);
            Receiver.Request exchange = receiver.next();

            assertThat(exchange.headers().getFirst("X-Postal-Signature")).isNotEmpty();
            assertThat(exchange.headers().keySet()).noneMatch(name -> name.toLowerCase().startsWith("x-postal-signature-"));
            assertThat(exchange.headers().getFirst("User-Agent")).isEqualTo("Postal/3.1.1");
            Client client = new Client(old);
            assertThat(client.send(client.request("/.well-known/jwks.json")).statusCode()).isEqualTo(404);
        }
    }

    /** Protocol 14: the refusal since 3.3.7, before anything connects. */
    @Test
    void refusesPrivateTargetsSince337UnlessTheyAreAllowed() {
        try (PostalSandbox newer = PostalSandbox.builder().keyPair(Signatures.PAIR).version("3.3.7").virtualTime().start();
                PostalSandbox allowing = PostalSandbox.builder().keyPair(Signatures.PAIR).version("3.3.7")
                        .allowDestination("127.0.0.1").virtualTime().start();
                Receiver receiver = new Receiver()) {
            for (PostalSandbox postal : new PostalSandbox[]{newer, allowing}) {
                postal.routeTo("support@example.com", receiver.url("/"));
                postal.receive("a@b.test", "support@example.com", "Subject: s\n\nx\n".getBytes());
                postal.advance(Duration.ZERO);
            }

            assertThat(newer.received().get(0).status()).isEqualTo("SoftFail");
            assertThat(newer.received().get(0).deliveries().get(0).details()).startsWith("Received a -4 from ");
            assertThat(allowing.received().get(0).status()).isEqualTo("Sent");
            assertThat(receiver.pending()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"three", "3", "3.3.6-rc1", ""})
    void refusesWhatIsNoVersion(String text) {
        assertThatThrownBy(() -> PostalSandbox.builder().version(text)).hasMessageContaining("looks like 3.3.6");
    }

    private static void with(String version, Consumer<Client> test) {
        try (PostalSandbox postal = PostalSandbox.builder().keyPair(Signatures.PAIR).version(version).start()) {
            test.accept(new Client(postal));
        }
    }

    private static boolean bounceAfter(Client client, String bounce) {
        long id = client.call(SEND, send(bounce)).at("/data/messages/a@rcpt.test/id").asLong();
        return client.call(MESSAGE, "{'id':" + id + ",'_expansions':['details']}").at("/data/details/bounce").asBoolean();
    }

    private static String send(String bounce) {
        return "{'to':['a@rcpt.test'],'from':'a@example.com','plain_body':'x','bounce':" + bounce + "}";
    }

    private static int statusForHost(String version, String host) {
        try (PostalSandbox postal = PostalSandbox.builder().keyPair(Signatures.PAIR).version(version).start()) {
            return RawHttp.send(postal.port(), "POST", MESSAGE, Map.of("Host", host, "Connection", "close"),
                    new byte[0]).status();
        }
    }
}
