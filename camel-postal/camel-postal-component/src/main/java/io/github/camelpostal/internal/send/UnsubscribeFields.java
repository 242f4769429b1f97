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
import java.util.HashSet;
import java.util.Map;

import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.PostalMessage;
import io.github.camelpostal.internal.client.Refusal;
import io.github.camelpostal.internal.mime.compose.AddressList;
import io.github.camelpostal.internal.mime.compose.HeaderBlock;
import io.github.camelpostal.internal.mime.compose.Mailbox;
import io.github.camelpostal.internal.suppression.UnsubscribeLink;
import io.github.camelpostal.internal.suppression.UnsubscribeTokens;
import org.apache.camel.Message;

/** Gives mails the header fields by which their recipient leaves (RFC 8058), unless they have some of their own. */
final class UnsubscribeFields {

    private static final String FIELD = "List-Unsubscribe";

    private final RecipientSettings settings;

    UnsubscribeFields(RecipientSettings settings) {
        this.settings = settings;
    }

    /** @param recipients all whom the mail is for, also those that the suppression list leaves out */
    PostalMessage mark(Message camel, PostalMessage message, Collection<String> recipients) {
        if (settings.unsubscribeUrl() == null || recipients.isEmpty()
                || message.headers().stream().anyMatch(field -> field.is(FIELD))) {
            return message;
        }
        PostalMessage.Builder marked = message.toBuilder();
        fields(camel, recipients).forEach(marked::header);
        return marked.build();
    }

    /** The same for a complete message. */
    void mark(Message camel, HeaderBlock header, Collection<String> recipients) {
        if (settings.unsubscribeUrl() != null && !header.has(FIELD)) {
            Map<String, String> fields = fields(camel, recipients);
            fields.keySet().forEach(header::remove);
            fields.forEach(header::addLiteral);
        }
    }

    private Map<String, String> fields(Message camel, Collection<String> recipients) {
        UnsubscribeTokens tokens = settings.tokens();
        if (tokens == null) {
            throw new Refusal(PostalErrorCode.INVALID_VALUE,
                    "unsubscribeUrl is set, but conversationSecret, whose keys sign the"
                            + " links, is not; set it to id:secret, for example a: and what 'openssl rand -hex 32' prints");
        }
        if (new HashSet<>(recipients).size() > 1) {
            // whoever opened the link would take the others off the list, too
            throw new Refusal(PostalErrorCode.INVALID_VALUE,
                    "a mail with a link to leave goes to one recipient, because the link"
                            + " is his; send one mail to each, for example with a splitter, or remove unsubscribeUrl");
        }
        Mailbox recipient = AddressList.parseOne("to", recipients.iterator().next());
        String token = tokens.seal(new UnsubscribeTokens.Target(recipient.address(),
                SuppressionCheck.stream(camel, settings)));
        return UnsubscribeLink.fields(UnsubscribeLink.of(settings.unsubscribeUrl(), token));
    }
}
