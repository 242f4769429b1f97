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
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same mail that a real Postal was given leads to the same post: JSON {@code Hash} (contract 4.4). */
class RecordedInboundTest {
    /** What is not compared yet, and why. */
    private static final Map<String, String> NOT_YET = Map.ofEntries(
            Map.entry("json-hash-strip-replies", "strip_replies comes with the endpoint settings"),
            Map.entry("json-hash-strip-replies-html-only", "strip_replies comes with the endpoint settings"),
            Map.entry("json-hash-strip-replies-nothing-to-strip", "strip_replies comes with the endpoint settings"),
            Map.entry("json-hash-route-token-address", "route token addresses come with SMTP"),
            Map.entry("json-hash-inspected-spam-marked", "the recording has no mail, and a spam scanner comes later"),
            Map.entry("json-hash-received-without-ssl-tls-enabled", "the recording has no mail"));

    private PostalSandbox postal;
    private Receiver receiver;

    @BeforeEach
    void start() {
        postal = PostalSandbox.builder().keyPair(Signatures.PAIR).domain("acme.example").start();
        receiver = new Receiver();
        postal.routeTo("support@acme.example", receiver.url("/"));
        postal.routeTo("*@wild.example", receiver.url("/"));
        postal.routeTo("__returnpath__", receiver.url("/"));
    }

    @AfterEach
    void stop() {
        postal.close();
        receiver.close();
    }

    @ParameterizedTest
    @MethodSource("comparable")
    void postsWhatPostalPosted(Recording recording) {
        String mailFrom = recording.smtpInput().path("mail_from").asText();
        String rcptTo = recording.smtpInput().path("rcpt_to").asText();
        boolean toReturnPath = rcptTo.contains("@rp.");

        postal.receive(mailFrom.isEmpty() ? null : mailFrom, toReturnPath ? postal.returnPath() : rcptTo,
                recording.smtpData());
        Receiver.Request posted = receiver.next();

        JsonNode actual = posted.json();
        JsonNode recorded = Recording.parse(new String(recording.requestBody(), StandardCharsets.UTF_8));
        assertThat(SameShape.differences(recorded, actual, toReturnPath ? "rcpt_to" : "-")).as(recording.name()).isEmpty();
        assertThat(withoutVaryingValues(posted.body(), actual)).as(recording.name())
                .isEqualTo(withoutVaryingValues(recording.requestBody(), recorded));
    }

    /** The exact bytes count, because they are what is signed: escapes, order, number texts. */
    private static String withoutVaryingValues(byte[] body, JsonNode json) {
        String text = new String(body, StandardCharsets.UTF_8);
        for (String varying : List.of("\"id\":[0-9]+", "\"token\":\"[A-Za-z0-9]{16}\"", "\"timestamp\":[0-9]{10}\\.[0-9]{1,7}",
                "\"size\":\"[0-9]+\"")) {
            text = text.replaceFirst(varying, "?");
        }
        return json.path("bounce").asBoolean() ? text.replaceFirst("\"rcpt_to\":\"[^\"]+\"", "") : text;
    }

    @Test
    void listsOnlyRecordingsThatExist() {
        assertThat(Recording.all("incoming")).extracting(Recording::name).containsAll(NOT_YET.keySet());
    }

    static List<Recording> comparable() {
        return Recording.all("incoming").stream().filter(recording -> !NOT_YET.containsKey(recording.name())).toList();
    }
}
