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
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.PostalMessage;
import io.github.camelpostal.internal.client.Refusal;
import io.github.camelpostal.internal.mime.compose.HeaderBlock;
import io.github.camelpostal.internal.mime.compose.Mailbox;
import io.github.camelpostal.internal.suppression.UnsubscribeLink;
import io.github.camelpostal.internal.suppression.UnsubscribeTokens;
import io.github.camelpostal.payload.HeaderField;
import org.apache.camel.Message;

/**
 * Gives mails the header fields by which their recipient leaves (RFC 8058), unless they have some of their own. A mail address
 * alone is none: nobody could tell from a mail to it who wants to leave what.
 */
final class UnsubscribeFields {

    private static final String FIELD = "List-Unsubscribe";
    private static final Pattern ADDRESS_ALONE = Pattern.compile("\\s*<(mailto:[^<>?,\\s]+)>\\s*");

    private final RecipientSettings settings;

    UnsubscribeFields(RecipientSettings settings) {
        this.settings = settings;
    }

    /** @param recipients all whom the mail is for, also those that the suppression list leaves out */
    PostalMessage mark(Message camel, PostalMessage message, Collection<String> recipients) {
        String page = settings.unsubscribeUrl();
        if (page == null || recipients.isEmpty()) {
            return message;
        }
        List<String> own = message.headers().stream().filter(field -> field.is(FIELD)).map(HeaderField::value).toList();
        if (!isToBeFilled(own)) {
            return message;
        }
        PostalMessage.Builder marked = message.toBuilder();
        fields(camel, page, recipients, own).forEach((name, value) -> marked.removeHeader(name).header(name, value));
        return marked.build();
    }

    /** The same for a complete message. */
    void mark(Message camel, HeaderBlock header, Collection<String> recipients) {
        List<String> own = header.values(FIELD);
        String page = settings.unsubscribeUrl();
        if (page != null && isToBeFilled(own)) {
            Map<String, String> fields = fields(camel, page, recipients, own);
            fields.keySet().forEach(header::remove);
            fields.forEach(header::addLiteral);
        }
    }

    private static boolean isToBeFilled(List<String> own) {
        return own.isEmpty() || own.size() == 1 && ADDRESS_ALONE.matcher(own.get(0)).matches();
    }

    private Map<String, String> fields(Message camel, String page, Collection<String> recipients, List<String> own) {
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
        Mailbox recipient = Mailbox.of(recipients.iterator().next());
        String token = tokens.seal(new UnsubscribeTokens.Target(recipient.address(),
                SuppressionCheck.stream(camel, settings)));
        String link = UnsubscribeLink.of(page, token);
        return own.isEmpty()
                ? UnsubscribeLink.fields(link)
                : UnsubscribeLink.fields(link, ADDRESS_ALONE.matcher(own.get(0)).replaceFirst("$1"), token);
    }
}
