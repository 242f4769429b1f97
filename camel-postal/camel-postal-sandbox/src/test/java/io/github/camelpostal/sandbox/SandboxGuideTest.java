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

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.camelpostal.sandbox.HttpEndpoint.Format;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the guide shows works, and is shown as it stands here. */
class SandboxGuideTest {
    private static final Path GUIDE = Path.of("../../src/docs/sandbox.md");
    private static final Path THIS = Path.of("src/test/java/io/github/camelpostal/sandbox/SandboxGuideTest.java");
    private static final String END = "<!-- up to here";
    private static final Pattern SNIPPET = Pattern.compile("(?s)```java\n(.*?)```");

    private final byte[] rfc5322 = "From: zoe@customer.example\nSubject: Help\n\nplease\n".getBytes(StandardCharsets.UTF_8);
    private final Receiver receiver = new Receiver();
    private final URI application = receiver.url("/postal");

    @AfterEach
    void stop() {
        receiver.close();
    }

    @Test
    void beginsLikeThis() {
        try (PostalSandbox postal = PostalSandbox.builder().domain("example.com").start()) {
            postal.postEventsTo(application);
            postal.routeTo("support@example.com", application);

            // the application sends, with serverUrl = postal.url() and apiKey = postal.apiKey()
            send(postal, "zoe@customer.example", "hello");
            StoredMail mail = postal.sent().to("zoe@customer.example").withStatus("Sent").await().only();

            // somebody writes to it
            postal.receive("zoe@customer.example", "support@example.com", rfc5322);
            postal.webhookRequests().mail().accepted().await();
            assertThat(mail.tag()).isEqualTo("hello");
        }
    }

    @Test
    void asksLikeThis() {
        try (PostalSandbox postal = PostalSandbox.start()) {
            postal.postEventsTo(application);
            send(postal, "ann@customer.example", "invoice");
            send(postal, "bounced@customer.example", "invoice");

            StoredMail invoice = postal.sent().to("ann@customer.example").withTag("invoice").await().only();
            postal.webhookRequests().events("MessageSent").about(invoice).accepted().await();
            postal.awaitEvents("MessageSent", "MessageBounced");
            postal.sent().to("bob@customer.example").isNone();
        }
    }

    @Test
    void choosesOutcomesLikeThis() {
        try (PostalSandbox postal = PostalSandbox.builder().virtualTime().start()) {
            postal.outcome("*@slow.example", Outcome.softFail("451 4.3.0 Try later").times(2).then(Outcome.delivered()));
            postal.outcome("ann@*", Outcome.bounced(Duration.ofMinutes(3)));
            send(postal, "bob@slow.example", "t");
            send(postal, "ann@customer.example", "t");
            postal.advance(Duration.ofHours(1));

            assertThat(postal.sent()).extracting(StoredMail::status).containsExactly("Sent", "Bounced");
        }
    }

    @Test
    void letsTimePassLikeThis() {
        receiver.respond(503, new byte[0]);
        try (PostalSandbox postal = PostalSandbox.builder().virtualTime().start()) {
            postal.routeTo("support@example.com", application);
            postal.receive("zoe@customer.example", "support@example.com", rfc5322);

            postal.advance(Duration.ZERO); // what is due now: the first attempt
            postal.advance(Duration.ofHours(31)); // all 18 attempts at a receiver that is down, and the bounce
            assertThat(postal.webhookRequests().mail()).hasSize(18);
            assertThat(postal.sent().to("zoe@customer.example")).hasSize(1);
        }
    }

    @Test
    void hasSeveralServersLikeThis() {
        PostalSandbox postal = PostalSandbox.builder()
                .server(server -> server.sendLimit(100).smtpKey("SmtpKeyNotASecret0000000"))
                .server("billing",
                        server -> server.domain("billing.example").apiKey("BillingKeyNotASecret0000").developmentMode())
                .start();
        try (postal) {
            SandboxServer billing = postal.server("billing");
            assertThat(billing.apiKey()).isEqualTo("BillingKeyNotASecret0000");
        }
    }

