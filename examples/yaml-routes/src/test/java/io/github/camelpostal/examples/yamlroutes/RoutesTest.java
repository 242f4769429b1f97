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
package io.github.camelpostal.examples.yamlroutes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import jakarta.mail.internet.MimeMessage;

import com.sun.net.httpserver.HttpServer;
import io.github.camelpostal.sandbox.HttpEndpoint;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class RoutesTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String MAIL = """
            {"to": ["delivered@customer.example"], "subject": "Zoë", "plain_body": "Grüße"}""";

    @TempDir
    Path folder;

    @Test
    void sendsWhatIsDroppedAndSaysWhyAFileWillNeverPass() throws Exception {
        try (PostalSandbox postal = sandbox(); RunningRoutes routes = routes(postal)) {
            routes.drop("fields.json", MAIL);
            routes.drop("complete.eml", "From: support@shop.example\nTo: delivered@customer.example\nSubject: all\n\ntext\n");
            routes.drop("half.json", "{ \"to\": ");
            routes.drop("sender.json", MAIL.replace("{", "{\"from\": \"who@elsewhere.example\", "));

            await().atMost(TIMEOUT).untilAsserted(() -> {
                assertThat(routes.names("sent")).containsExactlyInAnyOrder("fields.json", "fields.json.result.json",
                        "complete.eml",
                        "complete.eml.result.json");
                assertThat(routes.names("failed")).containsExactlyInAnyOrder("half.json", "half.json.reason.txt", "sender.json",
                        "sender.json.reason.txt");
            });
            assertThat(postal.sent()).extracting(mail -> mail.subject()).containsExactlyInAnyOrder("Zoë", "all");
        }
    }

    @Test
    void aFileOfWhichNobodyKnowsWhetherItWasSentGoesToReview() throws Exception {
        HttpServer postal = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        postal.createContext("/", call -> {
            call.getRequestBody().readAllBytes();
            call.sendResponseHeaders(500, -1);
            call.close();
        });
        postal.start();
        URI url = URI.create("http://127.0.0.1:" + postal.getAddress().getPort());
        try (RunningRoutes routes = new RunningRoutes(folder, url, "key")) {
            routes.drop("mail.json", MAIL);

            await().atMost(TIMEOUT).untilAsserted(
                    () -> assertThat(routes.names("review")).containsExactlyInAnyOrder("mail.json", "mail.json.reason.txt"));
        } finally {
            postal.stop(0);
        }
    }

    @Test
    void aFileWaitsForAPostalThatCannotBeReachedAndIsSentOnce() throws Exception {
        int port = RunningRoutes.freePort();
        URI url = URI.create("http://127.0.0.1:" + port);
        try (RunningRoutes routes = new RunningRoutes(folder, url, PostalSandbox.DEFAULT_API_KEY)) {
            routes.drop("mail.json", MAIL);
            await().atMost(TIMEOUT).until(() -> routes.names("sending").size() == 1);

            try (PostalSandbox postal = PostalSandbox.builder().port(port).domain("shop.example").start()) {
                await().atMost(TIMEOUT).until(() -> routes.names("sent").contains("mail.json"));
                assertThat(postal.sent()).hasSize(1);
            }
        }
    }

    @Test
    void theLastNameInAMessagesFolderIsItsNewestState() throws Exception {
        try (PostalSandbox postal = sandbox(); RunningRoutes routes = routes(postal)) {
            routes.drop("mail.json", MAIL.replace("delivered@", "bounced@"));

            await().atMost(TIMEOUT).untilAsserted(() -> assertThat(routes.names("status")).hasSize(2));
            StoredMail mail = postal.sent().get(0);
            assertThat(routes.names("status")).allMatch(name -> name.startsWith(mail.id() + "-" + mail.token() + "/"));
            assertThat(routes.names("status").get(0)).contains("-delivered-");
            assertThat(routes.names("status").get(1)).contains("-bounced-");
        }
    }

    @Test
    void filesAMailWithItsAttachmentUnderHarmlessNamesAndRepliesToIt() throws Exception {
        try (PostalSandbox postal = sandbox(); RunningRoutes routes = routes(postal)) {
            StoredMail mail = postal.receive("ann@customer.example", RunningRoutes.ADDRESS, withAttachment());
            String ticket = ticket(mail);
            String key = mail.id() + "-" + mail.token();

            StoredMail reply = postal.awaitSentTo("ann@customer.example", TIMEOUT);

            assertThat(routes.names("tickets")).containsExactlyInAnyOrder(ticket + "/" + key + ".json",
                    ticket + "/" + key + "/0.json", ticket + "/" + key + "/0.attachment");
            assertThat(Files.readString(folder.resolve("tickets").resolve(ticket).resolve(key).resolve("0.attachment")))
                    .isEqualTo("PDF!");
            assertThat(Files.readString(folder.resolve("tickets").resolve(ticket).resolve(key).resolve("0.json")))
                    .contains("../../evil.pdf").doesNotContain("data");
            MimeMessage mime = reply.mime();
            assertThat(mime.getHeader("Auto-Submitted", null)).isEqualTo("auto-replied");
            assertThat(mime.getHeader("Reply-To", null)).isEqualTo("support+" + ticket + "@shop.example");
            assertThat(mime.getSubject()).isEqualTo("Re: Grüße");
            assertThat(mime.getHeader("In-Reply-To", null)).isEqualTo("<question@customer.example>");
            assertThat(mime.getHeader("References", null)).isEqualTo("<question@customer.example>");
            assertThat(new String(reply.raw(), StandardCharsets.UTF_8)).contains("part of ticket " + ticket)
                    .doesNotContain("evil");
        }
    }

    @Test
    void aMailToATicketJoinsItAndAStrangersWordsAreNoFolder() throws Exception {
        try (PostalSandbox postal = sandbox(); RunningRoutes routes = routes(postal)) {
            StoredMail first = postal.receive(null, RunningRoutes.ADDRESS, plain("first", ""));
            StoredMail second = postal.receive(null, "support+" + ticket(first).toUpperCase() + "@shop.example",
                    plain("second", ""));
            StoredMail stranger = postal.receive(null, "support+../../up@shop.example", plain("third", ""));

            await().atMost(TIMEOUT).untilAsserted(() -> assertThat(routes.names("tickets")).containsExactlyInAnyOrder(
                    ticket(first) + "/" + first.id() + "-" + first.token() + ".json",
                    ticket(first) + "/" + second.id() + "-" + second.token() + ".json",
                    ticket(stranger) + "/" + stranger.id() + "-" + stranger.token() + ".json"));
        }
    }

    @Test
    void neverRepliesToAMachineABounceSpamOrItself() throws Exception {
        try (PostalSandbox postal = sandbox(); RunningRoutes routes = routes(postal)) {
            postal.receive("robot@customer.example", RunningRoutes.ADDRESS, plain("out", "Auto-Submitted: auto-replied\r\n"));
            postal.receive(null, RunningRoutes.ADDRESS, plain("null sender", ""));
            postal.receive("ann@customer.example", RunningRoutes.ADDRESS,
                    plain("ourselves", "Reply-To: Support+7@shop.example\r\n"));
            await().atMost(TIMEOUT).until(() -> routes.names("tickets").size() == 3);

            postal.receive("ann@customer.example", RunningRoutes.ADDRESS, plain("person", ""));
            postal.awaitSentTo("ann@customer.example", TIMEOUT);

            assertThat(postal.sent()).extracting(mail -> mail.rcptTo()).containsExactly("ann@customer.example");
        }
    }

    @Test
    void aMailThatPostalSendsAgainGetsNoSecondReply() throws Exception {
        try (PostalSandbox postal = sandbox()) {
            StoredMail mail;
            try (RunningRoutes routes = routes(postal)) {
                mail = postal.receive("ann@customer.example", RunningRoutes.ADDRESS, plain("Hello", ""));
                postal.awaitSentTo("ann@customer.example", TIMEOUT);
                await().atMost(TIMEOUT).until(() -> Files.exists(folder.resolve("replied.txt")));
            }
            try (RunningRoutes restarted = routes(postal)) {
                int posts = postal.webhookRequests().about(mail.id()).size();
                postal.server().retryNow(mail.id());
                await().atMost(TIMEOUT).until(() -> postal.webhookRequests().about(mail.id()).size() > posts);
            }
            assertThat(postal.sent()).hasSize(1);
        }
    }

    private static PostalSandbox sandbox() {
        return PostalSandbox.builder().domain("shop.example").start();
    }

    private RunningRoutes routes(PostalSandbox postal) {
        RunningRoutes routes = new RunningRoutes(folder, postal.url(), postal.apiKey());
        postal.postEventsTo(routes.url("/postal/events"));
        postal.routeTo(RunningRoutes.ADDRESS, HttpEndpoint.of(routes.url("/postal/mail")).withTimeout(Duration.ofSeconds(70)));
        return routes;
    }

    private static String ticket(StoredMail mail) {
        return mail.id() + "-" + mail.token().substring(0, 8).toLowerCase();
    }

    private static byte[] plain(String subject, String headers) {
        return ("From: ann@customer.example\r\nTo: support@shop.example\r\nSubject: " + subject + "\r\n" + headers
                + "\r\nHello\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] withAttachment() {
        return String.join("\r\n", List.of("From: ann@customer.example", "To: support@shop.example",
                "Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=", "Message-ID: <question@customer.example>", "MIME-Version: 1.0",
                "Content-Type: multipart/mixed; boundary=b", "",
                "--b",
                "Content-Type: text/plain", "", "See attachment", "--b", "Content-Type: application/pdf",
                "Content-Disposition: attachment; filename=\"../../evil.pdf\"", "Content-Transfer-Encoding: base64", "",
                "UERGIQ==",
                "--b--", "")).getBytes(StandardCharsets.US_ASCII);
    }
}
