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
package io.github.camelpostal.sandbox.internal.webhook;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.camelpostal.sandbox.HttpEndpoint;
import io.github.camelpostal.sandbox.internal.format.PostalMail;
import io.github.camelpostal.sandbox.internal.format.ReplyParts;
import io.github.camelpostal.sandbox.internal.format.RubyBase64;
import io.github.camelpostal.sandbox.internal.format.TimeFormat;
import io.github.camelpostal.sandbox.internal.store.Message;
import org.jspecify.annotations.Nullable;

/** The fields of the form {@code Hash} (protocol 4.4): order, types and nulls as recorded. */
final class HashFields {
    private HashFields() {
    }

    static Map<String, Object> of(Message message, HttpEndpoint endpoint) {
        PostalMail mail = PostalMail.of(message.state().raw());
        Map<String, Object> hash = new LinkedHashMap<>();
        hash.put("id", message.id());
        hash.put("rcpt_to", message.arrival().rcptTo());
        hash.put("mail_from", message.arrival().mailFrom());
        hash.put("token", message.token());
        hash.put("subject", message.arrival().subject());
        hash.put("message_id", message.arrival().messageId());
        hash.put("timestamp", TimeFormat.seconds(message.timestamp()));
        hash.put("size", Long.toString(message.size()));
        hash.put("spam_status", message.spamStatus());
        hash.put("bounce", message.arrival().bounce());
        hash.put("received_with_ssl", message.arrival().receivedWithSsl() ? true : null);
        hash.put("to", mail.header("to"));
        hash.put("cc", mail.header("cc"));
        hash.put("from", mail.header("from"));
        hash.put("date", mail.header("date"));
        hash.put("in_reply_to", mail.header("in-reply-to"));
        hash.put("references", mail.header("references"));
        hash.put("html_body", mail.htmlBody());
        hash.put("attachment_quantity", mail.attachments().size());
        hash.put("auto_submitted", mail.header("auto-submitted"));
        hash.put("reply_to", mail.headers().get("reply-to"));
        putText(hash, mail.plainBody(), endpoint.stripReplies());
        if (endpoint.includeAttachments()) {
            putAttachments(hash, mail.attachments(), endpoint.encoding());
        }
        return hash;
    }

    private static void putText(Map<String, Object> hash, @Nullable String text, boolean stripReplies) {
        if (stripReplies) {
            ReplyParts replies = ReplyParts.separatedFrom(text);
            hash.put("plain_body", replies.written());
            hash.put("replies_from_plain_body", replies.quoted());
        } else {
            hash.put("plain_body", text);
        }
    }

    private static void putAttachments(Map<String, Object> hash, List<PostalMail.Attachment> attachments,
            HttpEndpoint.Encoding encoding) {
        switch (encoding) {
            case JSON -> hash.put("attachments", attachments.stream().map(HashFields::attachment).toList());
            case FORM -> putFlat(hash, attachments);
        }
    }

    private static Map<String, Object> attachment(PostalMail.Attachment attachment) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("filename", attachment.filename());
        one.put("content_type", attachment.contentType());
        one.put("size", attachment.data().length);
        one.put("data", RubyBase64.lines(attachment.data()));
        return one;
    }

    /** Keys of their own for each member, no key at all without attachments, and the type with its parameters. */
    private static void putFlat(Map<String, Object> hash, List<PostalMail.Attachment> attachments) {
        for (int i = 0; i < attachments.size(); i++) {
            Map<String, Object> one = attachment(attachments.get(i));
            one.put("content_type", attachments.get(i).fullContentType());
            String key = "attachments[" + i + "]";
            one.forEach((name, value) -> hash.put(key + "[" + name + "]", value));
        }
    }
}
