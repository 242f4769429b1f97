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
package io.github.camelpostal.examples.inboxtoworkflow;

import java.util.Optional;

import javax.sql.DataSource;

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.payload.InboundMail;
import io.github.camelpostal.payload.MailReply;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Replies in: into the outbox, or a note why there is none. Takes part in the transaction of the mail, so that a mail that is in
 * the database has its reply in the outbox, and never two.
 */
final class ReplyQueue {

    /** Exchange property: what to reply; absent when nothing is to be replied to. */
    static final String TEXT = "replyText";
    /** Exchange property: the address that replies. */
    static final String FROM = "replyFrom";
    /** Exchange property: what a reply to the reply belongs to; absent when to nothing. */
    static final String CONVERSATION = "replyConversation";

    private final JdbcClient database;
    private final ReplyRules rules;
    private final Addresses ours;

    ReplyQueue(DataSource database, Addresses ours) {
        this.database = JdbcClient.create(database);
        this.rules = new ReplyRules(ours);
        this.ours = ours;
    }

    void add(@Body InboundMail mail, @Header(PostalConstants.DEDUP_KEY) String dedupKey,
            @Header(PostalConstants.AUTOMATIC) String automatic, @Header(PostalConstants.REPLY_ALLOWED) boolean allowed,
            @ExchangeProperty(TEXT) String text, @ExchangeProperty(FROM) String from,
            @ExchangeProperty(CONVERSATION) String conversation) {
        Optional<String> noReply = text == null
                ? Optional.of(ReplyRules.UNASSIGNED)
                : rules.noReply(mail, automatic, allowed);
        if (noReply.isPresent()) {
            database.sql("insert into reply (dedup_key, state, reason) values (?, 'none', ?)")
                    .params(dedupKey, noReply.get()).update();
        } else {
            queue(mail, dedupKey, text, from, conversation);
        }
    }

    private void queue(InboundMail mail, String dedupKey, String text, String from, String conversation) {
        MailReply reply = mail.reply();
        database.sql("""
                insert into reply (dedup_key, state, recipient, sender, conversation, subject, body, message_id, in_reply_to,
                                   refs)
                values (:dedupKey, 'queued', :recipient, :sender, :conversation, :subject, :body, :messageId, :inReplyTo,
                        :refs)
                """)
                .param("dedupKey", dedupKey)
                .param("recipient", reply.to().get(0))
                .param("sender", from)
                .param("conversation", conversation)
                .param("subject", reply.subject())
                .param("body", text)
                // the same if it has to be sent again: mail programs show a Message-ID once. In a conversation the component
                // makes it, with a token: so a reply finds its ticket where a gateway has dropped the tag of the address
                .param("messageId", conversation == null ? "reply-" + Reference.of(dedupKey) + "@" + ours.domain() : null)
                .param("inReplyTo", reply.headers().get("In-Reply-To"))
                .param("refs", reply.headers().get("References"))
                .update();
    }
}
