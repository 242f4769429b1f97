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
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.PostalRejectedException;
import io.github.camelpostal.payload.InboundMail;
import io.github.camelpostal.sandbox.HttpEndpoint;
import io.github.camelpostal.sandbox.StoredMail;
import org.apache.camel.Exchange;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From the question, over mail programs, to the route: a reply finds its conversation, or none. */
class ConversationsTest {

    @ParameterizedTest
    @EnumSource(HttpEndpoint.Format.class)
    void aReplyBringsItsConversationBack(HttpEndpoint.Format format) throws Exception {
        try (ConversationApp app = new ConversationApp(format, options -> {
        }, exchange -> {
        })) {
            StoredMail question = app.ask("Order-4711", "Ann <ann@customer.example>");

            Exchange reply = app.routed(MailProgram.USUAL.reply(app.postal, question,
                    "Yes\r\n\r\nOn Tue, 5 May 2026 at 10:00, shop@example.com wrote:\r\n> Please reply yes or no."));

            assertThat(question.mime().getReplyTo()[0].toString()).matches("approvals\\+[a-z0-9~._=-]+@example\\.com");
            assertThat(conversation(reply)).isEqualTo("Order-4711");
            assertThat(reply.getMessage().getHeaders()).containsEntry(PostalConstants.CONVERSATION_SENDER, "expected")
                    .containsEntry(PostalConstants.AUTOMATIC, "human").containsEntry(PostalConstants.REPLY_ALLOWED, true);
            assertThat(reply.getMessage().getBody(InboundMail.class).replyText()).isEqualTo("Yes");
        }
    }

    @Test
    void everyEventOfTheMailCarriesTheConversation() throws Exception {
        try (ConversationApp app = new ConversationApp()) {
            StoredMail question = app.ask("order-4711", "ann@customer.example");

            await().atMost(ConversationApp.LONG).until(() -> !app.events(question).isEmpty());

            assertThat(app.events(question)).allSatisfy(event -> assertThat(conversation(event)).isEqualTo("order-4711"));
        }
    }

    @Test
    void whatMailProgramsAndGatewaysDoToAReplyIsSurvived() throws Exception {
        try (ConversationApp app = new ConversationApp()) {
            StoredMail question = app.ask("order-4711", "ann@customer.example");
            List<MailProgram> recognizable = List.of(MailProgram.USUAL.dropsTag(true).sends(true, 0),
                    MailProgram.USUAL.dropsTag(true).sends(false, 10), MailProgram.USUAL.ignoresReplyTo(),
                    MailProgram.USUAL.sends(false, 0), MailProgram.USUAL.upperCases(true).sends(false, 0));
            for (MailProgram program : recognizable) {
                Exchange reply = app.routed(program.reply(app.postal, question, "Yes"));
                assertThat(conversation(reply)).as("%s", program).isEqualTo("order-4711");
                assertThat(reply.getMessage().getHeader(PostalConstants.CONVERSATION_SENDER)).isEqualTo("expected");
            }

            Exchange nothingLeft = app
                    .routed(MailProgram.USUAL.dropsTag(true).sends(false, 0).reply(app.postal, question, "Yes"));
            assertThat(conversation(nothingLeft)).isNull();
            Exchange forwarded = app.routed(MailProgram.USUAL.reply(app.postal, question, "bob@elsewhere.example", "No"));
            assertThat(conversation(forwarded)).isEqualTo("order-4711");
            assertThat(forwarded.getMessage().getHeader(PostalConstants.CONVERSATION_SENDER)).isEqualTo("other");
        }
    }

    @Test
    void eachOfTwoRecipientsIsExpected() throws Exception {
        try (ConversationApp app = new ConversationApp()) {
            StoredMail question = app.ask("order-4711", "ann@customer.example, bob@customer.example");

            for (String author : List.of("ann@customer.example", "Bob <bob@customer.example>")) {
                Exchange reply = app.routed(MailProgram.USUAL.reply(app.postal, question, author, "Yes"));
                assertThat(conversation(reply)).isEqualTo("order-4711");
                assertThat(reply.getMessage().getHeader(PostalConstants.CONVERSATION_SENDER)).isEqualTo("expected");
            }
        }
    }

