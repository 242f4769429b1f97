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
package io.github.camelpostal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.camelpostal.api.PostalAccessException;
import io.github.camelpostal.api.SendResult;
import io.github.camelpostal.sandbox.HttpEndpoint;
import io.github.camelpostal.sandbox.StoredMail;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may be replied to by a program, and how such a reply goes out. */
class AutoReplyTest {

    private static final String ANN = "ann@customer.example";

    @Test
    void anAutomaticReplySaysSoAndBringsNoBounceBack() throws Exception {
        try (ConversationApp app = new ConversationApp()) {
            assertThat(reply(app, "postal:send", ANN).messageId()).isNotNull();

            StoredMail sent = app.postal.awaitSentTo(ANN, ConversationApp.LONG);
            assertThat(sent.mime().getHeader("Auto-Submitted")).containsExactly("auto-replied");
            assertThat(sent.bounce()).isTrue();
        }
    }

    @Test
    void noMoreThanTheLimitGoToOneAddress() throws Exception {
        try (ConversationApp app = new ConversationApp(HttpEndpoint.Format.HASH, options -> options.setAutoReplyLimit(2),
                exchange -> {
                })) {
            reply(app, "postal:send", ANN);
            reply(app, "postal:send?tag=another-endpoint", "Ann <Ann@Customer.Example>");
            SendResult third = reply(app, "postal:send", ANN);
            SendResult raw = reply(app, "postal:sendRaw", ANN);
            SendResult some = reply(app, "postal:send", ANN + ", bob@customer.example");

            assertThat(List.of(third, raw)).allSatisfy(nothing -> {
                assertThat(nothing.messageId()).isNull();
                assertThat(nothing.recipients()).isEmpty();
            });
            assertThat(some.recipients()).containsOnlyKeys("bob@customer.example");
            assertThat(app.send("postal:send", "no reply", PostalConstants.TO, ANN).getException()).isNull();
        }
    }

    @Test
    void aReplyThatWasCertainlyNotSentDoesNotCount() throws Exception {
        try (ConversationApp app = new ConversationApp()) {
            app.postal.server().suspend();
            Exchange refused = send(app, "postal:send", ANN);
            app.postal.server().unsuspend();

            assertThat(refused.getException()).isInstanceOf(PostalAccessException.class);
            assertThat(reply(app, "postal:send", ANN).recipients()).containsOnlyKeys(ANN);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "X-Nothing: special               | human          | true",
            "Auto-Submitted: auto-replied     | auto-reply     | false",
            "List-Id: <news.customer.example> | bulk           | false",
            "X-Auto-Response-Suppress: All    | human          | false"})
    void aRouteIsToldWhoWroteAndWhetherToReply(String field, String automatic, boolean replyAllowed) throws Exception {
        try (ConversationApp app = new ConversationApp(HttpEndpoint.Format.RAW, options -> options.setConversationSecret(null),
                exchange -> {
                })) {
            StoredMail mail = app.postal.receive(ANN, "shop@example.com",
                    ("From: " + ANN + "\r\nTo: shop@example.com\r\nSubject: Hello\r\n" + field + "\r\n\r\nHello\r\n")
                            .getBytes(StandardCharsets.US_ASCII));

            assertThat(app.routed(mail).getMessage().getHeaders()).containsEntry(PostalConstants.AUTOMATIC, automatic)
                    .containsEntry(PostalConstants.REPLY_ALLOWED, replyAllowed);
        }
    }

    private static SendResult reply(ConversationApp app, String uri, String to) {
        Exchange sent = send(app, uri, to);
        assertThat(sent.getException()).isNull();
        return sent.getMessage().getBody(SendResult.class);
    }

    private static Exchange send(ConversationApp app, String uri, String to) {
        return app.send(uri, "From: shop@example.com\r\nSubject: Thank you\r\n\r\nThank you.", PostalConstants.TO, to,
                PostalConstants.AUTO_REPLY, true);
    }
}
