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
package io.github.camelpostal.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelpostal.RealClient;
import io.github.camelpostal.payload.Content;
import io.github.camelpostal.testing.ScriptedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What leaves for Postal: the rules of protocol 2.7 to 2.9 that keep a request from being misread, and what is refused before.
 */
class RequestsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ScriptedServer server = ScriptedServer.responding(
            "{\"status\":\"success\",\"time\":0.1,\"flags\":{},\"data\":{\"id\":1,\"token\":\"t\",\"message_id\":\"m@x\",\"messages\":{}}}");

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void sendsEveryFieldAsPostalNamesIt() throws Exception {
        PostalMessage message = PostalMessage.builder().from("Sales <a@acme.example>")
                .to("\"Doe, J\" <b@rcpt.test>", "c@rcpt.test")
                .cc("d@rcpt.test").bcc("e@rcpt.test").sender("s@acme.example").replyTo("r@acme.example").subject("Grüße ✓ 😀")
                .tag("orders").bounce(true).plainBody("text\r\nmore").htmlBody("<p>html</p>").header("X-One", "1")
                .headers(Map.of("X-Two", "2")).attachment(PostalAttachment.of("grüße.txt", "text/plain", new byte[]{1, 2}))
                .build();
        JsonNode body = sent(client -> client.sendMessage(message));
        assertThat(body).isEqualTo(JSON.readTree("""
                {"from":"Sales <a@acme.example>","to":["\\"Doe, J\\" <b@rcpt.test>","c@rcpt.test"],"cc":["d@rcpt.test"],
                 "bcc":["e@rcpt.test"],"sender":"s@acme.example","reply_to":"r@acme.example","subject":"Grüße ✓ 😀","tag":"orders",
                 "bounce":true,"plain_body":"text\\r\\nmore","html_body":"<p>html</p>","headers":{"X-One":"1","X-Two":"2"},
                 "attachments":[{"name":"grüße.txt","content_type":"text/plain","data":"AQI="}]}"""));
        assertThat(server.onlyRequest().line()).isEqualTo("POST /api/v1/send/message HTTP/1.1");
    }

    @Test
    void leavesOutWhatIsNotSet() throws Exception {
        assertThat(sent(client -> client.sendMessage(Messages.small()))).isEqualTo(JSON.readTree(
                "{\"from\":\"a@acme.example\",\"to\":[\"b@rcpt.test\"],\"subject\":\"Hello\",\"plain_body\":\"Hello Bob\"}"));
    }

    @Test
    void sendsARawMessageInBase64WithBareRecipients() throws Exception {
        RawMessage message = new RawMessage("a@acme.example", List.of("b@rcpt.test", "c@rcpt.test"),
                Content.of(new byte[]{(byte) 0xff, (byte) 0xfb, 0}), true);
        assertThat(sent(client -> client.sendRaw(message))).isEqualTo(JSON.readTree(
                "{\"rcpt_to\":[\"b@rcpt.test\",\"c@rcpt.test\"],\"mail_from\":\"a@acme.example\",\"bounce\":true,\"data\":\"//sA\"}"));
        assertThat(server.onlyRequest().line()).isEqualTo("POST /api/v1/send/raw HTTP/1.1");
    }

    @Test
    void sendsIdsAsIntegersAndExpansionsAsAnArray() throws Exception {
        assertThat(sent(client -> client.message(216, EnumSet.of(Expansion.STATUS, Expansion.RAW_MESSAGE))))
                .isEqualTo(JSON.readTree("{\"id\":216,\"_expansions\":[\"status\",\"raw_message\"]}"));
        assertThat(server.onlyRequest().line()).isEqualTo("POST /api/v1/messages/message HTTP/1.1");
    }

    @Test
    void sendsAnArrayEvenWithoutExpansions() throws Exception {
        assertThat(sent(client -> client.message(216, Set.of()))).isEqualTo(JSON.readTree("{\"id\":216,\"_expansions\":[]}"));
    }

    @Test
    void saysWhatItSendsAndWhatItWants() throws Exception {
        sent(client -> client.sendMessage(Messages.small()));
        ScriptedServer.Request request = server.onlyRequest();
        assertThat(request.header("content-type")).startsWith("application/json");
        assertThat(request.header("accept")).isEqualTo("application/json");
        assertThat(request.header("x-server-api-key")).isEqualTo(RealClient.KEY);
        assertThat(request.header("host")).isEqualTo("127.0.0.1:" + server.port());
        assertThat(request.header("content-length")).isEqualTo(Integer.toString(request.body().length));
        assertThat(request.header("expect")).isNull();
        assertThat(request.header("cookie")).isNull();
    }

    @Test
    void announcesTheLengthWhenThatOfAllContentIsKnown() throws Exception {
        for (int size : new int[]{1, 2, 3, 4, 24 * 1024 - 1, 24 * 1024, 24 * 1024 + 1, 200_000}) {
            try (RealClient real = RealClient.of(server.url())) {
                PostalMessage message = Messages.with(Messages.zeros(size)).toBuilder().subject("ü\u0001\"😀")
                        .attachment(PostalAttachment.of("second", null, new byte[]{9})).build();
                real.client().sendMessage(message);
            }
            ScriptedServer.Request request = server.requests().get(server.requests().size() - 1);
            assertThat(request.header("transfer-encoding")).isNull();
            assertThat(JSON.readTree(request.body()).at("/attachments/0/data").binaryValue()).hasSize(size);
            assertThat(JSON.readTree(request.body()).at("/attachments/1/data").binaryValue()).containsExactly(9);
        }
    }

    @Test
    void sendsInChunksWhenALengthIsNotKnown() throws Exception {
        JsonNode body = sent(client -> client.sendMessage(Messages.with(Messages.zerosOfUnknownLength(100_000))));
        assertThat(server.onlyRequest().header("transfer-encoding")).isEqualTo("chunked");
        assertThat(body.at("/attachments/0/data").binaryValue()).hasSize(100_000);
    }

    @Test
    void sendsAnotherHostWhenToldTo() throws Exception {
        try (RealClient real = RealClient.of(server.url(), "postal.example.com")) {
            real.client().sendMessage(Messages.small());
        }
        assertThat(server.onlyRequest().header("host")).isEqualTo("postal.example.com");
    }

    @Test
    void keepsThePathPrefixAndMindsNoTrailingSlash() throws Exception {
        for (String suffix : List.of("/mail/postal", "/mail/postal/", "/mail/postal//")) {
            try (RealClient real = RealClient.of(URI.create(server.url() + suffix))) {
                real.client().sendMessage(Messages.small());
            }
        }
        assertThat(server.requests()).hasSize(3)
                .allSatisfy(request -> assertThat(request.line()).startsWith("POST /mail/postal/api/v1/send/message "));
    }

    @Test
    void asksForTheKeyOfEachCallAnew() throws Exception {
        List<String> keys = new java.util.ArrayList<>(List.of("first", " second \n"));
        try (RealClient real = RealClient.of(server.url())) {
            PostalClient client = real.with(new ServerAccess(server.url(), () -> keys.remove(0), null));
            client.sendMessage(Messages.small());
            client.sendMessage(Messages.small());
        }
        assertThat(server.requests()).extracting(request -> request.header("x-server-api-key")).containsExactly("first",
                "second");
    }

    @Test
    void makesNoCallWithoutAUsableKey() throws Exception {
        for (String key : new String[]{null, "", "  ", "schlüssel", "two words", "a\r\nX-Evil: 1"}) {
            try (RealClient real = RealClient.of(server.url())) {
                PostalClient client = real.with(new ServerAccess(server.url(), () -> key, null));
                assertThatExceptionOfType(PostalAccessException.class).isThrownBy(() -> client.sendMessage(Messages.small()))
                        .withMessageContaining("API key").withMessageNotContaining("Evil").withMessageNotContaining("schl");
            }
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void letsNoLineBreakInAValueBecomeAnything() throws Exception {
        PostalMessage message = PostalMessage.builder().from("a@acme.example\r\nBcc: x@y").to("b@rcpt.test\nCc: x@y")
                .subject("Hello\r\nBcc: x@y\0!\uD800").tag("t\r").replyTo("r\n@x").header("X-A", "1\r\n\r\nbody")
                .plainBody("a\r\nb\0\uDC00c")
                .attachment(PostalAttachment.of("f\r\n.txt", "text/plain\n", new byte[]{1})).build();
        JsonNode body = sent(client -> client.sendMessage(message));
        assertThat(body).isEqualTo(JSON.readTree("""
                {"from":"a@acme.example Bcc: x@y","to":["b@rcpt.test Cc: x@y"],"reply_to":"r @x","subject":"Hello Bcc: x@y !\uFFFD",
                 "tag":"t ","plain_body":"a\\r\\nb\\u0000\uFFFDc","headers":{"X-A":"1 body"},
                 "attachments":[{"name":"f .txt","content_type":"text/plain ","data":"AQ=="}]}"""));
    }

    @Test
    void refusesBeforeTheCallWhatPostalWouldRefuse() throws Exception {
        PostalMessage ok = Messages.small();
        List<String> many = IntStream.range(0, 51).mapToObj(i -> "b" + i + "@rcpt.test").toList();
        refused(ok.toBuilder().to().build(), PostalErrorCode.NO_RECIPIENTS);
        refused(ok.toBuilder().to(many).build(), PostalErrorCode.TOO_MANY_TO_ADDRESSES);
        refused(ok.toBuilder().cc(many).build(), PostalErrorCode.TOO_MANY_CC_ADDRESSES);
        refused(ok.toBuilder().bcc(many).build(), PostalErrorCode.TOO_MANY_BCC_ADDRESSES);
        refused(ok.toBuilder().plainBody(" \r\n").build(), PostalErrorCode.NO_CONTENT);
        refused(ok.toBuilder().from(null).build(), PostalErrorCode.FROM_ADDRESS_MISSING);
        refused(ok.toBuilder().tag("t".repeat(256)).build(), PostalErrorCode.TOO_LONG);
        refused(ok.toBuilder().header("X-A", "1").header("x-a", "2").build(), PostalErrorCode.NOT_EXPRESSIBLE);
        refused(with(PostalAttachment.of(" ", null, new byte[]{1})), PostalErrorCode.ATTACHMENT_MISSING_NAME);
        refused(with(PostalAttachment.of("a", null, new byte[0])), PostalErrorCode.ATTACHMENT_MISSING_DATA);
        refused(with(PostalAttachment.inline("cid", "a", null, Content.of(new byte[]{1}))),
                PostalErrorCode.NOT_EXPRESSIBLE);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void refusesARawMessageToNobodyBecausePostalWouldCallThatASuccess() throws Exception {
        try (RealClient real = RealClient.of(server.url())) {
            RawMessage toNobody = new RawMessage("a@acme.example", List.of(), Content.of(new byte[]{1}), false);
            RawMessage fromNobody = new RawMessage(" ", List.of("b@rcpt.test"), Content.of(new byte[]{1}), false);
            assertThatExceptionOfType(PostalRejectedException.class).isThrownBy(() -> real.client().sendRaw(toNobody))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(PostalErrorCode.NO_RECIPIENTS));
            assertThatExceptionOfType(PostalRejectedException.class).isThrownBy(() -> real.client().sendRaw(fromNobody))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(PostalErrorCode.FROM_ADDRESS_MISSING));
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void fiftyRecipientsInAFieldAreFine() throws Exception {
        List<String> fifty = IntStream.range(0, 50).mapToObj(i -> "b" + i + "@rcpt.test").collect(Collectors.toList());
        JsonNode body = sent(client -> client.sendMessage(Messages.small().toBuilder().to(fifty).cc(fifty).bcc(fifty).build()));
        assertThat(body.get("bcc")).hasSize(50);
    }

    @Test
    void refusesServerUrlsThatCannotWorkAndSaysWhatOneLooksLike() {
        for (String url : List.of("postal.example.com", "ftp://postal.example.com", "http:///x",
                "https://a:b@postal.example.com",
                "https://postal.example.com?x=1", "https://postal.example.com#x")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new ServerAccess(URI.create(url), () -> "key", null))
                    .withMessageContaining("https://postal.example.com").withMessageNotContaining("a:b");
        }
    }

    @Test
    void findsServersWhoseNameHasAnUnderscore() {
        // URI.getHost() is null for these; containers have such names
        ServerAccess server = new ServerAccess(URI.create("http://postal_web.invalid:5000"), () -> "key", null);
        try (RealClient real = RealClient.of(URI.create("http://postal_web.invalid:5000"))) {
            assertThatExceptionOfType(PostalUnavailableException.class).isThrownBy(() -> real.with(server).deliveries(1))
                    .havingCause().withMessageContaining("postal_web.invalid");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void headerNamesAreThoseOfRfc5322() {
        for (String name : List.of("", "X A", "X:A", "X-Ü", "X\r\nY")) {
            assertThatIllegalArgumentException().isThrownBy(() -> PostalMessage.builder().header(name, "1"));
        }
    }

    @Test
    void contentWithAnotherLengthThanItSaysIsBrokenOff() throws Exception {
        for (long announced : new long[]{99_999, 100_001, 10}) {
            PostalRejectedException failure = failureOf(Messages.generated(100_000, announced));
            assertThat(failure.code()).isEqualTo(PostalErrorCode.CONTENT_UNREADABLE);
        }
    }

    private PostalRejectedException failureOf(Content content) throws Exception {
        try (RealClient real = RealClient.of(server.url())) {
            return catchThrowableOfType(PostalRejectedException.class, () -> real.client().sendMessage(Messages.with(content)));
        }
    }

    private static PostalMessage with(PostalAttachment attachment) {
        return Messages.small().toBuilder().attachment(attachment).build();
    }

    private void refused(PostalMessage message, PostalErrorCode code) throws Exception {
        try (RealClient real = RealClient.of(server.url())) {
            assertThatExceptionOfType(PostalRejectedException.class).isThrownBy(() -> real.client().sendMessage(message))
                    .withMessageContaining("send refused before the call: " + code.postalName()).satisfies(e -> {
                        assertThat(e.code()).isEqualTo(code);
                        assertThat(e.rawCode()).isEqualTo(code.postalName());
                        assertThat(e.httpStatus()).isZero();
                    });
        }
    }

    private JsonNode sent(Call call) throws Exception {
        try (RealClient real = RealClient.of(server.url())) {
            call.on(real.client());
        }
        return JSON.readTree(server.onlyRequest().body());
    }

    private interface Call {

        void on(PostalClient client) throws PostalException;
    }
}