    @Test
    void aTokenOfOthersIsOrdinaryMailAndCounted() throws Exception {
        try (ConversationApp others = new ConversationApp(HttpEndpoint.Format.HASH,
                options -> options.setConversationSecret("a:another secret that has the same id as ours"), exchange -> {
                });
                ConversationApp strangers = new ConversationApp(HttpEndpoint.Format.HASH,
                        options -> options.setConversationSecret("b:a secret whose id is not known here at all"), exchange -> {
                        });
                ConversationApp app = new ConversationApp()) {
            StoredMail forged = others.ask("order-1", "ann@customer.example");
            StoredMail unknown = strangers.ask("order-2", "ann@customer.example");

            MailProgram addressAlone = MailProgram.USUAL.sends(false, 0);
            assertThat(conversation(app.routed(addressAlone.reply(app.postal, forged, "Yes")))).isNull();
            assertThat(conversation(app.routed(addressAlone.reply(app.postal, unknown, "Yes")))).isNull();

            assertThat(app.consumer().getConversationTokensForged()).isEqualTo(1);
            assertThat(app.consumer().getConversationTokensUnknownKey()).isEqualTo(1);
            assertThat(app.consumer().getConversationTokensExpired()).isZero();
        }
    }

    @Test
    void aReplyThatIsForwardedByARouteGivesNobodyAToken() throws Exception {
        try (ConversationApp app = new ConversationApp()) {
            app.send("postal:send", "For your information", PostalConstants.TO, "third@party.example",
                    PostalConstants.CONVERSATION_ID, "order-4711");

            StoredMail forwarded = app.postal.awaitSentTo("third@party.example", ConversationApp.LONG);
            assertThat(forwarded.mime().getHeader("Reply-To")).isNull();
            assertThat(forwarded.messageId()).doesNotContain("order-4711");
        }
    }

    @Test
    void aMailThatCannotHaveAMessageIdOfOursHasTheReplyAddress() throws Exception {
        try (ConversationApp app = new ConversationApp()) {
            Object[] headers = {PostalConstants.TO, "ann@customer.example", PostalConstants.CONVERSATION, "order-4711"};
            app.send("postal:send?transport=message", "structured", headers);
            app.send("postal:send", "own", PostalConstants.TO, "ann@customer.example", PostalConstants.CONVERSATION,
                    "order-4711",
                    PostalConstants.HEADERS, Map.of("Message-ID", "<own@example.com>"));
            app.send("postal:sendRaw",
                    "From: shop@example.com\r\nMessage-ID: <raw@example.com>\r\nReply-To: a@b.example\r\n\r\nraw",
                    headers);

            List<StoredMail> sent = app.postal.sent().to("ann@customer.example");
            assertThat(sent).hasSize(3).allSatisfy(mail -> {
                assertThat(mail.mime().getReplyTo()).hasSize(1);
                assertThat(mail.mime().getReplyTo()[0].toString()).startsWith("approvals+");
                assertThat(mail.messageId()).doesNotContain("order-4711");
            });
        }
    }

    @Test
    void aCompleteMessageWithoutMessageIdGetsBoth() throws Exception {
        try (ConversationApp app = new ConversationApp()) {
            app.send("postal:sendRaw", "From: shop@example.com\r\nTo: ann@customer.example\r\n\r\nraw",
                    PostalConstants.CONVERSATION, "order-4711", PostalConstants.REPLY_ADDRESS, "support@example.com");

            StoredMail sent = app.postal.awaitSentTo("ann@customer.example", ConversationApp.LONG);
            assertThat(sent.mime().getReplyTo()[0].toString()).startsWith("support+");
            assertThat(sent.messageId()).contains("order-4711");
        }
    }

    @Test
    void whatCannotBeAConversationIsRefusedBeforeTheCall() throws Exception {
        try (ConversationApp app = new ConversationApp()) {
            assertThat(refusal(app, "postal:send", "x".repeat(31))).satisfies(refused -> {
                assertThat(refused.code()).isEqualTo(PostalErrorCode.TOO_LONG);
                assertThat(refused).hasMessageContaining("at most 30");
            });
            assertThat(refusal(app, "postal:send", " ")).hasMessageContaining("CamelPostalConversation is blank");
            assertThat(app.postal.sent()).isEmpty();
        }
        try (ConversationApp app = new ConversationApp(HttpEndpoint.Format.HASH, options -> options.setConversationSecret(null),
                exchange -> {
                })) {
            assertThat(refusal(app, "postal:send", "order-4711")).hasMessageContaining("conversationSecret");
        }
        try (ConversationApp app = new ConversationApp(HttpEndpoint.Format.HASH, options -> options.setReplyAddress(null),
                exchange -> {
                })) {
            assertThat(app.ask("order-4711", "ann@customer.example").messageId()).contains("order-4711");
            assertThat(refusal(app, "postal:send?transport=message", "order-4711")).hasMessageContaining("replyAddress");
        }
    }

