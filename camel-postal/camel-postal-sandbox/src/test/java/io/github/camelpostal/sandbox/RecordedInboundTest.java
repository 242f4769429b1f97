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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelpostal.sandbox.store.Arrival;
import io.github.camelpostal.sandbox.store.Direction;
import io.github.camelpostal.sandbox.store.HttpEndpoint;
import io.github.camelpostal.sandbox.store.Message;
import io.github.camelpostal.sandbox.store.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same mail that a real Postal was given leads to the same post, in all four forms, byte for byte (contract 4.4). */
class RecordedInboundTest {
    /** What is not compared yet, and why. */
    private static final Map<String, String> NOT_YET = Map.of(
            "json-hash-route-token-address", "route token addresses come with several mail servers",
            "json-hash-inspected-spam-marked", "spam scores come with the delivery engine",
            "json-raw-inspected-spam-marked", "spam scores come with the delivery engine",
            "no-request-json-hash-spam-over-failure-threshold", "spam scores come with the delivery engine",
            "no-request-json-hash-spam-quarantined", "spam scores come with the delivery engine",
            "no-request-route-mode-accept", "route modes come with the delivery engine",
            "no-request-route-mode-bounce", "route modes come with the delivery engine",
            "no-request-route-mode-hold", "route modes come with the delivery engine");

    private final Workshop workshop = new Workshop(Duration.ofSeconds(10));
    private final Receiver receiver = new Receiver();

    @AfterEach
    void stop() {
        workshop.close();
        receiver.close();
    }

    @ParameterizedTest
    @MethodSource("posted")
    void postsWhatPostalPosted(Recording recording) {
        route(recording);

        arrive(recording);
        workshop.agenda.settle();
        Receiver.Request posted = receiver.next();

        assertThat(posted.headers().getFirst("Content-Type")).isEqualTo(recording.requestHeaders().get("Content-Type"));
        assertThat(PostedForm.of(posted.headers().getFirst("Content-Type"), posted.body()).differences(
                PostedForm.of(recording.requestHeaders().get("Content-Type"), recording.requestBody())))
                .as(recording.name()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("notPosted")
    void postsNothingWherePostalPostedNothing(Recording recording) {
        if (!recording.name().contains("no-route")) {
            route(recording);
        }

        Message message = arrive(recording);
        workshop.agenda.settle();

        JsonNode recorded = recording.json().at("/deliveries_from_api/0");
        assertThat(receiver.pending()).isEmpty();
        assertThat(workshop.now(message).status().text()).isEqualTo(recorded.path("status").asText());
    }

    @Test
    void listsOnlyRecordingsThatExist() {
        assertThat(Recording.all("incoming")).extracting(Recording::name).containsAll(NOT_YET.keySet());
    }

    static List<Recording> posted() {
        return comparable(false);
    }

    static List<Recording> notPosted() {
        return comparable(true);
    }

    private static List<Recording> comparable(boolean noRequest) {
        return Recording.all("incoming").stream().filter(recording -> !NOT_YET.containsKey(recording.name()))
                .filter(recording -> recording.name().startsWith("no-request") == noRequest).toList();
    }

    /** The endpoint as it was set up for the recording: its name says how. */
    private void route(Recording recording) {
        String name = recording.name();
        HttpEndpoint endpoint = HttpEndpoint.of(receiver.url("/postal/incoming"))
                .withEncoding(name.startsWith("form-") ? HttpEndpoint.Encoding.FORM : HttpEndpoint.Encoding.JSON)
                .withFormat(name.contains("-raw-") ? HttpEndpoint.Format.RAW : HttpEndpoint.Format.HASH)
                .withStripReplies(name.contains("strip-replies"))
                .withAttachments(!name.contains("attachments-excluded"));
        for (String pattern : List.of("support@acme.example", "*@wild.example", "__returnpath__")) {
            workshop.server.route(Route.to(pattern, endpoint));
        }
    }

    private Message arrive(Recording recording) {
        if (recording.smtpInput().isMissingNode()) {
            return arriveRebuilt(recording);
        }
        String mailFrom = recording.smtpInput().path("mail_from").asText();
        String rcptTo = recording.smtpInput().path("rcpt_to").asText();
        return workshop.queue.receive(mailFrom.isEmpty() ? null : mailFrom,
                rcptTo.contains("@rp.") ? workshop.server.identity().returnPath() : rcptTo, recording.smtpData());
    }

    /** Of some recordings the mail was not kept; all were made by one rule, which shows in {@code json-raw-inspected-spam-marked}. */
    private Message arriveRebuilt(Recording recording) {
        String all = new String(recording.requestBody(), StandardCharsets.UTF_8);
        Matcher subject = Pattern.compile("extra[ +]([a-z0-9-]+-\\d{10})").matcher(all);
        assertThat(subject.find()).isTrue();
        byte[] mail = ("Received: from mx.sender.test (127.0.0.1 [127.0.0.1]) by postal.example.com with SMTP; x\r\n"
                + "From: Alice <alice@sender.test>\r\nTo: <support@acme.example>\r\nSubject: extra " + subject.group(1)
                + "\r\nMessage-ID: <" + subject.group(1) + "@sender.test>\r\n\r\nbody\r\n").getBytes(StandardCharsets.UTF_8);
        Message message = workshop.store.add(new Arrival(Direction.INCOMING, "alice@sender.test", "support@acme.example",
                "extra " + subject.group(1), subject.group(1) + "@sender.test", null, false, 0,
                recording.name().endsWith("with-ssl"), false, mail));
        workshop.queue.add(message);
        return message;
    }
}
