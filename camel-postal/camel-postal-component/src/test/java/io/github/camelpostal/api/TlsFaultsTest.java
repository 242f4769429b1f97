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

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

import io.github.camelpostal.RealClient;
import io.github.camelpostal.testing.ScriptedConnection;
import io.github.camelpostal.testing.ScriptedServer;
import io.github.camelpostal.testing.ScriptedServer.Script;
import io.github.camelpostal.testing.TestCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What goes wrong with TLS, and what TLS makes harder to notice.
 */
@Timeout(120)
class TlsFaultsTest {

    private static final Class<?> ACCESS = PostalAccessException.class;
    private static final Class<?> UNAVAILABLE = PostalUnavailableException.class;

    @TempDir
    Path directory;

    @Test
    void aCertificateThatIsNotTrustedIsAMatterOfAccess() throws Exception {
        TestCertificate certificate = TestCertificate.in(directory, "ip:127.0.0.1");
        try (ScriptedServer server = ScriptedServer.startTls(certificate.presenting(), FaultsTest.respond("{}"))) {
            try (RealClient real = RealClient.of(server.url())) {
                assertThat(failureOfSend(real)).isInstanceOf(ACCESS).hasMessageContaining("check the certificate");
            }
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aCertificateOfSomebodyElseIsAMatterOfAccess() throws Exception {
        TestCertificate certificate = TestCertificate.in(directory, "dns:other.example");
        try (ScriptedServer server = ScriptedServer.startTls(certificate.presenting(), FaultsTest.respond("{}"));
                RealClient real = RealClient.of(server.url(),
                        component -> component.getConfiguration().setSslContextParameters(certificate.trusting()))) {
            assertThat(failureOfSend(real)).isInstanceOf(ACCESS);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void tlsToAPortWithoutItIsAMatterOfAccess() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread speaksFirst = new Thread(() -> {
                try (var socket = plain.accept()) {
                    socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes());
                    socket.getInputStream().readNBytes(1000);
                } catch (IOException e) {
                    // the client went away
                }
            });
            speaksFirst.start();
            try (RealClient real = RealClient.of(URI.create("https://127.0.0.1:" + plain.getLocalPort()))) {
                assertThat(failureOfSend(real)).isInstanceOf(ACCESS);
            }
            speaksFirst.join();
        }
    }

    @Test
    void aTlsHandshakeThatGetsNoResponseEndsWithinTheConnectTimeout() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RealClient real = RealClient.of(URI.create("https://127.0.0.1:" + mute.getLocalPort()),
                        component -> component.getConfiguration().setConnectTimeout(500))) {
            assertThat(failureOfSend(real)).isInstanceOf(UNAVAILABLE);
        }
    }

    @Test
    void aConnectionCutDuringTheHandshakeIsUnavailable() throws Exception {
        try (ServerSocket cutting = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread cutter = new Thread(() -> {
                try (var socket = cutting.accept()) {
                    socket.setSoLinger(true, 0);
                } catch (IOException e) {
                    // closed with the test
                }
            });
            cutter.start();
            try (RealClient real = RealClient.of(URI.create("https://127.0.0.1:" + cutting.getLocalPort()))) {
                assertThat(failureOfSend(real)).isInstanceOf(UNAVAILABLE);
            }
            cutter.join();
        }
    }

    @Test
    void aResetAfterTheRequestLeavesASendUncertain() throws Exception {
        try (TrustedServer trusted = trusted(connection -> {
            connection.readBody();
            connection.reset();
        })) {
            assertThat(failureOfSend(trusted.real)).isInstanceOf(PostalUncertainException.class);
            trusted.server.onlyRequest();
        }
    }

    @Test
    void aServerThatTakesNoMoreBytesEndsAnUploadAndHasAcceptedNothing() throws Exception {
        try (TrustedServer trusted = trusted(ScriptedConnection::beDeaf)) {
            assertThat(failureOfUpload(trusted.real)).isInstanceOf(UNAVAILABLE);
        }
    }

    @Test
    void aRefusalThatComesBeforeTheUploadIsOverIsHeard() throws Exception {
        try (TrustedServer trusted = trusted(connection -> {
            connection.readSome(1_000);
            connection.respond(413, Map.of("Content-Type", "text/html"), "<html>too large</html>".getBytes());
            connection.beSilent();
        })) {
            assertThat(failureOfUpload(trusted.real)).isInstanceOf(PostalRejectedException.class);
            await().until(() -> trusted.server.openConnections() == 0);
        }
    }

    private TrustedServer trusted(Script script) throws Exception {
        TestCertificate certificate = TestCertificate.in(directory, "ip:127.0.0.1");
        ScriptedServer server = ScriptedServer.startTls(certificate.presenting(), script);
        return new TrustedServer(server, RealClient.of(server.url(), component -> {
            component.getConfiguration().setSslContextParameters(certificate.trusting());
            component.getConfiguration().setResponseTimeout(1_000);
        }));
    }

    private record TrustedServer(ScriptedServer server, RealClient real) implements AutoCloseable {

        @Override
        public void close() throws Exception {
            real.close();
            server.close();
        }
    }

    private static PostalException failureOfSend(RealClient real) {
        return catchThrowableOfType(PostalException.class, () -> real.client().sendMessage(Messages.small()));
    }

    private static PostalException failureOfUpload(RealClient real) {
        return catchThrowableOfType(PostalException.class,
                () -> real.client().sendMessage(Messages.with(Messages.zeros(50_000_000))));
    }
}
