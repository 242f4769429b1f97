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

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a sending client runs into, beyond the recorded responses. */
class SendingTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String LONG_ADDRESS = "x".repeat(300) + "@rcpt.test";

    private final PostalSandbox postal = PostalSandbox.start();
    private final Client client = new Client(postal);

    @AfterEach
    void stop() {
        postal.close();
    }

    @Test
    void keepsWhatItHadQueuedWhenItCrashesOnALaterRecipient() {
        HttpResponse<String> response = client.post("/api/v1/send/message", "{'to':['first@rcpt.test','" + LONG_ADDRESS
                + "','third@rcpt.test'],'from':'a@example.com','plain_body':'x'}");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).isEqualTo("{\"status\":500,\"error\":\"Internal Server Error\"}");
        assertThat(postal.sent()).extracting(StoredMail::rcptTo).containsExactly("first@rcpt.test");
        assertThat(postal.awaitSentTo("first@rcpt.test", SOON).status()).isEqualTo("Sent");
    }

    @Test
    void hidesTheIdsOfDuplicateRecipients() {
        JsonNode response = client.call("/api/v1/send/message",
                "{'to':['bob@rcpt.test','Bob <bob@rcpt.test>'],'cc':['bob@rcpt.test'],'from':'a@example.com','plain_body':'x'}");

        assertThat(postal.sent()).hasSize(3);
        assertThat(response.at("/data/messages").size()).isEqualTo(1);
        assertThat(response.at("/data/messages/bob@rcpt.test/id").asLong()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'a.txt'", "5", "true", "''", "[{'name':'a.txt','data':5}]", "[{'name':'a.txt','data':['YQ==']}]"})
    void crashesOnAttachmentsOfAWrongTypeAsPostalDoes(String attachments) {
        assertThat(client.post("/api/v1/send/message", "{'to':['a@rcpt.test'],'from':'a@example.com','plain_body':'x',"
                + "'attachments':" + attachments + "}").statusCode()).isEqualTo(500);
        assertThat(postal.sent()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "false", "[]", "['a.txt']", "{'name':'a.txt'}"})
    void sendsWithoutAttachmentsWhereThereAreNone(String attachments) {
        assertThat(client.post("/api/v1/send/message", "{'to':['a@rcpt.test'],'from':'a@example.com','plain_body':'x',"
                + "'attachments':" + attachments + "}").body()).contains("\"status\":\"success\"");
    }

    @Test
    void findsACallByItsPathWithAnySuffix() {
        assertThat(client.post("/api/v1/messages/message.xml", "{'id':7}").body()).contains("MessageNotFound");
        assertThat(client.post("/api/v1/messages/message.json", "{'id':7}").body()).contains("MessageNotFound");
    }

    @Test
    void keepsCrlfInATextThatTravelsInBase64() {
        for (String text : List.of("plain\\nsecond", "gr\u00fcn\\nsecond")) {
            client.call("/api/v1/send/message",
                    "{'to':['a@rcpt.test'],'from':'a@example.com','plain_body':'" + text + "'}");
        }

        assertThat(client.call("/api/v1/messages/message", "{'id':1,'_expansions':['plain_body']}").at("/data/plain_body")
                .asText()).isEqualTo("plain\nsecond");
        assertThat(client.call("/api/v1/messages/message", "{'id':2,'_expansions':['plain_body']}").at("/data/plain_body")
                .asText()).isEqualTo("gr\u00fcn\r\nsecond");
    }

    @Test
    void saysTheTransferEncodingOfEveryMultipart() throws Exception {
        client.call("/api/v1/send/message", "{'to':['a@rcpt.test'],'from':'a@example.com','plain_body':'x','html_body':'y'}");

        MimeMessage mail = postal.sent().only().mime();
        assertThat(mail.getHeader("Content-Transfer-Encoding")).containsExactly("7bit");
        assertThat(((MimeMultipart) mail.getContent()).getBodyPart(0).getHeader("Content-Transfer-Encoding"))
                .containsExactly("7bit");
    }

    @Test
    void echoesTheKeyThatItDoesNotKnow() {
        JsonNode response = Client
                .json(client.send(client.request("/api/v1/messages/message").header("X-Server-API-Key", "wrong")
                        .POST(BodyPublishers.ofString("{}"))));

        assertThat(response.at("/data/token").asText()).isEqualTo("wrong");
        assertThat(response.at("/data/code").asText()).isEqualTo("InvalidServerAPIKey");
    }

    @Test
    void respondsInTheOtherJsonWhenThatIsAccepted() {
        assertThat(client.post("/api/v1/messages/message", "{'id':").body())
                .isEqualTo("{\"status\":400,\"error\":\"Bad Request\"}");
        assertThat(client.post("/api/v1/nothing", "{}").body()).isEqualTo("{\"status\":404,\"error\":\"Not Found\"}");
        assertThat(client.post("/api/v1/messages/message", "{'id':'1'}").body())
                .isEqualTo("{\"status\":500,\"error\":\"Internal Server Error\"}");
    }

    @Test
    void escapesWhatRailsEscapes() {
        client.call("/api/v1/send/message",
                "{'to':['a@rcpt.test'],'from':'a@example.com','subject':'<&>\u2028ü\u0001','plain_body':'x'}"
                        .replace("\u0001", "\\u0001"));

        assertThat(client.post("/api/v1/messages/message", "{'id':1,'_expansions':['details']}").body())
                .contains("\"subject\":\"\\u003c\\u0026\\u003e\\u2028ü\\u0001\"");
    }

    @Test
    void takesChunkedBodiesAndLargeOnesUpToTheDatabasesLimit() {
        String tenMegabytes = Base64.getEncoder().encodeToString(new byte[10 * 1024 * 1024]);
        String thirtyMegabytes = Base64.getEncoder().encodeToString(new byte[30 * 1024 * 1024]);

        assertThat(chunked(tenMegabytes).statusCode()).isEqualTo(200);
        assertThat(chunked(thirtyMegabytes).statusCode()).isEqualTo(500);
        assertThat(postal.sent()).hasSize(1);
    }

    @Test
    void respondsUnderAnotherNameOnlyWhenToldTo() {
        try (PostalSandbox named = PostalSandbox.builder().host("postal.example.com").start()) {
            Map<String, String> headers = Map.of("Host", "Postal.Example.com", "Connection", "close",
                    "X-Server-API-Key", named.apiKey());
            assertThat(RawHttp.send(named.port(), "GET", "/api/v1/messages/message", headers, new byte[0]).status())
                    .isEqualTo(200);
            assertThat(RawHttp.send(postal.port(), "GET", "/api/v1/messages/message", headers, new byte[0]).status())
                    .isEqualTo(403);
        }
    }

    @Test
    void laysMailOutAsPostalDoes() throws MessagingException, IOException {
        client.call("/api/v1/send/message", """
                {"to":["a@rcpt.test"],"bcc":["hidden@rcpt.test"],"from":"Jürgen <a@example.com>","plain_body":"text",
                 "html_body":"<p>html</p>","headers":{"X-Own":"1","Message-ID":"<own@x>","Subject":"own"},"subject":"call",
                 "attachments":[{"name":"b.pdf","content_type":"application/pdf","data":"AAEC"},
                                {"name":"a.txt","content_type":"text/plain","data":"YQpiCg=="}]}""");
        StoredMail mail = postal.awaitSentTo("a@rcpt.test", SOON);
        MimeMessage mime = mail.mime();
        MimeMultipart mixed = (MimeMultipart) mime.getContent();

        assertThat(mime.getContentType()).startsWith("multipart/mixed");
        assertThat(((Part) mixed.getBodyPart(0)).getContentType()).startsWith("multipart/alternative");
        assertThat(mixed.getBodyPart(1).getFileName()).isEqualTo("a.txt");
        assertThat(mixed.getBodyPart(2).getFileName()).isEqualTo("b.pdf");
        assertThat(mime.getSubject()).isEqualTo("call");
        assertThat(mime.getHeader("X-Own", null)).isEqualTo("1");
        assertThat(mime.getMessageID()).isEqualTo("<" + mail.messageId() + ">").doesNotContain("own");
        assertThat(mime.getHeader("X-Postal-MsgID", null)).isEqualTo(mail.token());
        assertThat(mime.getHeader("Received", null)).startsWith("from api ");
        assertThat(new String(mail.raw(), StandardCharsets.UTF_8)).doesNotContain("hidden@");
    }

    @Test
    void letsNoLineEndBecomeAHeader() {
        client.call("/api/v1/send/message", "{'to':['a@rcpt.test'],'from':'a@example.com','plain_body':'x',"
                + "'subject':'s\\r\\nX-Injected: 1','headers':{'X-A':'v\\r\\nX-Injected: 2','X-B\\r\\nX-Injected':'3'},"
                + "'attachments':[{'name':'a\\r\\nX-Injected: 4','content_type':'a/b\\r\\nX-Injected: 5','data':'AAEC'}]}");

        assertThat(new String(postal.sent().get(0).raw(), StandardCharsets.UTF_8)).doesNotContain("\nX-Injected");
    }

    @Test
    void readsTheTagOfARawMessageWhenItIsDequeued() {
        raw("From: a@example.com\nX-Postal-Tag: first\nX-Postal-Tag: last\n\nbody\n");

        assertThat(postal.awaitSentTo("a@rcpt.test", SOON).tag()).isEqualTo("last");
    }

    @Test
    void refusesARawMessageWithOneForeignFrom() {
        assertThat(raw("From: a@example.com, b@foreign.test\n\nx\n").at("/data/code").asText())
                .isEqualTo("UnauthenticatedFromAddress");
        assertThat(raw("From: a@example.com\nFrom: b@foreign.test\n\nx\n").at("/data/code").asText())
                .isEqualTo("UnauthenticatedFromAddress");
        assertThat(raw("Subject: none\n\nx\n").at("/data/code").asText()).isEqualTo("UnauthenticatedFromAddress");
        assertThat(postal.sent()).isEmpty();
    }

    @Test
    void namesTheMissingParameterOfARawMessageInPostalsOrder() {
        assertThat(List.of(parameterError("{}"), parameterError("{'rcpt_to':'a@b'}"), parameterError("{'rcpt_to':[]}"),
                parameterError("{'rcpt_to':[],'mail_from':'a'}")))
                .containsExactly("`rcpt_to` parameter is required but is missing",
                        "`rcpt_to` parameter is required but is missing", "`mail_from` parameter is required but is missing",
                        "`data` parameter is required but is missing");
    }

    @Test
    void holdsWhatIsSentWhileSuspendedOrWithAHoldingKey() {
        try (PostalSandbox holding = PostalSandbox.builder().holdingApiKey("HoldingKeyNotASecret0000").start()) {
            Client other = new Client(holding);
            other.send(other.request("/api/v1/send/message").header("X-Server-API-Key", "HoldingKeyNotASecret0000")
                    .header("Content-Type", "application/json").POST(BodyPublishers.ofString(
                            "{\"to\":[\"a@rcpt.test\"],\"from\":\"a@example.com\",\"plain_body\":\"x\"}")));
            assertThat(holding.awaitSentTo("a@rcpt.test", SOON).status()).isEqualTo("Held");

            holding.server().suspend();
            assertThat(other.call("/api/v1/messages/message", "{'id':1}").at("/data/code").asText())
                    .isEqualTo("ServerSuspended");
            holding.server().unsuspend();
            assertThat(other.call("/api/v1/messages/message", "{'id':1}").path("status").asText()).isEqualTo("success");
        }
    }

    private String parameterError(String json) {
        JsonNode response = client.call("/api/v1/send/raw", json);
        assertThat(response.path("status").asText()).isEqualTo("parameter-error");
        return response.at("/data/message").asText();
    }

    private JsonNode raw(String mail) {
        String data = Base64.getEncoder().encodeToString(mail.getBytes(StandardCharsets.UTF_8));
        return client.call("/api/v1/send/raw", "{'rcpt_to':['a@rcpt.test'],'mail_from':'a@example.com','data':'" + data + "'}");
    }

    private HttpResponse<String> chunked(String base64) {
        byte[] json = ("{\"to\":[\"a@rcpt.test\"],\"from\":\"a@example.com\",\"plain_body\":\"x\",\"attachments\":[{\"name\":\"big\","
                + "\"data\":\"" + base64 + "\"}]}").getBytes(StandardCharsets.US_ASCII);
        return client.send(client.request("/api/v1/send/message").header("X-Server-API-Key", postal.apiKey())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(json))));
    }
}
