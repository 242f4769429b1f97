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

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Random;

/**
 * Puts a conversation into a mail that is about to be sent: into the address that replies go to, and into the Message-ID
 * that replies and delivery events refer to.
 */
public final class ConversationIssuer {

    private final ConversationKeys keys;
    private final Duration expiry;
    private final Clock clock;
    private final Random random;

    /**
     * @param expiry how long a token is accepted, rounded up to the end of a day (UTC); more than zero
     * @param random a {@link java.security.SecureRandom} outside of tests
     */
    public ConversationIssuer(ConversationKeys keys, Duration expiry, Clock clock, Random random) {
        if (expiry.isZero() || expiry.isNegative()) {
            throw new IllegalArgumentException("conversationExpiry must be more than zero");
        }
        this.keys = keys;
        this.expiry = expiry;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Returns the address for Reply-To, without a display name.
     *
     * @param conversation the user's id
     * @param addressees   all recipients of the mail, bare or with a display name; at least one
     * @param route        the bare address of the route that receives the replies
     * @throws ConversationRefusedException if the id does not fit, with the limit in the text
     */
    public String replyAddress(String conversation, Collection<String> addressees, String route) {
        ReplyAddress address = ReplyAddress.parse(route);
        requireLength(conversation, address.limit(), "with this reply address");
        return address.with(token(KeyPurpose.REPLY_ADDRESS, conversation, addressees, address.binding()));
    }

    /**
     * Returns a new Message-ID, in angle brackets.
     *
     * @param domain the domain of the sender
     * @throws ConversationRefusedException if the id does not fit, with the limit in the text
     */
    public String messageId(String conversation, Collection<String> addressees, String domain) {
        requireLength(conversation, ConversationMessageId.limit(domain), "in a Message-ID of this domain");
        byte[] bytes = new byte[ConversationMessageId.RANDOM_BYTES];
        random.nextBytes(bytes);
        return ConversationMessageId.of(bytes, token(KeyPurpose.MESSAGE_ID, conversation, addressees, ""), domain);
    }

    /**
     * Checks an option before anything is sent.
     *
     * @throws ConversationRefusedException if the address cannot be one that replies go to, or is too long for any id
     */
    public static void requireUsable(String route) {
        requireLength("x", ReplyAddress.parse(route).limit(), "with this reply address");
    }

    private String token(KeyPurpose purpose, String conversation, Collection<String> addressees, String binding) {
        ExpiryDay day = ExpiryDay.of(clock.instant().plus(expiry));
        return ConversationToken.issue(keys.signing(), purpose, conversation, addressees, day, binding);
    }

    private static void requireLength(String conversation, int limit, String where) {
        if (limit < 1) {
            throw new ConversationRefusedException("No conversation fits " + where + ": its local part is too long", true);
        }
        int length = ConversationIdText.escape(conversation).length();
        if (length > limit) {
            throw new ConversationRefusedException(
                    "The id of the conversation has " + length + " characters once it is escaped, "
                            + where + " at most " + limit + " fit",
                    true);
        }
    }
}
