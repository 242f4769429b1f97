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
package io.github.camelpostal.sandbox.outbound;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.camelpostal.sandbox.format.PostalJson;
import io.github.camelpostal.sandbox.format.ReadMail;
import io.github.camelpostal.sandbox.format.RubyBase64;
import io.github.camelpostal.sandbox.format.Times;
import io.github.camelpostal.sandbox.store.Message;

/** Inbound mail in the form {@code Hash}, encoded {@code BodyAsJSON} (contract 4.4): members, order, types and nulls as recorded. */
public final class HashBody {
    private HashBody() {
    }

    public static byte[] of(Message message) {
        ReadMail mail = ReadMail.of(message.state().raw());
        Map<String, Object> hash = new LinkedHashMap<>();
        hash.put("id", message.id());
        hash.put("rcpt_to", message.arrival().rcptTo());
        hash.put("mail_from", message.arrival().mailFrom());
        hash.put("token", message.token());
        hash.put("subject", message.arrival().subject());
        hash.put("message_id", message.arrival().messageId());
        hash.put("timestamp", Times.seconds(message.timestamp()));
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
        hash.put("plain_body", mail.plainBody());
        hash.put("attachments", attachments(mail));
        return PostalJson.write(hash);
    }

    private static List<Map<String, Object>> attachments(ReadMail mail) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (ReadMail.Attachment attachment : mail.attachments()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("filename", attachment.filename());
            one.put("content_type", attachment.contentType());
            one.put("size", attachment.data().length);
            one.put("data", RubyBase64.lines(attachment.data()));
            list.add(one);
        }
        return list;
    }
}
