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
package io.github.camelpostal.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyTextTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("replies")
    void readsWhatThePersonWrote(String program, String mail, String reply) {
        assertThat(ReplyText.of(mail)).isEqualTo(reply);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("replies")
    void readsTheSameWithTheLineEndsOfTheWire(String program, String mail, String reply) {
        assertThat(ReplyText.of(mail.replace("\n", "\r\n"))).isEqualTo(reply);
    }

    static Stream<Arguments> replies() throws IOException {
        try (InputStream stream = ReplyTextTest.class.getResourceAsStream("replies.txt")) {
            String all = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(all.split("@@ mail ")).skip(1).map(sample -> {
                int name = sample.indexOf('\n');
                int reply = sample.indexOf("@@ reply\n");
                return Arguments.of(sample.substring(0, name), sample.substring(name + 1, reply),
                        sample.substring(reply + "@@ reply\n".length()).strip());
            });
        }
    }

    /** A quadratic reading of two million characters would take hours, so the limit says nothing about the machine. */
    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"\n", ">", "> \n", "a\n", "On 1.1.26 ", "On 1.1.2026 a@b \n", "From: ", "From: x\n", "On wrote:\n",
            "-----", "--\n", "________", " \t", "Sent from my ", "(((", "<<<<@", "\r", "wrote:wrote:", "\ufdfa", "\u0300",
            "x:\n\n"})
    void readsHostileTextInLinearTime(String piece) {
        String text = piece.repeat(2_000_000 / piece.length());

        assertTimeoutPreemptively(Duration.ofMinutes(5), () -> ReplyText.of(text));
    }

    @Test
    void keepsEverythingOfATextThatQuotesNothing() {
        String text = "one\n\n  two: three\n<four@example.com>\n- five --";

        assertThat(ReplyText.of("\n" + text + "\n\n")).isEqualTo(text);
    }
}
