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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages outlive the process in a storage folder, and a start never fails because of what stands there. */
class StorageTest {
    private static final Instant START = Instant.parse("2026-11-20T18:00:00Z");

    @TempDir
    Path folder;

    @Test
    void goesOnWithWhatWasWaitingWhenTheOneBeforeEnded() {
        try (PostalSandbox first = start(START)) {
            for (String to : List.of("ann", "softfail", "held")) {
                new Client(first).call("/api/v1/send/message",
                        "{'to':['" + to + "@customer.example'],'from':'me@example.com','plain_body':'b'}");
                first.advance(to.equals("held") ? Duration.ZERO : Duration.ofSeconds(1));
            }
            new Client(first).call("/api/v1/send/message",
                    "{'to':['bob@customer.example'],'from':'me@example.com','plain_body':'b'}");
        }

        try (PostalSandbox second = start(START.plusSeconds(60))) {
            assertThat(second.sent()).extracting(StoredMail::status).containsExactly("Sent", "SoftFail", "Held", "Pending");
            second.advance(Duration.ZERO);
            assertThat(second.sent()).extracting(StoredMail::status).containsExactly("Sent", "SoftFail", "Held", "Sent");

            second.advance(Duration.ofSeconds(241));
            assertThat(second.message(2).orElseThrow().deliveries()).as("on time, whatever the restart").hasSize(2);
            second.advance(Duration.ofDays(7));
            assertThat(second.message(3).orElseThrow().status()).isEqualTo("HoldCancelled");

            new Client(second).call("/api/v1/send/message",
                    "{'to':['eve@customer.example'],'from':'me@example.com','plain_body':'b'}");
            assertThat(second.sent().to("eve@customer.example").only().id()).isEqualTo(5);
        }
    }

    @Test
    void refusesAFolderThatAnotherSandboxUses() {
        try (PostalSandbox first = start(START)) {
            assertThatThrownBy(() -> start(START)).isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(folder.toString()).hasMessageContaining("in use");
            send(first, "ann");
        }

        try (PostalSandbox next = start(START)) {
            assertThat(next.sent()).hasSize(1);
        }
    }

    @Test
    void setsADamagedMessageAsideAndStartsWithTheOthers() throws IOException {
        try (PostalSandbox first = start(START)) {
            send(first, "ann");
            send(first, "bob");
            send(first, "eve");
        }
        Files.writeString(folder.resolve("messages/sandbox/1.json"), "{\"id\":1,");
        Files.delete(folder.resolve("messages/sandbox/3.eml"));

        try (PostalSandbox second = start(START)) {
            assertThat(second.sent()).extracting(StoredMail::id).containsExactly(2L);
            assertThat(folder.resolve("messages/sandbox/1.json.damaged")).hasContent("{\"id\":1,");
            send(second, "mia");
            assertThat(second.sent().to("mia@customer.example").only().id()).as("no id is given twice").isEqualTo(4);
        }
        try (PostalSandbox third = start(START)) {
            assertThat(third.sent()).extracting(StoredMail::id).containsExactly(2L, 4L);
        }
    }

    @Test
    void makesANewSigningKeyIfTheOldOneIsDamaged() throws IOException {
        String before;
        try (PostalSandbox first = PostalSandbox.builder().storage(folder).start()) {
            before = first.keyId();
        }
        try (PostalSandbox second = PostalSandbox.builder().storage(folder).start()) {
            assertThat(second.keyId()).isEqualTo(before);
        }
        Files.writeString(folder.resolve("signing.key"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");

        try (PostalSandbox third = PostalSandbox.builder().storage(folder).start()) {
            assertThat(third.keyId()).isNotEqualTo(before);
            assertThat(folder.resolve("signing.key.damaged")).exists();
        }
    }

    private static void send(PostalSandbox postal, String to) {
        new Client(postal).call("/api/v1/send/message",
                "{'to':['" + to + "@customer.example'],'from':'me@example.com','plain_body':'b'}");
    }

    private PostalSandbox start(Instant time) {
        return PostalSandbox.builder().keyPair(Signatures.PAIR).virtualTime(time).storage(folder).start();
    }
}
