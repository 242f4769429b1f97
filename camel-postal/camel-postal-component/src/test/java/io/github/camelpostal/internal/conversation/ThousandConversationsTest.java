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

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import io.github.camelpostal.conversation.ConversationSender;
import io.github.camelpostal.internal.conversation.Recognition.Match;
import io.github.camelpostal.internal.conversation.Recognition.NoMatch;
import io.github.camelpostal.internal.conversation.Recognition.TokenSource;
import io.github.camelpostal.internal.conversation.SimulatedMailProgram.ReceivedMail;
import org.junit.jupiter.api.Test;

/** Conversations and mail programs at random; a failure names the seed with which it happens again. */
class ThousandConversationsTest {

    private static final int CONVERSATIONS = 1_000;

    private static final List<String> ROUTES = List.of("reply@example.com", "support@example.com", "support+eu@example.com",
            "r@example.org");

    private static final String ID_CHARACTERS = "abcxyz0189._-ABCXYZ/ ü";

    private final long seed = Long.getLong("postal.conversation.seed", 20261129);
    private final Random random = new Random(seed);
    private final ConversationIssuer issuer = new ConversationIssuer(Secrets.keys(), Duration.ofDays(30), Secrets.CLOCK,
            random);
    private final ConversationRecognizer recognizer = new ConversationRecognizer(Secrets.keys(), Secrets.CLOCK);

    private record Conversation(String id, String route, List<String> recipients, ReceivedMail mail) {
    }

    @Test
    void bringsEachReplyToItsConversationOrToNone() {
        int recognized = 0;
        int expected = 0;
        for (Conversation conversation : conversations()) {
            // answered up to three times, by different programs and recipients
            for (int i = 0; i <= random.nextInt(3); i++) {
                SimulatedMailProgram program = SimulatedMailProgram.any(random);
                Recognition recognition = recognizer.recognize(program.reply(received(conversation)));
                if (recognition instanceof Match known) {
                    recognized++;
                    assertThat(known.conversation()).as("seed %d, %s", seed, program).isEqualTo(conversation.id());
                    assertThat(known.sender()).as("seed %d, %s", seed, program).isIn(
                            program.forwards() ? Set.of(ConversationSender.values()) : Set.of(ConversationSender.EXPECTED));
                }
                expected += assertAsExpected(program, recognition) ? 1 : 0;
            }
        }
        assertThat(recognized).as("seed %d", seed).isEqualTo(expected).isGreaterThan(CONVERSATIONS / 2);
    }

    @Test
    void letsTheAddressDecideWhenTheMessageIdSaysOtherwise() {
        List<Conversation> conversations = conversations();
        for (int i = 1; i < conversations.size(); i++) {
            Conversation one = conversations.get(i - 1);
            Conversation other = conversations.get(i);

            Recognition recognition = recognizer.recognize(new ReplyClues(one.mail().replyTo(), other.mail().messageId(),
                    other.mail().messageId(), null));

            assertThat(((Match) recognition).conversation()).as("seed %d", seed).isEqualTo(one.id());
        }
    }

    /** Returns whether the program brings back enough to recognize the reply, after checking that it was. */
    private boolean assertAsExpected(SimulatedMailProgram program, Recognition recognition) {
        boolean byAddress = program.honoursReplyTo() && !program.dropsTag();
        boolean byMessageId = program.sendsInReplyTo() || program.keepsReferences() > 0;
        TokenSource source = byAddress
                ? TokenSource.RECIPIENT
                : program.sendsInReplyTo() ? TokenSource.IN_REPLY_TO : TokenSource.REFERENCES;
        assertThat(recognition.faults()).as("seed %d, %s", seed, program).isEmpty();
        if (byAddress || byMessageId) {
            assertThat(((Match) recognition).source()).as("seed %d, %s", seed, program).isEqualTo(source);
            return true;
        }
        assertThat(recognition).as("seed %d, %s", seed, program).isInstanceOf(NoMatch.class);
        return false;
    }

    private List<Conversation> conversations() {
        Set<String> ids = new HashSet<>();
        List<Conversation> conversations = new ArrayList<>();
        while (conversations.size() < CONVERSATIONS) {
            String route = ROUTES.get(random.nextInt(ROUTES.size()));
            String id = randomId();
            if (ConversationIdText.escape(id).length() > ReplyAddress.parse(route).limit() || !ids.add(id)) {
                continue;
            }
            List<String> recipients = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(3); i++) {
                recipients.add("person" + random.nextInt(10_000) + "@example.net");
            }
            ReceivedMail mail = new ReceivedMail(issuer.replyAddress(id, recipients, route), "sender@example.com",
                    issuer.messageId(id, recipients, "example.com"), foreignReferences(), recipients.get(0));
            conversations.add(new Conversation(id, route, recipients, mail));
        }
        return conversations;
    }

    private ReceivedMail received(Conversation conversation) {
        ReceivedMail mail = conversation.mail();
        String reader = conversation.recipients().get(random.nextInt(conversation.recipients().size()));
        return new ReceivedMail(mail.replyTo(), mail.from(), mail.messageId(), mail.references(), reader);
    }

    /** The thread that the mail stood in: longer than what programs keep. */
    private List<String> foreignReferences() {
        List<String> references = new ArrayList<>();
        for (int i = 0; i < random.nextInt(20); i++) {
            references.add("<" + Long.toString(random.nextLong(), 36) + ".abc@mail.example>");
        }
        return references;
    }

    private String randomId() {
        StringBuilder id = new StringBuilder();
        int length = 1 + random.nextInt(20);
        for (int i = 0; i < length; i++) {
            id.append(ID_CHARACTERS.charAt(random.nextInt(ID_CHARACTERS.length())));
        }
        return id.toString();
    }
}
