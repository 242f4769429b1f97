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
package io.github.camelpostal.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import io.github.camelpostal.RealClient;
import io.github.camelpostal.payload.Content;
import io.github.camelpostal.testing.FreePort;
import io.github.camelpostal.testing.ScriptedConnection;
import io.github.camelpostal.testing.ScriptedServer;
import io.github.camelpostal.testing.ScriptedServer.Script;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What goes wrong between here and Postal, over real sockets: the right exception, one request on the wire, and the connection
 * never used again.
 */
@Timeout(120)
class FaultsTest {

    private static final Class<?> REJECTED = PostalRejectedException.class;
    private static final Class<?> ACCESS = PostalAccessException.class;
    private static final Class<?> UNAVAILABLE = PostalUnavailableException.class;
    private static final Class<?> UNCERTAIN = PostalUncertainException.class;

    private static final String OK = "{\"status\":\"success\",\"time\":0.1,\"flags\":{},\"data\":{\"message_id\":\"m@x\","
            + "\"messages\":{\"b@rcpt.test\":{\"id\":1,\"token\":\"t\"}}}}";

    static Stream<Arguments> responses() {
        return Stream.of(arguments(301, ACCESS, ACCESS), arguments(302, ACCESS, ACCESS), arguments(304, ACCESS, ACCESS),
                arguments(307, ACCESS, ACCESS), arguments(308, ACCESS, ACCESS), arguments(400, ACCESS, ACCESS),
                arguments(401, ACCESS, ACCESS), arguments(403, ACCESS, ACCESS), arguments(404, ACCESS, ACCESS),
                arguments(405, ACCESS, ACCESS), arguments(407, ACCESS, ACCESS), arguments(408, UNAVAILABLE, UNAVAILABLE),
                arguments(413, REJECTED, REJECTED), arguments(422, ACCESS, ACCESS), arguments(429, UNAVAILABLE, UNAVAILABLE),
                arguments(500, UNCERTAIN, UNAVAILABLE), arguments(502, UNCERTAIN, UNAVAILABLE),
                arguments(503, UNCERTAIN, UNAVAILABLE), arguments(504, UNCERTAIN, UNAVAILABLE),
                arguments(201, UNCERTAIN, UNAVAILABLE), arguments(204, UNCERTAIN, UNAVAILABLE));
    }

    @ParameterizedTest(name = "HTTP {0}")
    @MethodSource("responses")
    void everyStatusButOkHasItsException(int status, Class<?> forSends, Class<?> forReads) throws Exception {
        Script script = connection -> {
            connection.readBody();
            connection.respond(status,
                    Map.of("Content-Type", "application/json", "Retry-After", "0", "Location", "/elsewhere"),
                    status == 204 || status == 304 ? new byte[0] : OK.getBytes());
        };
        PostalException failure = verify(script, forSends, forReads);
        assertThat(failure.httpStatus()).isEqualTo(status);
        assertThat(failure.getHttpResponseCode()).isEqualTo(status);
        assertThat(failure).hasMessageContaining("HTTP " + status);
    }

