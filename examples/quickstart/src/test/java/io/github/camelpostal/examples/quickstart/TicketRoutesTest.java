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

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

import io.github.camelpostal.sandbox.HttpEndpoint;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;
import io.github.camelpostal.sandbox.WebhookRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TicketRoutesTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String ANN = "ann@customer.example";
    private static final Set<String> SET_BY_THE_CLIENT = Set.of("host", "connection", "content-length");

    @TempDir
    Path folder;

    private PostalSandbox postal = PostalSandbox.builder().domain("shop.example").start();
    private RunningRoutes routes;

    @BeforeEach
    void start() {
        routes = routes();
    }

    @AfterEach
    void stop() {
        routes.close();
        postal.close();
    }

    @Test
    void opensATicketAndRepliesInTheSameThread() throws Exception {
        StoredMail mail = arrive(RunningRoutes.ADDRESS, """
                In-Reply-To: <older@customer.example>
                References: <oldest@customer.example> <older@customer.example>
                """);
        StoredMail reply = postal.awaitSentTo(ANN, TIMEOUT);

        String ticket = onlyTicket();
        assertThat(mailsOf(ticket)).hasSize(1);
        MimeMessage mime = reply.mime();
        assertThat(mime.getHeader("In-Reply-To", null)).isEqualTo("<" + mail.messageId() + ">");
        assertThat(mime.getHeader("References", null).split("\\s+")).containsExactly("<oldest@customer.example>",
                "<older@customer.example>", "<" + mail.messageId() + ">");
        assertThat(mime.getHeader("Auto-Submitted", null)).isEqualTo("auto-replied");
        assertThat(mime.getHeader("Reply-To", null)).isEqualTo("support+" + ticket + "@shop.example");
        assertThat(mime.getFrom()[0]).hasToString(RunningRoutes.ADDRESS);
        assertThat(mime.getSubject()).isEqualTo("Re: Help, bitte größer");
    }

    @Test
    void filesAReplyInTheTicketOfItsAddressTagWhateverHappenedToItsLetterCase() throws Exception {
        arrive(RunningRoutes.ADDRESS, "");
        String ticket = onlyTicket();

        arrive("support+" + ticket.toUpperCase() + "@shop.example", "");

        assertThat(onlyTicket()).isEqualTo(ticket);
        assertThat(mailsOf(ticket)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../../outside", "no-such-ticket", "a.b", "x%2f..", ""})
    void opensANewTicketForATagThatIsNoTicket(String tag) throws Exception {
        Files.createDirectories(folder.resolve("tickets"));
        Files.createDirectories(folder.resolve("outside"));

        arrive("support+" + tag + "@shop.example", "");

        assertThat(mailsOf(onlyTicket())).hasSize(1);
        assertThat(folder.resolve("outside")).isEmptyDirectory();
    }

    @Test
    void savesAttachmentsUnderHarmlessNamesAndDoesNotSendThemBack() throws Exception {
        StoredMail mail = postal.receive(ANN, RunningRoutes.ADDRESS, """
                From: Ann <ann@customer.example>
                To: support@shop.example
                Subject: photo
                Message-ID: <photo@customer.example>
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: text/plain

                See the photo.
                --b
                Content-Type: application/octet-stream; name="../../../evil.sh"
                Content-Disposition: attachment; filename="../../../evil.sh"
                Content-Transfer-Encoding: base64

                AAEC/w==
                --b
                Content-Type: application/pdf
                Content-Disposition: attachment; filename*=UTF-8''M%C3%BCll%20%22Plan%22.pdf

                %PDF-1.7
                --b--
                """.getBytes(StandardCharsets.UTF_8));
        StoredMail reply = postal.awaitSentTo(ANN, TIMEOUT);

        String ticket = onlyTicket();
        String key = mail.id() + "-" + mail.token();
        assertThat(folder.resolve("tickets").resolve(ticket).resolve(key).resolve("1-evil.sh"))
                .hasBinaryContent(new byte[]{0, 1, 2, (byte) 0xff});
        assertThat(list(folder.resolve("tickets").resolve(ticket).resolve(key))).containsExactly("1-evil.sh",
                "2-M_ll__Plan_.pdf");
        Map<String, Object> json = new JsonFile(folder.resolve("tickets").resolve(ticket).resolve(key + ".json")).read()
                .orElseThrow();
        assertThat(json).containsEntry("subject", "photo").extractingByKey("attachments").asString()
                .contains("saved_as=" + key + "/1-evil.sh");
        assertThat(partsWithFileName(reply.mime().getContent())).isZero();
    }

    @Test
    void aDuplicateAfterARestartMakesNoSecondEntryAndNoSecondReply() throws Exception {
        StoredMail mail = arrive(RunningRoutes.ADDRESS, "");
        postal.awaitSentTo(ANN, TIMEOUT);
        WebhookRequest post = postOf(mail);

        routes.close();
        routes = routes();

        assertThat(repeat(post)).isEqualTo(200);
        assertThat(mailsOf(onlyTicket())).hasSize(1);
        assertThat(postal.sent()).hasSize(1);
    }

    @Test
    void whenTheReplyCannotBeSentTheMailGets503AndTheRetryRepliesOnce() throws Exception {
        routes.close();
        routes = routes("RevokedKey");
        StoredMail mail = receive(ANN, RunningRoutes.ADDRESS, "");
        WebhookRequest refused = postOf(mail);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(mailsOf(onlyTicket())).hasSize(1);

        routes.close();
        routes = routes();

        assertThat(repeat(refused)).isEqualTo(200);
        assertThat(postal.sent()).hasSize(1);
        assertThat(mailsOf(onlyTicket())).hasSize(1);
    }

    @Test
    void aReplyThatIsRejectedPermanentlyIsNotedAndTheMailIsAccepted() throws Exception {
        postal.close();
        postal = PostalSandbox.builder().domain("another.example").start();
        routes.close();
        routes = routes();

        StoredMail mail = arrive(RunningRoutes.ADDRESS, "");

        Path note = folder.resolve("tickets").resolve(onlyTicket()).resolve(mail.id() + "-" + mail.token() + ".reply.json");
        assertThat(new JsonFile(note).read().orElseThrow()).containsEntry("outcome", "refused").containsKey("reason");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Auto-Submitted: auto-replied", "Auto-Submitted: auto-generated (vacation)",
            "Reply-To: support+17@shop.example"})
    void repliesToNoMachineAndNotToItself(String header) throws Exception {
        arrive(RunningRoutes.ADDRESS, header + "\n");

        assertThat(mailsOf(onlyTicket())).hasSize(1);
        assertThat(postal.sent()).isEmpty();
    }

    @Test
    void repliesToNoBounce() throws Exception {
        StoredMail mail = receive(null, RunningRoutes.ADDRESS, "");

        assertThat(postOf(mail).isAccepted()).isTrue();
        assertThat(mailsOf(onlyTicket())).hasSize(1);
        assertThat(postal.sent()).isEmpty();
    }

    @Test
    void aPersonMaySayThatNoMachineWroteIt() throws Exception {
        arrive(RunningRoutes.ADDRESS, "Auto-Submitted: no\n");

        postal.awaitSentTo(ANN, TIMEOUT);
    }

    private RunningRoutes routes() {
        return routes(postal.apiKey());
    }

    private RunningRoutes routes(String apiKey) {
        RunningRoutes started = new RunningRoutes(folder, postal.url(), apiKey).start(new TicketRoutes());
        postal.routeTo(RunningRoutes.ADDRESS, HttpEndpoint.of(started.url("/postal/mail")).withTimeout(Duration.ofSeconds(70)));
        return started;
    }

    /** Comes in and is taken. */
    private StoredMail arrive(String rcptTo, String headers) {
        StoredMail mail = receive(ANN, rcptTo, headers);
        assertThat(postOf(mail).status()).isEqualTo(200);
        return mail;
    }

    private StoredMail receive(String mailFrom, String rcptTo, String headers) {
        String mail = """
                From: Ann <ann@customer.example>
                To: support@shop.example
                Subject: =?UTF-8?Q?Help,_bitte_gr=C3=B6=C3=9Fer?=
                Message-ID: <%d@customer.example>
                %s
                Help!
                """.formatted(System.nanoTime(), headers);
        return postal.receive(mailFrom, rcptTo, mail.getBytes(StandardCharsets.UTF_8));
    }

    private WebhookRequest postOf(StoredMail mail) {
        return postal.awaitWebhookRequest(post -> post.isMail() && post.mailId() == mail.id(), TIMEOUT);
    }

    /** As Postal does when it got no 200: the same bytes and headers again. */
    private int repeat(WebhookRequest post) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(routes.url("/postal/mail")).version(HttpClient.Version.HTTP_1_1)
                .POST(HttpRequest.BodyPublishers.ofByteArray(post.body()));
        post.headers().forEach((name, value) -> {
            if (!SET_BY_THE_CLIENT.contains(name.toLowerCase())) {
                request.header(name, value);
            }
        });
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private String onlyTicket() throws IOException {
        List<String> tickets = list(folder.resolve("tickets"));
        assertThat(tickets).hasSize(1);
        return tickets.get(0);
    }

    private List<String> mailsOf(String ticket) throws IOException {
        return list(folder.resolve("tickets").resolve(ticket)).stream()
                .filter(name -> name.endsWith(".json") && !name.endsWith(".reply.json")).toList();
    }

    private static List<String> list(Path path) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static int partsWithFileName(Object content) throws Exception {
        int count = 0;
        if (content instanceof MimeMultipart multipart) {
            for (int i = 0; i < multipart.getCount(); i++) {
                count += multipart.getBodyPart(i).getFileName() == null ? 0 : 1;
            }
        }
        return count;
    }
}
