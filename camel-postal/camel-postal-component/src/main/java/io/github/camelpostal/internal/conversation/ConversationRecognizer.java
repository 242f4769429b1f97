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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.camelpostal.internal.conversation.Recognition.TokenSource;
import org.jspecify.annotations.Nullable;

/**
 * Finds the conversation of an inbound mail or of an event. The envelope recipient decides first: it is where the mail
 * program was told to reply to, while Message-IDs remain in a thread that has moved on. Then In-Reply-To, then References
 * from the end. The first valid token wins.
 */
public final class ConversationRecognizer {

    private final ConversationKeys keys;
    private final Clock clock;

    public ConversationRecognizer(ConversationKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** Looks for the conversation that an inbound mail replies to. */
    public Recognition recognize(ReplyClues clues) {
        List<TokenFault> faults = new ArrayList<>();
        Optional<Recognition> byRecipient = ReplyAddress.split(clues.recipient())
                .flatMap(tag -> check(KeyPurpose.REPLY_ADDRESS, tag.token(), tag.binding(), faults))
                .map(token -> recognized(token, TokenSource.RECIPIENT, clues.from(), faults));
        if (byRecipient.isPresent()) {
            return byRecipient.get();
        }
        Map<String, TokenSource> candidates = new LinkedHashMap<>();
        collect(clues.inReplyTo(), TokenSource.IN_REPLY_TO, candidates);
        collect(clues.references(), TokenSource.REFERENCES, candidates);
        for (Map.Entry<String, TokenSource> candidate : candidates.entrySet()) {
            Optional<ConversationToken> token = check(KeyPurpose.MESSAGE_ID, candidate.getKey(), "", faults);
            if (token.isPresent()) {
                return recognized(token.get(), candidate.getValue(), clues.from(), faults);
            }
        }
        return new Recognition.NoMatch(List.copyOf(faults));
    }

    /**
     * Looks for the conversation of a message that we sent, as a delivery event names it.
     *
     * @param messageId with or without angle brackets
     * @param recipient whom the event is about
     */
    public Recognition recognizeSent(@Nullable String messageId, @Nullable String recipient) {
        List<TokenFault> faults = new ArrayList<>();
        return Optional.ofNullable(messageId).flatMap(ConversationMessageId::token)
                .flatMap(text -> check(KeyPurpose.MESSAGE_ID, text, "", faults))
                .map(token -> recognized(token, TokenSource.MESSAGE_ID, recipient, faults))
                .orElseGet(() -> new Recognition.NoMatch(List.copyOf(faults)));
    }

    /** Whether a Message-ID is ours, and proves that its mail was sent to this address and to nobody else. */
    public boolean isSentOnlyTo(String messageId, String address) {
        return ConversationMessageId.token(messageId)
                .flatMap(text -> check(KeyPurpose.MESSAGE_ID, text, "", new ArrayList<>()))
                .filter(token -> token.isSentOnlyTo(address)).isPresent();
    }

    /** The same Message-ID stands in both fields as a rule; each token is verified, and counted if faulty, once. */
    private static void collect(@Nullable String field, TokenSource source, Map<String, TokenSource> candidates) {
        for (String messageId : ConversationMessageId.lastFirst(field)) {
            ConversationMessageId.token(messageId).ifPresent(token -> candidates.putIfAbsent(token, source));
        }
    }

    private Optional<ConversationToken> check(KeyPurpose purpose, String token, String binding, List<TokenFault> faults) {
        TokenCheck check = ConversationToken.verify(keys, purpose, token, binding, ExpiryDay.today(clock.instant()));
        if (check instanceof TokenCheck.Valid valid) {
            return Optional.of(valid.token());
        }
        faults.add(((TokenCheck.Faulty) check).fault());
        return Optional.empty();
    }

    private static Recognition recognized(ConversationToken token, TokenSource source, @Nullable String from,
            List<TokenFault> faults) {
        return new Recognition.Match(token, source, token.sender(from), List.copyOf(faults));
    }
}
