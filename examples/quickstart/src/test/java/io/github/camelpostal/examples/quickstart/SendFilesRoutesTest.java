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
package io.github.camelpostal.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

import com.sun.net.httpserver.HttpServer;
import io.github.camelpostal.sandbox.PostalSandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SendFilesRoutesTest {

    private static final Duration AT_MOST = Duration.ofSeconds(60);
    private static final String MAIL = """
            {"to": ["delivered@customer.example"], "subject": "Zoë", "plain_body": "Grüße"}""";

    @TempDir
    Path folder;

    @Test
    void sendsWhatIsDroppedAndKeepsPostalsResponseBesideIt() throws Exception {
        try (PostalSandbox postal = sandbox(); RunningRoutes routes = start(postal)) {
            drop("fields.json", MAIL);
            drop("complete.EML", """
                    From: support@shop.example
                    To: delivered@customer.example
                    Subject: complete

                    text
                    """);

            await().atMost(AT_MOST).untilAsserted(() -> assertThat(routes.names("sent")).containsExactlyInAnyOrder(
                    "fields.json", "fields.json.result.json", "complete.EML", "complete.EML.result.json"));

            assertThat(postal.sent()).extracting(mail -> mail.subject()).containsExactlyInAnyOrder("Zoë", "complete");
            assertThat(new JsonFile(routes.file("sent", "fields.json.result.json")).read().orElseThrow())
                    .containsKeys("message_id", "messages");
            assertThat(routes.names("outbox")).isEmpty();
            assertThat(routes.names("sending")).isEmpty();
        }
    }

    @Test
    void doesNotOverwriteAnEarlierFileOfTheSameName() throws Exception {
        try (PostalSandbox postal = sandbox(); RunningRoutes routes = start(postal)) {
            drop("mail.json", MAIL);
            await().atMost(AT_MOST).until(() -> routes.names("sent").size() == 2);
            drop("mail.json", MAIL.replace("Zo", "Another Zo"));
            await().atMost(AT_MOST).until(() -> routes.names("sent").size() == 4);

            assertThat(postal.sent()).hasSize(2);
        }
    }

    @Test
    void sendsTheSameFileOnce() throws Exception {
        try (PostalSandbox postal = sandbox()) {
            try (RunningRoutes routes = start(postal)) {
                drop("mail.json", MAIL);
                await().atMost(AT_MOST).until(() -> routes.names("sent").size() == 2);
            }
            try (RunningRoutes restarted = start(postal)) {
                drop("mail.json", MAIL);
                await().atMost(AT_MOST).until(() -> restarted.names("sent").size() == 4);
            }
            assertThat(postal.sent()).hasSize(1);
        }
    }

    @Test
    void findsOutWhetherAMailWasSentWhoseResponseWasLost() throws Exception {
        try (PostalSandbox postal = sandbox(); RunningRoutes routes = start(postal)) {
            drop("first.json", MAIL);
            await().atMost(AT_MOST).until(() -> routes.names("sent").contains("first.json"));
            postal.apiFaults().on("send/raw").next(1).loseResponse();
            drop("mail.json", MAIL);

            await().atMost(AT_MOST).until(() -> routes.names("sent").contains("mail.json"));

            assertThat(postal.sent()).hasSize(2);
            assertThat(routes.names("waiting")).isEmpty();
        }
    }

    @Test
    void sendsAFileAgainThatACrashHasLeftHalfway() throws Exception {
        Files.createDirectories(folder.resolve("sending"));
        Files.writeString(folder.resolve("sending/20261129-120000000-mail.json"), MAIL);
        try (PostalSandbox postal = sandbox(); RunningRoutes routes = start(postal)) {
            await().atMost(AT_MOST).until(() -> routes.names("sent").contains("mail.json"));

            assertThat(postal.sent()).hasSize(1);
            assertThat(routes.names("sending")).isEmpty();
        }
    }

    @Test
    void movesAFileThatWillNeverPassToFailedWithTheReason() throws Exception {
        try (PostalSandbox postal = sandbox(); RunningRoutes routes = start(postal)) {
            drop("half.json", "{ \"to\": ");
            drop("empty.json", "");
            drop("field.json", "{\"too\": \"a@customer.example\"}");
            drop("sender.json", MAIL.replace("{", "{\"from\": \"who@elsewhere.example\", "));

            await().atMost(AT_MOST).untilAsserted(() -> assertThat(routes.names("failed")).containsExactlyInAnyOrder(
                    "half.json", "half.json.reason.txt", "empty.json", "empty.json.reason.txt", "field.json",
                    "field.json.reason.txt", "sender.json", "sender.json.reason.txt"));

            assertThat(routes.file("failed", "field.json.reason.txt")).content().contains("too");
            assertThat(routes.file("failed", "sender.json.reason.txt")).content().contains("UnauthenticatedFromAddress")
                    .doesNotContain("elsewhere");
            assertThat(postal.sent()).isEmpty();
        }
    }

    @Test
    void movesAFileToReviewWhenStillNobodyKnowsAfterAnHour() throws Exception {
        HttpServer postal = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        postal.createContext("/", call -> {
            call.getRequestBody().readAllBytes();
            call.sendResponseHeaders(500, -1);
            call.close();
        });
        postal.start();
        URI url = URI.create("http://127.0.0.1:" + postal.getAddress().getPort());
        Files.createDirectories(folder.resolve("waiting"));
        Files.writeString(folder.resolve("waiting/20261120-120000000-old.json"), MAIL);
        try (RunningRoutes routes = new RunningRoutes(folder, url, "key").start(new SendFilesRoutes())) {
            drop("new.json", MAIL);

            await().atMost(AT_MOST).untilAsserted(() -> {
                assertThat(routes.names("review")).containsExactlyInAnyOrder("old.json", "old.json.reason.txt");
                assertThat(routes.names("waiting")).containsExactly("new.json");
            });
        } finally {
            postal.stop(0);
        }
    }

    @Test
    void waitsForAPostalThatCannotBeReachedAndThenSends() throws Exception {
        int port = RunningRoutes.freePort();
        URI url = URI.create("http://127.0.0.1:" + port);
        try (RunningRoutes routes = new RunningRoutes(folder, url, PostalSandbox.DEFAULT_API_KEY)
                .start(new SendFilesRoutes())) {
            drop("mail.json", MAIL);
            await().atMost(AT_MOST).until(() -> routes.names("sending").size() == 1);

            try (PostalSandbox postal = PostalSandbox.builder().port(port).domain("shop.example").start()) {
                await().atMost(AT_MOST).until(() -> routes.names("sent").contains("mail.json"));

                assertThat(postal.sent()).hasSize(1);
                assertThat(routes.names("failed")).isEmpty();
            }
        }
    }

    @Test
    void putsAFileBackThatIsStillWaitingWhenTheRoutesStop() throws Exception {
        URI nowhere = URI.create("http://127.0.0.1:" + RunningRoutes.freePort());
        RunningRoutes routes = new RunningRoutes(folder, nowhere, "key");
        try (routes) {
            routes.start(new SendFilesRoutes());
            drop("mail.json", MAIL);
            await().atMost(AT_MOST).until(() -> routes.names("sending").size() == 1);
        }
        assertThat(routes.names("outbox")).containsExactly("mail.json");
        assertThat(routes.names("failed")).isEmpty();
        assertThat(routes.names("sending")).isEmpty();
    }

    private static PostalSandbox sandbox() {
        return PostalSandbox.builder().domain("shop.example").start();
    }

    private RunningRoutes start(PostalSandbox postal) {
        return new RunningRoutes(folder, postal.url(), postal.apiKey()).start(new SendFilesRoutes());
    }

    /** At once, so that no route finds the beginning of it. */
    private void drop(String name, String content) throws IOException {
        Files.createDirectories(folder.resolve("outbox"));
        Path written = Files.writeString(folder.resolve("dropped"), content);
        Files.move(written, folder.resolve("outbox").resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
