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

import java.util.List;
import java.util.Optional;

import javax.sql.DataSource;

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.payload.InboundMail;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The mails themselves, in SQL. Takes part in the transaction of the route, and makes none of its own. */
final class MailStore {

    private final JdbcClient database;

    MailStore(DataSource database) {
        this.database = JdbcClient.create(database);
    }

    /** Whether no transaction was committed for this mail yet. */
    boolean isNew(@Header(PostalConstants.DEDUP_KEY) String dedupKey) {
        return database.sql("select count(*) from mail where dedup_key = ?").param(dedupKey).query(Long.class).single() == 0;
    }

    /** @throws org.springframework.dao.DuplicateKeyException if another node has committed the same mail in this moment */
    void add(@Body InboundMail mail, @Header(PostalConstants.DEDUP_KEY) String dedupKey,
            @ExchangeProperty(InboxRoutes.INBOX) Inbox inbox) {
        database.sql("""
                insert into mail (dedup_key, reference, postal_id, inbox, rcpt_to, mail_from, from_field, subject, message_id,
                                  plain_body, html_body)
                values (:dedupKey, :reference, :postalId, :inbox, :rcptTo, :mailFrom, :from, :subject, :messageId, :plain, :html)
                """)
                .param("dedupKey", dedupKey)
                .param("reference", Reference.of(dedupKey))
                .param("postalId", mail.id())
                .param("inbox", inbox.text())
                .param("rcptTo", storable(mail.rcptTo()))
                .param("mailFrom", storable(mail.mailFrom()))
                .param("from", storable(mail.from()))
                .param("subject", storable(mail.subject()))
                .param("messageId", storable(mail.messageId()))
                .param("plain", storable(mail.plainBody()))
                .param("html", storable(mail.htmlBody()))
                .update();
    }

    void addAttachments(@Header(PostalConstants.DEDUP_KEY) String dedupKey,
            @ExchangeProperty(AttachmentFolder.SAVED) List<SavedAttachment> saved) {
        for (SavedAttachment attachment : saved) {
            database.sql("""
                    insert into attachment (dedup_key, number, filename, content_type, bytes, saved_as)
                    values (:dedupKey, :number, :filename, :contentType, :bytes, :savedAs)
                    """)
                    .param("dedupKey", dedupKey)
                    .param("number", attachment.number())
                    .param("filename", storable(attachment.filename()))
                    .param("contentType", storable(attachment.contentType()))
                    .param("bytes", attachment.bytes())
                    .param("savedAs", attachment.savedAs())
                    .update();
        }
    }

    /** Postal hands on NUL (protocol 4.4), which PostgreSQL takes in no text: a mail that has one would never get in. */
    static String storable(Optional<String> text) {
        return storable(text.orElse(null));
    }

    static String storable(String text) {
        return text == null ? null : text.replace('\0', '\uFFFD');
    }
}