    @Test
    void routesLikeThis() {
        try (PostalSandbox postal = PostalSandbox.builder().virtualTime().start()) {
            Route route = postal.server()
                    .route(Route.to("support@example.com", HttpEndpoint.of(application).withFormat(Format.RAW))
                            .withSpamMode(Route.SpamMode.QUARANTINE));
            postal.server().route(Route.of("parked@example.com", Route.Mode.HOLD));
            postal.server().spamScore(mail -> mail.subject().contains("lottery"), 8.5);
            postal.receive("zoe@customer.example", "support@example.com", rfc5322);
            postal.receive("zoe@customer.example", "parked@example.com", rfc5322);
            postal.advance(Duration.ZERO);

            assertThat(route.token()).hasSize(8);
            assertThat(postal.received()).extracting(StoredMail::status).containsExactly("Sent", "Held");
        }
    }

    @Test
    void failsLikeThis() {
        try (PostalSandbox postal = PostalSandbox.builder().virtualTime().start()) {
            postal.server().webhookFaults().repeatRequests(1); // everything that is accepted is sent twice
            postal.server().webhookFaults().holdRequests(); // until releaseRequests() or releaseRequestsNewestFirst()
            postal.server().webhookFaults().freezeEvents(true); // an event is sent once and never again
            postal.server().webhookFaults().eventsBeforeResponse(true); // events overtake the response to the API call
            postal.server().webhookFaults().releaseRequests();
            postal.apiFaults().on("send/message").next(1).loseResponse(); // stored and queued, but the client never learns it
            postal.apiFaults().on("/.well-known/jwks.json").delay(Duration.ofSeconds(3));
            postal.apiFaults().respond(503); // every call, until apiFaults().clear()
            postal.signWithWrongKey(); // until signWithPublishedKey()

            assertThat(postal.sent()).isEmpty();
        }
    }

    @Test
    void losesResponsesLikeThis() {
        try (PostalSandbox postal = PostalSandbox.builder().virtualTime().start()) {
            postal.apiFaults().on("send/message").next(1).loseResponseAfterRecipients(1); // 0: before the first
            postal.apiFaults().clear();
            postal.apiFaults().next(1).commitAfterDisconnect(Duration.ofSeconds(20)); // the client has gone by then
            postal.apiFaults().clear();
            postal.server().faults().interleaveOtherSenders(3); // ids of one call are not consecutive
            postal.server().faults().skipIds(5); // nor without gaps
            postal.server().faults().copyBackIn(true); // incoming rows with the same Message-ID
            postal.server().faults().storeTwice(1); // two rows for one recipient; the response names the second
            postal.server().faults().leavePending(1); // stored, and never queued
            send(postal, "zoe@customer.example", "t");
            postal.server().faults().purge(1, 100); // no longer known, as after the end of their retention

            assertThat(postal.sent()).isEmpty();
        }
    }

    @Test
    void isAnotherPostalLikeThis() {
        try (PostalSandbox postal = PostalSandbox.builder().version("3.3.0").start()) {
            postal.server().trackDomain(TrackDomain.of("example.com")); // links and opens of mail from there
            send(postal, "zoe@customer.example", "t");

            assertThat(postal.sent().to("zoe@customer.example").await().only().tag()).isEqualTo("t");
        }
    }

    @Test
    void standsInTheGuideAsItStandsHere() throws IOException {
        List<String> here = lines(Files.readString(THIS)).toList();
        String guide = Files.readString(GUIDE).split(END, 2)[0];
        String shown = SNIPPET.matcher(guide).results().map(MatchResult::group).collect(Collectors.joining("\n"));

        assertThat(lines(shown).filter(line -> !line.startsWith("```")).toList()).isNotEmpty().isSubsetOf(here);
    }

    private static Stream<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty());
    }

    private static void send(PostalSandbox postal, String to, String tag) {
        new Client(postal).call("/api/v1/send/message", "{'to':['" + to
                + "'],'from':'me@example.com','plain_body':'b','tag':'" + tag + "'}");
    }
}
