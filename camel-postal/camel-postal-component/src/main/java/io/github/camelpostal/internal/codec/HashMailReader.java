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
package io.github.camelpostal.internal.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.camelpostal.payload.HeaderField;
import io.github.camelpostal.payload.InboundAttachment;
import io.github.camelpostal.payload.InboundMail;
import io.github.camelpostal.payload.PayloadException;
import org.jspecify.annotations.Nullable;

/** Makes a mail of Postal's format {@code Hash}, in which everything is a field already (protocol 4.4). */
final class HashMailReader {

    // it becomes part of a deduplication key, which must be short
    private static final int LONGEST_TOKEN = 64;

    /** Postal's fields that are header fields of the mail, in Postal's order. */
    private static final List<Map.Entry<String, String>> HEADERS = List.of(Map.entry("subject", "Subject"),
            Map.entry("message_id", "Message-ID"), Map.entry("to", "To"), Map.entry("cc", "Cc"), Map.entry("from", "From"),
            Map.entry("date", "Date"), Map.entry("in_reply_to", "In-Reply-To"), Map.entry("references", "References"),
            Map.entry("auto_submitted", "Auto-Submitted"));

    private HashMailReader() {
    }

    static InboundMail read(ParsedPayload parsed) throws PayloadException {
        Fields fields = parsed.fields();
        InboundMail.Envelope envelope = new InboundMail.Envelope(fields.integer("id"), token(fields),
                fields.requiredText("rcpt_to"), sender(fields), fields.instant("timestamp"), fields.optionalInteger("size"),
                fields.text("spam_status"), Boolean.TRUE.equals(fields.flag("bounce")), fields.flag("received_with_ssl"));
        return new InboundMail(envelope, contents(fields, parsed.attachments()));
    }

    /** The envelope sender, which Postal writes as null or leaves empty for the null sender. */
    static @Nullable String sender(Fields fields) throws PayloadException {
        String sender = fields.text("mail_from");
        return sender == null || sender.isEmpty() ? null : sender;
    }

    private static String token(Fields fields) throws PayloadException {
        String token = fields.requiredText("token");
        if (token.length() > LONGEST_TOKEN || !token.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new PayloadException("'token' is not a token");
        }
        return token;
    }

    private static InboundMail.Contents contents(Fields fields, @Nullable AttachmentFields found) throws PayloadException {
        List<String> replyTo = fields.texts(ParsedPayload.REPLY_TO);
        List<InboundAttachment> attachments = found == null ? null : found.complete();
        Integer quantity = fields.count("attachment_quantity");
        int known = attachments == null ? 0 : attachments.size();
        return new InboundMail.Contents(headers(fields, replyTo), replyTo, fields.text("plain_body"),
                fields.text("html_body"), strippedReplies(fields), quantity == null ? known : quantity, attachments, false,
                found != null && found.truncated());
    }

    private static InboundMail.@Nullable StrippedReplies strippedReplies(Fields fields) throws PayloadException {
        String name = "replies_from_plain_body";
        return fields.has(name) ? new InboundMail.StrippedReplies(fields.text(name)) : null;
    }

    private static List<HeaderField> headers(Fields fields, List<String> replyTo) throws PayloadException {
        List<HeaderField> headers = new ArrayList<>();
        for (Map.Entry<String, String> header : HEADERS) {
            String value = fields.text(header.getKey());
            if (value != null) {
                boolean bare = header.getKey().equals("message_id") && !value.startsWith("<");
                headers.add(new HeaderField(header.getValue(), bare ? "<" + value + ">" : value));
            }
        }
        if (!replyTo.isEmpty()) {
            headers.add(new HeaderField("Reply-To", String.join(", ", replyTo)));
        }
        return List.copyOf(headers);
    }
}
