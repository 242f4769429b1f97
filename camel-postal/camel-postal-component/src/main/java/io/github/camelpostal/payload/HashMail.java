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

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A mail in Postal's format {@code Hash}: everything is a field already. */
final class HashMail extends InboundMail {

    // it becomes part of a deduplication key, which must be short
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,64}");

    private final long id;
    private final String token;
    private final String rcptTo;
    private final Optional<String> mailFrom;
    private final Instant timestamp;
    private final Optional<Long> size;
    private final Optional<String> spamStatus;
    private final boolean bounce;
    private final Optional<Boolean> receivedWithSsl;
    private final Head head;
    private final Text text;
    private final boolean repliesStripped;
    private final Optional<String> replies;
    private final int attachmentQuantity;
    private final Optional<List<InboundAttachment>> attachments;

    private HashMail(Fields fields, Optional<List<InboundAttachment>> attachments) throws PayloadException {
        this.id = fields.integer("id");
        this.token = fields.requiredText("token");
        this.rcptTo = fields.requiredText("rcpt_to");
        this.mailFrom = fields.text("mail_from").filter(address -> !address.isEmpty());
        this.timestamp = fields.instant("timestamp");
        this.size = fields.optionalInteger("size");
        this.spamStatus = fields.text("spam_status");
        this.bounce = fields.flag("bounce").orElse(false);
        this.receivedWithSsl = fields.flag("received_with_ssl");
        this.head = Head.read(fields);
        this.text = new Text(fields.text("plain_body"), fields.text("html_body"));
        this.repliesStripped = fields.has("replies_from_plain_body");
        this.replies = fields.text("replies_from_plain_body");
        this.attachments = attachments;
        this.attachmentQuantity = fields.count("attachment_quantity").orElseGet(() -> attachments().size());
        if (!TOKEN.matcher(token).matches()) {
            throw new PayloadException("'token' is not a token");
        }
    }

    static HashMail read(Posting posting) throws PayloadException {
        return new HashMail(posting.fields(), posting.attachments());
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public Optional<String> token() {
        return Optional.of(token);
    }

    @Override
    public String rcptTo() {
        return rcptTo;
    }

    @Override
    public Optional<String> mailFrom() {
        return mailFrom;
    }

    @Override
    public Optional<Instant> timestamp() {
        return Optional.of(timestamp);
    }

    @Override
    public Optional<Long> size() {
        return size;
    }

    @Override
    public Optional<String> spamStatus() {
        return spamStatus;
    }

    @Override
    public Optional<Boolean> bounce() {
        return Optional.of(bounce);
    }

    @Override
    public Optional<Boolean> receivedWithSsl() {
        return receivedWithSsl;
    }

    @Override
    public Optional<String> repliesFromPlainBody() {
        return replies;
    }

    @Override
    public int attachmentQuantity() {
        return attachmentQuantity;
    }

    @Override
    public List<InboundAttachment> attachments() {
        return attachments.orElse(List.of());
    }

    @Override
    public Optional<PostedBody> message() {
        return Optional.empty();
    }

    @Override
    public List<HeaderField> headers() {
        return List.of();
    }

    @Override
    Head head() {
        return head;
    }

    @Override
    Text text() {
        return text;
    }

    @Override
    public String dedupKey() {
        return "mail:" + id + ":" + token;
    }

    @Override
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id);
        map.put("rcpt_to", rcptTo);
        map.put("mail_from", mailFrom.orElse(null));
        map.put("token", token);
        map.put("subject", head.subject().orElse(null));
        map.put("message_id", head.messageId().orElse(null));
        map.put("timestamp", UnixTime.of(timestamp));
        map.put("size", size.orElse(null));
        map.put("spam_status", spamStatus.orElse(null));
        map.put("bounce", bounce);
        map.put("received_with_ssl", receivedWithSsl.orElse(null));
        map.put("to", head.to().orElse(null));
        map.put("cc", head.cc().orElse(null));
        map.put("from", head.from().orElse(null));
        map.put("date", head.date().orElse(null));
        map.put("in_reply_to", head.inReplyTo().orElse(null));
        map.put("references", head.references().orElse(null));
        map.put("html_body", text.html().orElse(null));
        map.put("attachment_quantity", attachmentQuantity);
        map.put("auto_submitted", head.autoSubmitted().orElse(null));
        map.put(Posting.REPLY_TO, head.replyTo().isEmpty() ? null : head.replyTo());
        map.put("plain_body", text.plain().orElse(null));
        if (repliesStripped) {
            map.put("replies_from_plain_body", replies.orElse(null));
        }
        attachments.ifPresent(list -> map.put(Posting.ATTACHMENTS, list.stream().map(InboundAttachment::toMap).toList()));
        return map;
    }
}
