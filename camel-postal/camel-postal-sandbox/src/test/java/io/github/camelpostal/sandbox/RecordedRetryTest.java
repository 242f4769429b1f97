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
import java.util.Locale;
import java.util.TreeSet;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A second attempt is the first one again: the same bytes, the same headers, later (protocol 4.7, 5.4). */
class RecordedRetryTest {
    private static final Duration UNTIL_THE_SECOND = Duration.ofMinutes(6);

    private final PostalSandbox postal = PostalSandbox.builder().keyPair(Signatures.PAIR).virtualTime().domain("acme.example")
            .start();
    private final Receiver receiver = new Receiver();

    @AfterEach
    void stop() {
        postal.close();
        receiver.close();
    }

    @ParameterizedTest
    @MethodSource("all")
    void repeatsWhatPostalRepeated(Recording recording) {
        receiver.respond(recording.status(), new byte[0]);
        boolean mail = recording.name().startsWith("incoming");
        if (mail) {
            postal.routeTo("retry-s503@acme.example", receiver.url(recording.path()));
            postal.receive("alice@sender.test", "retry-s503@acme.example",
                    ("From: Alice <alice@sender.test>\nTo: r <retry-s503@acme.example>\nSubject: retry s503\n"
                            + "Message-ID: <retry-s503-1795197764@sender.test>\n\nbody\n").getBytes(StandardCharsets.US_ASCII));
        } else {
            postal.postEventsTo(receiver.url(recording.path()));
            new Client(postal).call("/api/v1/send/message",
                    "{'to':['ok9@rcpt.test'],'from':'me@acme.example','subject':'s','plain_body':'b'}");
        }

        postal.advance(Duration.ZERO);
        Receiver.Request first = receiver.next();
        postal.advance(UNTIL_THE_SECOND);
        Receiver.Request second = receiver.next(); // of events there may be more by then

        assertThat(first.target()).isEqualTo(recording.path());
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(names(second)).isEqualTo(names(first)).isEqualTo(recordedNames(recording));
        if (mail) {
            assertThat(PostedForm.of("application/json", second.body()).differences(
                    PostedForm.of("application/json", recording.requestBody()))).isEmpty();
        } else {
            String recorded = new String(recording.requestBody(), StandardCharsets.UTF_8);
            assertThat(SameShape.differences(Recording.parse(recorded), second.json(), "from|output")).isEmpty();
        }
    }

    /** {@code measured.json} is no exchange: {@link MeasuredRetriesTest} is about it. */
    static List<Recording> all() {
        return Recording.all("retry").stream().filter(recording -> !recording.name().equals("measured")).toList();
    }

    private static TreeSet<String> names(Receiver.Request request) {
        TreeSet<String> names = new TreeSet<>();
        request.headers().keySet().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        return names;
    }

    private static TreeSet<String> recordedNames(Recording recording) {
        TreeSet<String> names = new TreeSet<>();
        recording.requestHeaders().keySet().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        return names;
    }
}
