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
import java.util.Optional;
import java.util.function.BiPredicate;

import io.github.camelpostal.internal.conversation.ConversationKeys;
import io.github.camelpostal.internal.conversation.ConversationRecognizer;
import io.github.camelpostal.internal.conversation.UnsubscribeTokenCipher;
import io.github.camelpostal.internal.send.RecipientSettings;
import io.github.camelpostal.internal.suppression.UnsubscribeLink;
import io.github.camelpostal.internal.suppression.UnsubscribeTokens;

/** Reads the options about recipients, and refuses what cannot work before anything starts. */
final class RecipientOptions {

    private RecipientOptions() {
    }

    /** @throws IllegalArgumentException naming the option that is wrong */
    static RecipientSettings forSending(PostalConfiguration options) {
        String page = options.getUnsubscribeUrl();
        return new RecipientSettings(options.getSuppressionList(), options.getSuppression(), options.getStream(),
                page == null ? null : UnsubscribeLink.page(page),
                tokens(options).orElse(null));
    }

    /** Tokens with the keys of conversations, for a purpose of their own; empty where there is no secret. */
    static Optional<UnsubscribeTokens> tokens(PostalConfiguration options) {
        return ReplyOptions.keys(options).map(KeyedTokens::new);
    }

    /** Whether a Message-ID of a conversation proves that its mail went to an address; never where there is no secret. */
    static BiPredicate<String, String> sentOnlyTo(PostalConfiguration options) {
        return ReplyOptions.keys(options).map(keys -> new ConversationRecognizer(keys, Clock.systemUTC()))
                .<BiPredicate<String, String>>map(known -> known::isSentOnlyTo).orElse((id, address) -> false);
    }

    private static final class KeyedTokens implements UnsubscribeTokens {

        private final UnsubscribeTokenCipher tokens;

        KeyedTokens(ConversationKeys keys) {
            tokens = new UnsubscribeTokenCipher(keys, new SecureRandom());
        }

        @Override
        public String seal(Target target) {
            return tokens.issue(new UnsubscribeTokenCipher.Unsubscription(
                    target.address(), target.stream() == null ? "" : target.stream()));
        }

        @Override
        public Optional<Target> open(String token) {
            return tokens.read(token).map(left -> new Target(left.address(), left.stream().isEmpty() ? null : left.stream()));
        }
    }
}
