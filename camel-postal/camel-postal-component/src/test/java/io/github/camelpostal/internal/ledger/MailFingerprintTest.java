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
package io.github.camelpostal.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

class MailFingerprintTest {

    @Test
    void isTheSameForTheSameMailInEveryVersionOfTheComponent() {
        // stored in ledgers: if this changes, the version must
        assertThat(new MailFingerprint().text("subject", "Grüße").texts("to", List.of("a@x", "b@x")).value())
                .isEqualTo("1:76cb2a874b9300f536a606c199c6bbbabcccb630290e559b4742f018807d4e2e");
    }

    @Test
    void differsWhereverTheMailDiffers() throws IOException {
        Set<String> prints = Stream.of(
                new MailFingerprint(),
                new MailFingerprint().text("subject", ""),
                new MailFingerprint().text("subject", "ab"),
                new MailFingerprint().text("subject", "a").text("b", ""),
                new MailFingerprint().text("subjecta", "b"),
                new MailFingerprint().texts("subject", List.of("a", "b")),
                new MailFingerprint().texts("subject", List.of("b", "a")),
                new MailFingerprint().content("subject", new ByteArrayInputStream(new byte[0])),
                new MailFingerprint().content("subject", new ByteArrayInputStream(new byte[9000])))
                .map(MailFingerprint::value).collect(Collectors.toSet());
        assertThat(prints).hasSize(9);
    }

    @Test
    void absentAndNullAreTheSame() {
        assertThat(new MailFingerprint().text("subject", null).value()).isEqualTo(new MailFingerprint().value());
    }
}