    @Test
    void aReplyAddressCountsOnceAndAnOutOfOfficeNoteDoesNotUseItUp() throws Exception {
        AtomicBoolean fails = new AtomicBoolean();
        try (ConversationApp app = new ConversationApp(HttpEndpoint.Format.HASH,
                options -> options.setConversationRepository(MemoryIdempotentRepository.memoryIdempotentRepository()),
                exchange -> {
                    if (fails.get()) {
                        throw new IllegalStateException("the database is away");
                    }
                })) {
            StoredMail question = app.ask("order-4711", "ann@customer.example");

            Exchange note = app
                    .routed(MailProgram.USUAL.with("Auto-Submitted: auto-replied").reply(app.postal, question, "Away"));
            assertThat(conversation(note)).isEqualTo("order-4711");
            assertThat(note.getMessage().getHeaders()).containsEntry(PostalConstants.AUTOMATIC, "auto-reply")
                    .containsEntry(PostalConstants.REPLY_ALLOWED, false);

            fails.set(true);
            StoredMail yes = MailProgram.USUAL.reply(app.postal, question, "Yes");
            assertThat(conversation(app.routed(yes))).isEqualTo("order-4711");
            await().atMost(ConversationApp.LONG)
                    .until(() -> !app.postal.message(yes.id()).orElseThrow().deliveries().isEmpty());
            fails.set(false);
            int before = app.mails().size();
            app.postal.server().retryNow(yes.id());
            await().atMost(ConversationApp.LONG).until(() -> app.mails().size() > before);
            assertThat(conversation(app.routed(yes))).as("the same mail, again").isEqualTo("order-4711");

            Exchange second = app.routed(MailProgram.USUAL.reply(app.postal, question, "No"));
            Exchange third = app.routed(MailProgram.USUAL.dropsTag(true).reply(app.postal, question, "No"));
            assertThat(conversation(second)).isNull();
            assertThat(conversation(third)).isNull();
            assertThat(app.consumer().getConversationTokensUsedBefore()).isEqualTo(2);
        }
    }

    @Test
    void aHundredConversationsAreNeverConfused() throws Exception {
        areNeverConfused(100);
    }

    @Test
    @Tag("soak")
    void aThousandConversationsAreNeverConfused() throws Exception {
        areNeverConfused(1_000);
    }

    private static void areNeverConfused(int conversations) throws Exception {
        long seed = Long.getLong("postal.conversation.seed", 20261129);
        Random random = new Random(seed);
        try (ConversationApp app = new ConversationApp()) {
            List<StoredMail> replies = new ArrayList<>();
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < conversations; i++) {
                String id = (random.nextBoolean() ? "Order-" : "t.") + i;
                String recipients = "person" + random.nextInt(50) + "@customer.example"
                        + (random.nextInt(4) == 0 ? ", second" + random.nextInt(50) + "@customer.example" : "");
                List<StoredMail> questions = app.askEach(id, recipients);
                for (int reply = 0; reply <= random.nextInt(2); reply++) {
                    StoredMail question = questions.get(random.nextInt(questions.size()));
                    MailProgram program = new MailProgram(random.nextInt(4) > 0, random.nextInt(4) == 0, random.nextInt(4) == 0,
                            random.nextInt(4) > 0, random.nextInt(3) == 0 ? 0 : 10, List.of());
                    boolean found = program.honoursReplyTo() && !program.dropsTag() || program.sendsInReplyTo()
                            || program.keptReferences() > 0;
                    replies.add(random.nextInt(5) == 0
                            ? program.reply(app.postal, question, "bob@elsewhere.example", "Yes")
                            : program.reply(app.postal, question, "Yes"));
                    expected.add(found ? id : null);
                }
            }
            for (int i = 0; i < replies.size(); i++) {
                assertThat(conversation(app.routed(replies.get(i)))).as("seed %d, reply %d", seed, i)
                        .isEqualTo(expected.get(i));
            }
        }
    }

    private static PostalRejectedException refusal(ConversationApp app, String uri, String conversation) {
        Exchange refused = app.send(uri, "text", PostalConstants.TO, "ann@customer.example", PostalConstants.CONVERSATION,
                conversation);
        assertThat(refused.getException()).isInstanceOf(PostalRejectedException.class);
        return (PostalRejectedException) refused.getException();
    }

    private static String conversation(Exchange exchange) {
        return exchange.getMessage().getHeader(PostalConstants.CONVERSATION_ID, String.class);
    }
}
