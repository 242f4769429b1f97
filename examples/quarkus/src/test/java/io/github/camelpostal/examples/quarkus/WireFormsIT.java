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
package io.github.camelpostal.examples.quarkus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;

import io.github.camelpostal.sandbox.HttpEndpoint;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged application beside a Postal that runs elsewhere. */
class WireFormsIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(120);
    private static final int LARGE = 12_000_000;

    private static PostalSandbox sandbox;
    private static PackagedParty party;

    @BeforeAll
    static void start() throws Exception {
        sandbox = PostalSandbox.builder().domain("party.example").start();
        party = PackagedParty.start(PackagedParty.freePort(), List.of("camel.component.postal.server-url=" + sandbox.url(),
                "camel.component.postal.api-key=" + sandbox.apiKey(), "camel.component.postal.processing-timeout=60000"));
        await().atMost(TIMEOUT).until(party::isOpen);
    }

    @AfterAll
    static void stop() throws Exception {
        party.close();
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource({"HASH, JSON", "HASH, FORM", "RAW, JSON", "RAW, FORM"})
    void readsMailOfTwelveMegabytesInEveryFormThatPostalHas(HttpEndpoint.Format format, HttpEndpoint.Encoding encoding)
            throws Exception {
        String guest = (format + "-" + encoding + "@guest.example").toLowerCase();
        sandbox.routeTo("party@party.example", HttpEndpoint.of(party.at("/postal")).withFormat(format).withEncoding(encoding)
                .withTimeout(TIMEOUT));

        StoredMail mail = sandbox.receive(guest, "party@party.example", large(guest));

        assertThat(sandbox.awaitWebhookRequest(post -> post.isMail() && post.mailId() == mail.id(), TIMEOUT).status())
                .isEqualTo(200);
        assertThat(party.get("/guests").body()).contains("{\"address\":\"" + guest + "\",\"invitation\":null,"
                + "\"reply\":\"I bring a film.", "\"attached\":" + LARGE);
    }

    @Test
    void sendsToAPostalThatIsConfigured() throws Exception {
        HttpClient.newHttpClient().send(HttpRequest.newBuilder(party.at("/invitations"))
                .POST(HttpRequest.BodyPublishers.ofString("zoe@guest.example")).build(),
                HttpResponse.BodyHandlers.discarding());

        assertThat(sandbox.awaitSentTo("zoe@guest.example", TIMEOUT).subject()).isEqualTo("You are invited");
    }

    private static byte[] large(String from) {
        byte[] film = new byte[LARGE];
        new Random(1).nextBytes(film);
        return ("From: " + from + "\r\nTo: party@party.example\r\nSubject: Film\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nI bring a film.\r\n"
                + "--b\r\nContent-Type: video/mp4\r\nContent-Disposition: attachment; filename=film.mp4\r\n"
                + "Content-Transfer-Encoding: base64\r\n\r\n" + Base64.getMimeEncoder().encodeToString(film) + "\r\n--b--\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
