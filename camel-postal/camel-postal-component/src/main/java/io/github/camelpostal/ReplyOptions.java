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

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

import io.github.camelpostal.internal.conversation.AutoReplyLimit;
import io.github.camelpostal.internal.conversation.ConversationIssuer;
import io.github.camelpostal.internal.conversation.ConversationKeys;
import io.github.camelpostal.internal.conversation.ConversationRefusedException;
import io.github.camelpostal.internal.send.ReplySettings;
import org.apache.camel.spi.IdempotentRepository;

/** Reads the options about conversations and automatic replies, and refuses what cannot work before anything starts. */
final class ReplyOptions {

    private ReplyOptions() {
    }

    /**
     * @param repository counts automatic replies
     * @throws IllegalArgumentException naming the option that is wrong
     */
    static ReplySettings forSending(PostalConfiguration options, IdempotentRepository repository) {
        ConversationIssuer issuer = keys(options).map(keys -> new ConversationIssuer(keys,
                Duration.ofMillis(options.getConversationExpiry()), Clock.systemUTC(), new SecureRandom())).orElse(null);
        String replyAddress = options.getReplyAddress();
        if (replyAddress != null) {
            requireUsable(replyAddress);
        }
        return new ReplySettings(issuer, replyAddress,
                new AutoReplyLimit(repository, options.getAutoReplyLimit(), Clock.systemUTC()));
    }

    /** The keys that replies are verified with; empty where there is no secret. */
    static Optional<ConversationKeys> keys(PostalConfiguration options) {
        String secret = options.getConversationSecret();
        return secret == null || secret.isBlank() ? Optional.empty() : Optional.of(ConversationKeys.parse(secret));
    }

    private static void requireUsable(String replyAddress) {
        try {
            ConversationIssuer.requireUsable(replyAddress);
        } catch (ConversationRefusedException e) {
            throw new IllegalArgumentException("The option replyAddress cannot be used: " + e.getMessage(), e);
        }
    }
}