    static Stream<Arguments> foreignResponses() {
        return Stream.of(arguments("an HTML page", body("<!DOCTYPE html><html><body>Welcome</body></html>")),
                arguments("nothing", body("")), //
                arguments("half of the JSON", body(OK.substring(0, OK.length() / 2))),
                arguments("JSON without its last bracket", body(OK.substring(0, OK.length() - 1))),
                arguments("something after the JSON", body(OK + "{}")),
                arguments("an error in the look-alike form", body("{\"status\":500,\"error\":\"Internal Server Error\"}")),
                arguments("a status that Postal does not have", body(OK.replace("success", "ok"))),
                arguments("an error without a code", body("{\"status\":\"error\",\"data\":{}}")),
                arguments("a success without data", body("{\"status\":\"success\"}")),
                arguments("data of another shape", body("{\"status\":\"success\",\"data\":[1,2]}")),
                arguments("a list", body("[]")), //
                arguments("too much", body(OK.replace("\"flags\":{}", "\"flags\":\"" + "x".repeat(20_000_000) + "\""))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("foreignResponses")
    void aResponseThatIsNotPostalsLeavesASendUncertainAndAReadUnavailable(String name, Script script) throws Exception {
        PostalException failure = verify(script, Duration.ofMinutes(1), UNCERTAIN, UNAVAILABLE);
        assertThat(failure).hasMessageContaining("the response is not Postal's").hasNoCause();
        assertThat(failure.httpStatus()).isEqualTo(200);
    }

    @Test
    void ofAnUncertainSendNoRecipientIsKnown() throws Exception {
        try (ScriptedServer server = ScriptedServer.responding(500, "text/html", "oops");
                RealClient real = RealClient.of(server.url())) {
            PostalUncertainException failure = catchThrowableOfType(PostalUncertainException.class,
                    () -> real.client().sendMessage(Messages.small().toBuilder().to("Bob <bob@x.test>", "c@x.test")
                            .bcc("\"D\" <d@x.test>").build()));
            assertThat(failure.unknown()).containsExactly("bob@x.test", "c@x.test", "d@x.test");
            assertThat(failure.accepted()).isEmpty();
            assertThat(failure.missing()).isEmpty();
            PostalUncertainException raw = catchThrowableOfType(PostalUncertainException.class, () -> real.client()
                    .sendRaw(new RawMessage("a@x.test", List.of("bob@x.test"), Content.of(new byte[]{1}), false)));
            assertThat(raw.unknown()).containsExactly("bob@x.test");
            assertThat(raw.getMessage()).doesNotContain("bob");
        }
    }

    static Stream<Arguments> brokenConnections() {
        return Stream.of(arguments("no HTTP", script(connection -> {
            connection.write("220 smtp.example.com ESMTP\r\n");
            connection.close();
        })), //
                arguments("a reset before the head", script(ScriptedConnection::reset)),
                arguments("an end before the head", script(ScriptedConnection::close)),
                arguments("a reset in the middle of the head", script(connection -> {
                    connection.write("HTTP/1.1 200 OK\r\nContent-");
                    connection.reset();
                })), //
                arguments("a reset after the head", script(connection -> {
                    connection.head(200, Map.of("Content-Length", "1000"));
                    connection.reset();
                })), //
                arguments("an end in the middle of the body", script(connection -> {
                    connection.head(200, Map.of("Content-Length", Integer.toString(OK.length())));
                    connection.write(OK.substring(0, 40));
                    connection.close();
                })), //
                arguments("an end in the middle of the chunks", script(connection -> {
                    connection.head(200, Map.of("Transfer-Encoding", "chunked"));
                    connection.write("40\r\n" + OK.substring(0, 40));
                    connection.close();
                })), //
                arguments("silence", script(ScriptedConnection::beSilent)),
                arguments("silence after the head", script(connection -> {
                    connection.head(200, Map.of("Content-Length", "1000"));
                    connection.beSilent();
                })));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenConnections")
    void aConnectionThatBreaksLeavesASendUncertainAndAReadUnavailable(String name, Script script) throws Exception {
        PostalException failure = verify(script, UNCERTAIN, UNAVAILABLE);
        assertThat(failure).hasCauseInstanceOf(IOException.class);
    }

    static Stream<Arguments> endsAfterACompleteResponse() {
        return Stream.of(arguments("a reset", (Script) ScriptedConnection::reset),
                arguments("an end", (Script) ScriptedConnection::close),
                arguments("silence", (Script) ScriptedConnection::beSilent));
    }

    @ParameterizedTest(name = "{0} in the place of the last chunk")
    @MethodSource("endsAfterACompleteResponse")
    void aCompleteResponseCountsWhateverBecomesOfTheConnection(String name, Script end) throws Exception {
        Script script = connection -> {
            connection.readBody();
            connection.head(200, Map.of("Transfer-Encoding", "chunked"));
            connection.write(Integer.toHexString(OK.length()) + "\r\n" + OK + "\r\n");
            await().pollDelay(Duration.ofMillis(100)).until(() -> true); // a reset would overtake the response
            end.run(connection);
        };
        try (ScriptedServer server = ScriptedServer.start(script);
                RealClient real = RealClient.of(server.url(), c -> c.getConfiguration().setResponseTimeout(1_000))) {
            assertThat(real.client().sendMessage(Messages.small()).messageId()).isEqualTo("m@x");
            await().until(() -> server.openConnections() == 0);
        }
    }

    @Test
    void refusedConnectionsAreUnavailable() throws Exception {
        URI nobody = URI.create("http://127.0.0.1:" + FreePort.find());
        verifyUnreachable(nobody, UNAVAILABLE);
    }

    @Test
    void unknownHostsAreUnavailable() throws Exception {
        verifyUnreachable(URI.create("http://postal.invalid"), UNAVAILABLE);
    }

    @Test
    void waitingInVainForAConnectionOfThePoolIsUnavailable() throws Exception {
        Script endless = connection -> {
            connection.readBody();
            connection.head(200, Map.of("Content-Length", "1000"));
            while (true) {
                connection.write(" ");
                pause();
            }
        };
        try (ScriptedServer server = ScriptedServer.start(endless); RealClient real = RealClient.of(server.url(), component -> {
            component.getConfiguration().setMaxConnections(1);
            component.getConfiguration().setResponseTimeout(500);
        })) {
            Thread reader = new Thread(
                    () -> catchThrowableOfType(PostalException.class, () -> real.client().message(1, Set.of())));
            reader.start();
            await().until(() -> server.requests().size() == 1);
            assertThat(failureOfSend(real)).isInstanceOf(UNAVAILABLE).hasMessageContaining("nothing was accepted");
            server.onlyRequest();
            server.closeConnections();
            reader.join();
        }
    }

    @Test
    void aResponseThatDripsInEndsWithinTheResponseTimeout() throws Exception {
        Script drip = connection -> {
            connection.readBody();
            connection.head(200, Map.of("Content-Length", "1000"));
            while (true) {
                connection.write(" ");
                pause();
            }
        };
        try (ScriptedServer server = ScriptedServer.start(drip);
                RealClient real = RealClient.of(server.url(), c -> c.getConfiguration().setResponseTimeout(1_000))) {
            assertThat(failureOfSend(real)).isInstanceOf(UNCERTAIN);
            await().until(() -> server.openConnections() == 0);
        }
    }

    @Test
    void aServerThatTakesNoMoreBytesEndsAnUploadAndHasAcceptedNothing() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(ScriptedConnection::beDeaf);
                RealClient real = RealClient.of(server.url(), c -> c.getConfiguration().setResponseTimeout(1_000))) {
            PostalException failure = catchThrowableOfType(PostalException.class,
                    () -> real.client().sendMessage(Messages.with(Messages.zeros(50_000_000))));
            assertThat(failure).isInstanceOf(UNAVAILABLE);
        }
    }

    @Test
    void anUploadThatIsCutOffHasAcceptedNothing() throws Exception {
        Script script = connection -> {
            connection.readSome(1_000_000);
            connection.reset();
        };
        try (ScriptedServer server = ScriptedServer.start(script); RealClient real = RealClient.of(server.url())) {
            PostalException failure = catchThrowableOfType(PostalException.class,
                    () -> real.client().sendMessage(Messages.with(Messages.zeros(50_000_000))));
            assertThat(failure).isInstanceOf(UNAVAILABLE);
            server.onlyRequest();
        }
    }

    @Test
    void aRefusalThatComesBeforeTheUploadIsOverIsHeard() throws Exception {
        Script script = connection -> {
            connection.readSome(1_000);
            connection.respond(413, Map.of("Content-Type", "text/html"), "<html>too large</html>".getBytes());
            connection.beSilent(); // as nginx does: read on for a while, so that the response is not lost in a reset
        };
        try (ScriptedServer server = ScriptedServer.start(script); RealClient real = RealClient.of(server.url())) {
            PostalRejectedException failure = catchThrowableOfType(PostalRejectedException.class,
                    () -> real.client().sendMessage(Messages.with(Messages.zeros(50_000_000))));
            assertThat(failure.code()).isEqualTo(PostalErrorCode.TOO_LARGE);
            assertThat(failure.httpStatus()).isEqualTo(413);
            await().until(() -> server.openConnections() == 0);
        }
    }

    @Test
    void anInterruptedCallerGetsAnExceptionAndStaysInterrupted() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(ScriptedConnection::beSilent);
                RealClient real = RealClient.of(server.url(), component -> component.getConfiguration().setMaxConnections(1))) {
            Thread.currentThread().interrupt();
            PostalException failure = failureOfSend(real);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(failure).isInstanceOfAny(UNAVAILABLE, UNCERTAIN);
        }
    }

