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

import java.util.List;

import io.github.camelpostal.conversation.ConversationSender;

/** Whether a mail or an event belongs to a conversation. */
public sealed interface Recognition {

    /** The faults of tokens that were met on the way, for the counters. */
    List<TokenFault> faults();

    /**
     * It belongs to one.
     *
     * @param token  the verified token
     * @param source where the token stood
     * @param sender whether the mail comes from one of those that we wrote to
     */
    record Match(ConversationToken token, TokenSource source, ConversationSender sender,
            List<TokenFault> faults) implements Recognition {

        /** Returns the id that the mail was sent with. */
        public String conversation() {
            return token.conversation();
        }
    }

    /** It belongs to none: ordinary mail. */
    record NoMatch(List<TokenFault> faults) implements Recognition {
    }

    /** Where a token stood. */
    enum TokenSource {
        RECIPIENT, IN_REPLY_TO, REFERENCES, MESSAGE_ID
    }
}
