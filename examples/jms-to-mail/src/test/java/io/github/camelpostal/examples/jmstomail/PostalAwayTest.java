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
package io.github.camelpostal.examples.jmstomail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.IntStream;

import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Postal is away, comes back, or dies with a mail in its hands. */
class PostalAwayTest {
    private static final int MESSAGES = 10;

    @TempDir
    Path folder;
    private final int postalPort = Bridge.freePort();
    private Bridge bridge;

    @BeforeEach
    void start() {
        bridge = new Bridge(folder, postalPort, PostalSandbox.DEFAULT_API_KEY);
    }

    @AfterEach
    void stop() {
        bridge.close();
    }

    @Test
    void nothingIsLostAndNothingIsSentTwiceWhilePostalIsAway() {
        IntStream.range(0, MESSAGES).forEach(i -> bridge.put(Bridge.order("" + i, "c" + i + "@customer.example")));
        Bridge.eventually(bridge::isPaused);

        try (PostalSandbox sandbox = postal()) {
            Bridge.eventually(() -> sandbox.sent().size() >= MESSAGES);

            assertThat(sandbox.sent()).extracting(StoredMail::rcptTo).doesNotHaveDuplicates().hasSize(MESSAGES);
            assertThat(bridge.isEmpty("mails.dead-letters")).isTrue();
            assertThat(bridge.isEmpty("mails.review")).isTrue();
        }
    }

    @Test
    void nothingPassesAndNothingIsLostWhileTheServerIsSuspended() {
        try (PostalSandbox sandbox = postal()) {
            sandbox.server().suspend();
            bridge.put(Bridge.order("1", "zoe@customer.example"));
            Bridge.eventually(bridge::isPaused);
            assertThat(sandbox.sent()).isEmpty();

            sandbox.server().unsuspend();

            sandbox.awaitSentTo("zoe@customer.example", Bridge.PATIENCE);
        }
    }

    @Test
    void aPostalThatDiesWithAMailInItsHandsGetsItNotTwiceAndNoOtherUntilItAnswers() {
        try (SpeechlessPostal speechless = new SpeechlessPostal(postalPort)) {
            bridge.put(Bridge.order("1", "first@customer.example"));
            Exchange review = bridge.take("mails.review");
            assertThat(review.getMessage().getBody(String.class)).contains("first@customer.example");
            assertThat(review.getMessage().getHeader(Request.CODE)).isEqualTo("Uncertain");
            bridge.put(Bridge.order("2", "second@customer.example"));
            int asked = speechless.requests();
            Bridge.eventually(() -> speechless.requests() > asked + 2);

            assertThat(speechless.sends()).isEqualTo(1);
        }
        try (PostalSandbox sandbox = postal()) {
            sandbox.awaitSentTo("second@customer.example", Bridge.PATIENCE);
            assertThat(sandbox.sent()).extracting(StoredMail::rcptTo).containsExactly("second@customer.example");
            assertThat(bridge.isEmpty("mails.review")).isTrue();
        }
    }

    private PostalSandbox postal() {
        return PostalSandbox.builder().port(postalPort).domain("shop.example").start();
    }
}
