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
package io.github.camelpostal.internal.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.github.camelpostal.conversation.Automatic;
import io.github.camelpostal.internal.conversation.MailHeaders.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AutomaticVerdictTest {

    /** The samples of autoreply.tsv came with the task; those of autoreply-more.tsv are of our own making. */
    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("samples")
    void judgesEverySampleAsItsSourceDoes(String header, String expected) {
        assertThat(AutomaticVerdict.of(parse(header)).automatic().headerValue()).isEqualTo(expected);
    }

    static Stream<String[]> samples() throws IOException {
        List<String[]> samples = new ArrayList<>();
        for (String resource : List.of("autoreply.tsv", "autoreply-more.tsv")) {
            try (InputStream stream = AutomaticVerdictTest.class.getResourceAsStream(resource)) {
                new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .map(line -> Arrays.copyOf(line.split("\t"), 2)).forEach(samples::add);
            }
        }
        return samples.stream();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Reply-To: x@example.com\\nSubject: hello",
            "From: user@example.com\\nX-Auto-Response-Suppress: All",
            "From: user@example.com\\nX-Auto-Response-Suppress: DR, OOF", "From: postmaster@example.com\\nSubject: a question",
            "From: a@example.com\\nList-Id: <x.example.com>", "Return-Path: <>\\nFrom: a@example.com\\nSubject: hello",
            "From: a@example.com\\nAuto-Submitted: auto-generated", "From: a@example.com\\nReply-To: X <no-reply@example.com>",
            "From: a@example.com\\nReply-To: camels-request@lists.example"})
    void doesNotLetAnAutomaticReplyGoWhereNobodyWantsOne(String header) {
        assertThat(AutomaticVerdict.of(parse(header)).replyAllowed()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"From: user@example.com\\nSubject: hello", "From: Noreen <noreen.reply@example.com>",
            "From: user@example.com\\nAuto-Submitted: no", "From: user@example.com\\nX-Auto-Response-Suppress: DR, RN, NRN"})
    void letsAnAutomaticReplyGoToAPerson(String header) {
        assertThat(AutomaticVerdict.of(parse(header)).replyAllowed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {"user@example.com, Re: hello, -, user@example.com, HUMAN",
            "user@example.com, Re: hello, auto-replied, user@example.com, AUTO_REPLY",
            "user@example.com, Automatische Antwort: hello, -, -, AUTO_REPLY", "mailer-daemon@example.com, x, -, -, BOUNCE",
            "user@example.com, June news, -, user@example.com, HUMAN"})
    void judgesWhatTheHashFormShows(String from, String subject, String autoSubmitted, String mailFrom, Automatic expected) {
        assertThat(
                AutomaticVerdict.of(MailHeaders.ofHash(from, subject, null, null, autoSubmitted, null, mailFrom)).automatic())
                .isEqualTo(expected);
    }

    @Test
    void judgesAMailWithoutAnyFieldAsNotToBeRepliedTo() {
        AutomaticVerdict verdict = AutomaticVerdict.of(new MailHeaders(List.of(), null));

        assertThat(verdict).isEqualTo(new AutomaticVerdict(Automatic.HUMAN, false));
    }

    @Test
    void readsAHostileHeaderInABoundedTime() {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            fields.add(new Field("Subject", "auto: ".repeat(20)));
        }
        fields.add(new Field("Auto-Submitted", "(".repeat(100_000) + ")".repeat(100_000)));
        fields.add(0, new Field("From", "<".repeat(1_000_000)));
        fields.add(0, new Field("Content-Type", "multipart/report; report-type".repeat(50_000)));

        assertThat(AutomaticVerdict.of(new MailHeaders(fields, "")).replyAllowed()).isFalse();
    }

    private static MailHeaders parse(String header) {
        List<Field> fields = Arrays.stream(header.split("\\\\n"))
                .map(line -> new Field(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 1).strip()))
                .toList();
        return new MailHeaders(fields, null);
    }
}