    /** Makes a send and a read against the fault; each must have put one request on the wire, and no fault may leave a connection. */
    private static PostalException verify(Script script, Class<?> forSends, Class<?> forReads) throws Exception {
        return verify(script, Duration.ofSeconds(1), forSends, forReads);
    }

    private static PostalException verify(Script script, Duration timeout, Class<?> forSends, Class<?> forReads)
            throws Exception {
        try (ScriptedServer server = ScriptedServer.start(script);
                RealClient real = RealClient.of(server.url(),
                        c -> c.getConfiguration().setResponseTimeout(timeout.toMillis()))) {
            PostalException ofSend = failureOfSend(real);
            assertThat(ofSend).isInstanceOf(forSends);
            assertThat(ofSend.operation()).isEqualTo("send");
            server.onlyRequest();
            PostalException ofRead = failureOfRead(real);
            assertThat(ofRead).isInstanceOf(forReads);
            assertThat(ofRead.operation()).isEqualTo("deliveries");
            assertThat(server.requests()).hasSize(2);
            if (ofSend.httpStatus() != 200) {
                assertThat(server.connections()).as("a broken connection is not used again").isEqualTo(2);
                await().untilAsserted(() -> assertThat(server.openConnections()).isZero());
            }
            return ofSend;
        }
    }

    private static void verifyUnreachable(URI url, Class<?> expected) throws Exception {
        try (RealClient real = RealClient.of(url)) {
            PostalException failure = failureOfSend(real);
            assertThat(failure).isInstanceOf(expected).hasMessageContaining("send (send/message)")
                    .hasCauseInstanceOf(IOException.class);
            assertThat(failure.httpStatus()).isZero();
            assertThat(failureOfRead(real)).isInstanceOf(expected);
        }
    }

    private static PostalException failureOfSend(RealClient real) {
        return catchThrowableOfType(PostalException.class, () -> real.client().sendMessage(Messages.small()));
    }

    private static PostalException failureOfRead(RealClient real) {
        return catchThrowableOfType(PostalException.class, () -> {
            real.client().deliveries(1);
            real.client().message(1, EnumSet.noneOf(Expansion.class));
        });
    }

    private static Script body(String body) {
        return respond(body);
    }

    static Script respond(String body) {
        return connection -> {
            connection.readBody();
            connection.respond(200, Map.of("Content-Type", "application/json; charset=utf-8"), body.getBytes());
        };
    }

    private static Script script(Script script) {
        return connection -> {
            connection.readBody();
            script.run(connection);
        };
    }

    /** Shorter than any time-out. */
    private static void pause() {
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
}
