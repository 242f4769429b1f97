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
package io.github.camelpostal.payload;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** A mail under the field names of the format in which Postal sent it (protocol 4.4). */
final class InboundMailMap {

    private InboundMailMap() {
    }

    static Map<String, Object> of(InboundMail mail, InboundMail.Envelope envelope, InboundMail.Contents contents) {
        Content message = mail.message();
        return message == null ? hash(mail, envelope, contents) : raw(envelope, message);
    }

    private static Map<String, Object> raw(InboundMail.Envelope envelope, Content message) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", envelope.id());
        map.put("rcpt_to", envelope.rcptTo());
        map.put("mail_from", envelope.mailFrom());
        map.put("message", InboundAttachment.bytesOf(message));
        map.put("base64", true);
        map.put("size", envelope.size());
        return map;
    }

    private static Map<String, Object> hash(InboundMail mail, InboundMail.Envelope envelope, InboundMail.Contents contents) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", envelope.id());
        map.put("rcpt_to", envelope.rcptTo());
        map.put("mail_from", envelope.mailFrom());
        map.put("token", envelope.token());
        map.put("subject", mail.subject());
        map.put("message_id", mail.messageId());
        map.put("timestamp", envelope.timestamp() == null ? null : UnixTime.of(envelope.timestamp()));
        map.put("size", envelope.size());
        map.put("spam_status", envelope.spamStatus());
        map.put("bounce", envelope.bounce());
        map.put("received_with_ssl", envelope.receivedWithSsl());
        map.put("to", mail.to());
        map.put("cc", mail.cc());
        map.put("from", mail.from());
        map.put("date", mail.date());
        map.put("in_reply_to", mail.inReplyTo());
        map.put("references", mail.references());
        map.put("html_body", contents.htmlBody());
        map.put("attachment_quantity", contents.attachmentQuantity());
        map.put("auto_submitted", mail.autoSubmitted());
        map.put("reply_to", contents.replyTo().isEmpty() ? null : contents.replyTo());
        map.put("plain_body", contents.plainBody());
        if (contents.strippedReplies() != null) {
            map.put("replies_from_plain_body", contents.strippedReplies().text());
        }
        @Nullable
        List<InboundAttachment> attachments = contents.attachments();
        if (attachments != null) {
            map.put("attachments", attachments.stream().map(InboundAttachment::toMap).toList());
        }
        return map;
    }
}
