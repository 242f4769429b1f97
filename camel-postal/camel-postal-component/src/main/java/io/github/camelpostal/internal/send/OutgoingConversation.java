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
package io.github.camelpostal.internal.send;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.Transport;
import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.PostalMessage;
import io.github.camelpostal.internal.client.Refusal;
import io.github.camelpostal.internal.conversation.ConversationIssuer;
import io.github.camelpostal.internal.conversation.ConversationRefusedException;
import io.github.camelpostal.internal.mime.compose.HeaderBlock;
import io.github.camelpostal.internal.mime.compose.Mailbox;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * Makes a mail part of the conversation that {@code CamelPostalConversation} names: an address of its own for replies, and a
 * Message-ID by which the rest is recognised. A mail that has a Message-ID keeps it, and so has the address alone.
 *
 * <p>
 * It never looks at {@code CamelPostalConversationId}: a mail that is forwarded to a third party must not give him a token.
 */
final class OutgoingConversation {

    private final String id;
    private final ConversationIssuer issuer;
    private final @Nullable String replyAddress;

    private OutgoingConversation(String id, ConversationIssuer issuer, @Nullable String replyAddress) {
        this.id = id;
        this.issuer = issuer;
        this.replyAddress = replyAddress;
    }

    /** @return empty where the exchange names no conversation */
    static Optional<OutgoingConversation> of(Message camel, ReplySettings settings) {
        String id = ExchangeText.header(camel, PostalConstants.CONVERSATION);
        if (id == null) {
            return Optional.empty();
        }
        if (id.isBlank()) {
            throw new Refusal(PostalErrorCode.INVALID_VALUE,
                    PostalConstants.CONVERSATION + " is blank; set it to an id, or leave it out");
        }
        ConversationIssuer issuer = settings.conversations();
        if (issuer == null) {
            throw new Refusal(PostalErrorCode.INVALID_VALUE, PostalConstants.CONVERSATION + " is set, but the option"
                    + " conversationSecret is not; set it to id:secret, for example a: and what 'openssl rand -hex 32' prints");
        }
        String header = ExchangeText.line(camel, PostalConstants.REPLY_ADDRESS);
        String replyAddress = header == null ? settings.replyAddress() : header.strip();
        return Optional.of(new OutgoingConversation(id, issuer, replyAddress));
    }

    /** The message as it has to be sent by that transport. */
    PostalMessage mark(PostalMessage message, Transport transport) {
        List<String> recipients = recipients(message);
        PostalMessage.Builder marked = message.toBuilder();
        boolean canHaveMessageId = transport != Transport.MESSAGE
                && message.headers().stream().noneMatch(field -> field.is("Message-ID"));
        String from = canHaveMessageId ? message.from() : null; // whose domain is that of the Message-ID
        requireOneOf(from != null);
        if (recipients.isEmpty()) {
            return message; // which the rules for sending refuse
        }
        if (replyAddress != null) {
            marked.replyTo(List.of(issuedAddress(replyAddress, recipients)));
        }
        if (from != null) {
            marked.header("Message-ID", messageId(recipients, Mailbox.of(from)));
        }
        return marked.build();
    }

    /** Changes the header of a complete message. */
    void mark(HeaderBlock header, Collection<String> recipients, Mailbox from) {
        boolean canHaveMessageId = header.rawValues("Message-ID").stream().allMatch(String::isEmpty);
        requireOneOf(canHaveMessageId);
        if (replyAddress != null) {
            header.remove("Reply-To");
            header.addLiteral("Reply-To", issuedAddress(replyAddress, recipients));
        }
        if (canHaveMessageId) {
            header.remove("Message-ID");
            header.addLiteral("Message-ID", messageId(recipients, from));
        }
    }

    /** A conversation that nothing of the mail shows would be lost without a word. */
    private void requireOneOf(boolean canHaveMessageId) {
        if (replyAddress == null && !canHaveMessageId) {
            throw new Refusal(PostalErrorCode.INVALID_VALUE,
                    PostalConstants.CONVERSATION + " needs the option replyAddress, or the"
                            + " header " + PostalConstants.REPLY_ADDRESS
                            + ", for a mail that cannot have a Message-ID of ours");
        }
    }

    private String issuedAddress(String base, Collection<String> recipients) {
        return issued(() -> issuer.replyAddress(id, recipients, base));
    }

    private String messageId(Collection<String> recipients, Mailbox from) {
        String domain = from.address().substring(from.address().lastIndexOf('@') + 1);
        return issued(() -> issuer.messageId(id, recipients, domain));
    }

    private static String issued(Supplier<String> token) {
        try {
            return token.get();
        } catch (ConversationRefusedException e) {
            throw new Refusal(e.isTooLong() ? PostalErrorCode.TOO_LONG : PostalErrorCode.INVALID_VALUE,
                    Objects.requireNonNullElse(e.getMessage(), "the conversation is refused"), e);
        }
    }

    private static List<String> recipients(PostalMessage message) {
        return AutoReplies.recipients(message);
    }
}
