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

import java.util.List;

import io.github.camelpostal.BodyType;
import io.github.camelpostal.Transport;
import io.github.camelpostal.internal.client.Refusal;
import io.github.camelpostal.internal.client.SendingRules;
import io.github.camelpostal.internal.mime.compose.AddressList;
import io.github.camelpostal.internal.mime.compose.Mailbox;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint says about every mail it sends, where neither a header nor the body says it. Address options are parsed
 * once, when the endpoint starts.
 *
 * @param from      null when not set, as sender, subject and tag; lists are empty then
 * @param bodyType  what a text body is taken for
 * @param transport which of Postal's calls {@code send} may use
 * @param replies   about conversations and automatic replies
 */
public record SendSettings(@Nullable Mailbox from, List<Mailbox> to, List<Mailbox> cc, List<Mailbox> bcc,
        List<Mailbox> replyTo, @Nullable Mailbox sender, @Nullable String subject, @Nullable String tag, BodyType bodyType,
        Transport transport, ReplySettings replies, RecipientSettings recipients) {

    /** The same as options are written; address fields are RFC 5322 lists. */
    public record Options(@Nullable String from, @Nullable String to, @Nullable String cc, @Nullable String bcc,
            @Nullable String replyTo, @Nullable String sender, @Nullable String subject, @Nullable String tag,
            BodyType bodyType, Transport transport, ReplySettings replies, RecipientSettings recipients) {
    }

    /** @throws IllegalArgumentException naming the option that no mail could be sent with */
    public static SendSettings of(Options options) {
        if (options.tag() != null && options.tag().length() > SendingRules.LONGEST_SHORT_TEXT) {
            throw new IllegalArgumentException("The option tag is longer than " + SendingRules.LONGEST_SHORT_TEXT
                    + " characters; write, for example, tag=newsletter");
        }
        try {
            return new SendSettings(AddressList.parseOne("from", options.from()), AddressList.parse("to", options.to()),
                    AddressList.parse("cc", options.cc()), AddressList.parse("bcc", options.bcc()),
                    AddressList.parse("replyTo", options.replyTo()), AddressList.parseOne("sender", options.sender()),
                    options.subject(), options.tag(), options.bodyType(), options.transport(),
                    options.replies(), options.recipients());
        } catch (Refusal refusal) {
            throw new IllegalArgumentException("An address option cannot be used: " + refusal.getMessage()
                    + "; write, for example, from=sales@example.com", refusal);
        }
    }
}
