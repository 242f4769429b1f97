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
package io.github.camelpostal.examples.mailgoat;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.PostalSandboxExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {

    @RegisterExtension
    final PostalSandboxExtension postal = new PostalSandboxExtension();

    @TempDir
    Path home;
    private PostalSandbox sandbox;
    private Session session;

    @BeforeEach
    void configure() {
        sandbox = postal.sandbox();
        session = Session.with(sandbox, home);
    }

    @Test
    void endsWithZeroWhereNothingHasFailed() {
        Session.Result ended = session.types("doctor", "--public-key", sandbox.publicKeyBase64());

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out()).contains("ok       server", "ok       key ", "ok       pinned-key", "ok       sender");
        assertThat(sandbox.sent()).isEmpty();
    }

    @Test
    void saysWhatHasFailedAndWhatToDoAndNeverTheKey() {
        Session.Result ended = session.with("MAILGOAT_API_KEY", "UnknownKeyUnknownKey0000").types("doctor");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.out()).contains("FAILED   key", "-> In Postal's web interface", "type API");
        assertThat(ended.out() + ended.err()).doesNotContain("UnknownKeyUnknownKey0000");
    }

    @Test
    void printsJsonForScripts() {
        sandbox.server().suspend();

        Session.Result ended = session.types("doctor", "--json");

        JsonNode report = ended.json();
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(report.path("healthy").asBoolean(true)).isFalse();
        assertThat(report.path("checks").findValuesAsText("name")).contains("server", "host", "key", "suspended");
        assertThat(report.path("checks")).anySatisfy(check -> {
            assertThat(check.path("name").asText()).isEqualTo("suspended");
            assertThat(check.path("status").asText()).isEqualTo("failed");
            assertThat(check.path("remedy").asText()).isNotEmpty();
        });
    }

    @Test
    void followsALoopToItsEndpoint() throws Exception {
        HttpServer application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        application.createContext("/postal", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        application.start();
        try {
            sandbox.routeTo("loop@example.com",
                    URI.create("http://127.0.0.1:" + application.getAddress().getPort() + "/postal"));

            Session.Result ended = session.types("doctor", "--loop", "loop@example.com", "--timeout", "60");

            assertThat(ended.out()).contains("ok       loop-sent", "ok       loop-arrived", "ok       loop-delivered",
                    "MessageSent (outgoing), MessageSent (incoming)");
            assertThat(ended.exitCode()).isZero();
        } finally {
            application.stop(0);
        }
    }

    @Test
    void saysThatTheDomainsRecordsCannotBeReadWhereNobodyListens() {
        Session.Result ended = session.types("doctor", "--domain", "example.com", "--name-server", "127.0.0.1:1");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.out()).contains("FAILED   dns", "name server").doesNotContain("null");
    }

    @Test
    void aLoopNeedsASender() {
        Session.Result ended = new Session(home).with("MAILGOAT_SERVER", sandbox.url().toString())
                .with("MAILGOAT_API_KEY", sandbox.apiKey()).types("doctor", "--loop", "loop@example.com");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains("--from");
    }
}
