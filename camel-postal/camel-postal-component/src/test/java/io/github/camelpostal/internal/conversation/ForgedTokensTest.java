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
import static org.assertj.core.api.Assertions.fail;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;

import io.github.camelpostal.internal.conversation.Recognition.NoMatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Looks for a forged token that passes: 200,000 in each build, a million in the profile {@code soak-short}, ten
 * million in {@code soak}.
 */
class ForgedTokensTest {

    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

    private static final List<String> BOB = List.of("bob@example.net");

    private static final String ROUTE = "support@example.com";

    private final long seed = Long.getLong("postal.conversation.seed", 20261129);
    private final Random random = new Random(seed);
    private final ConversationIssuer issuer = issuer(Secrets.OLD, Duration.ofDays(30));
    private final ConversationIssuer otherKey = issuer(Secrets.OLD.replace("first", "other"), Duration.ofDays(30));
    private final ConversationRecognizer recognizer = new ConversationRecognizer(Secrets.keys(), Secrets.CLOCK);
    private final ConversationRecognizer later = new ConversationRecognizer(Secrets.keys(),
            Clock.offset(Secrets.CLOCK, Duration.ofDays(32)));

    @Test
    void acceptsNoneOfManyForgeries() {
        acceptsNoneOf(200_000);
    }

    @Test
    @Tag("soak")
    void acceptsNoneOfMillionsOfForgeries() {
        acceptsNoneOf(Integer.getInteger("postal.forge.tokens", 1_000_000));
    }

    private void acceptsNoneOf(int count) {
        String valid = token(issuer.replyAddress("order-4711", BOB, ROUTE));
        String foreign = token(issuer.replyAddress("order-4711", BOB, "sales@example.com"));
        String ofOtherKey = token(otherKey.replyAddress("order-4711", BOB, ROUTE));
        for (int i = 0; i < count; i++) {
            String forged = switch (i % 5) {
                case 0 -> 'a' + guess(3 + 4) + "order-4711" + guess(16);
                case 1 -> changed(valid);
                case 2 -> valid.substring(0, valid.length() - 16) + guess(16);
                case 3 -> changed(foreign);
                default -> changed(ofOtherKey);
            };
            if (!forged.equals(valid)) {
                assertRefused(recognizer, forged);
            }
        }
    }

    @Test
    void acceptsNoTokenOfAnotherRouteKeyOrTime() {
        for (int i = 0; i < 2_000; i++) {
            String id = "order-" + random.nextInt();
            assertRefused(recognizer, token(issuer.replyAddress(id, BOB, "sales@example.com")));
            assertRefused(recognizer, token(otherKey.replyAddress(id, BOB, ROUTE)));
            assertRefused(later, token(issuer.replyAddress(id, BOB, ROUTE)));
            String messageId = issuer.messageId(id, BOB, "example.com");
            String ofMessageId = messageId.substring(messageId.indexOf('.') + 1, messageId.indexOf('@'));
            assertRefused(recognizer, ofMessageId, new ReplyClues("support+" + ofMessageId + "@example.com", null, null, null));
        }
    }

    @Test
    void aMessageIdProvesItsOneRecipientAndNobodyElse() {
        String ours = issuer.messageId("order-4711", BOB, "example.com");
        String toTwo = issuer.messageId("order-4711", List.of("bob@example.net", "eve@example.net"), "example.com");
        assertThat(recognizer.isSentOnlyTo(ours, "bob@example.net")).isTrue();
        assertThat(recognizer.isSentOnlyTo(ours, "eve@example.net")).isFalse();
        assertThat(recognizer.isSentOnlyTo(toTwo, "bob@example.net")).isFalse();
        assertThat(recognizer.isSentOnlyTo(otherKey.messageId("order-4711", BOB, "example.com"), "bob@example.net")).isFalse();
        assertThat(later.isSentOnlyTo(ours, "bob@example.net")).isFalse();
        assertThat(recognizer.isSentOnlyTo("<4711@example.com>", "bob@example.net")).isFalse();
    }

    /** Whatever is changed in a token, there is one character at least that makes it another text. */
    private String changed(String token) {
        StringBuilder text = new StringBuilder(token);
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(text.length());
            char old = text.charAt(at);
            char other;
            do {
                other = BASE32.charAt(random.nextInt(BASE32.length()));
            } while (other == old);
            text.setCharAt(at, other);
        }
        return text.toString();
    }

    private String guess(int digits) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < digits; i++) {
            text.append(BASE32.charAt(random.nextInt(BASE32.length())));
        }
        return text.toString();
    }

    private void assertRefused(ConversationRecognizer by, String token) {
        assertRefused(by, token, new ReplyClues("support+" + token + "@example.com", null, null, null));
        assertRefused(by, token, new ReplyClues(null, "<abcdefghijklmnop." + token + "@example.com>", null, null));
    }

    private void assertRefused(ConversationRecognizer by, String token, ReplyClues clues) {
        // compared by hand: ten million assertions would take longer than the forgeries
        if (!(by.recognize(clues) instanceof NoMatch)) {
            fail("seed %d: the forged token %s passed", seed, token);
        }
    }

    private static String token(String address) {
        return address.substring(address.lastIndexOf('+') + 1, address.indexOf('@'));
    }

    private static ConversationIssuer issuer(String keys, Duration expiry) {
        return new ConversationIssuer(ConversationKeys.parse(keys), expiry, Secrets.CLOCK, new Random(4711));
    }
}
