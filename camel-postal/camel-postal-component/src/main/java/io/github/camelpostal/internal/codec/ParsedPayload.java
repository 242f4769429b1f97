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

import java.util.Set;

import io.github.camelpostal.payload.Content;
import io.github.camelpostal.payload.PayloadException;
import org.jspecify.annotations.Nullable;

/**
 * What a request body holds, read but not yet understood; the same for all wire forms.
 *
 * @param fields      everything that is not bytes
 * @param attachments null where the body has no such field, which is not the same as a list of none
 * @param message     the field {@code message} of the format {@code RawMessage}
 */
record ParsedPayload(Fields fields, @Nullable AttachmentFields attachments, @Nullable Content message) {

    static final String MESSAGE = "message";
    static final String ATTACHMENTS = "attachments";
    static final String PAYLOAD = "payload";
    static final String REPLY_TO = "reply_to";

    private static final Set<String> EVENT_ONLY = Set.of("event", PAYLOAD, "uuid");
    private static final Set<String> MAIL_ONLY = Set.of("id", "rcpt_to", "mail_from", "size");
    private static final Set<String> RAW_ONLY = Set.of("base64");
    private static final Set<String> HASH_ONLY = Set.of("token", "plain_body", "html_body", "bounce", "spam_status");
    private static final Set<String> OTHERS = Set.of("timestamp", "subject", "message_id", "received_with_ssl", "to", "cc",
            "from", "date", "in_reply_to", "references", "auto_submitted", REPLY_TO, "replies_from_plain_body",
            "attachment_quantity");

    /** Whether a top-level field means something to us; the others are skipped. */
    static boolean isKnown(String field) {
        return OTHERS.contains(field) || HASH_ONLY.contains(field) || MAIL_ONLY.contains(field)
                || EVENT_ONLY.contains(field) || RAW_ONLY.contains(field);
    }

    /**
     * What the shape says that it is. A body that looks a little like both is neither: one key of Postal's signs events and
     * mail of all tenants, so that one must never pass for the other (protocol 6.4).
     */
    Shape shape() throws PayloadException {
        boolean event = fields.hasAny(EVENT_ONLY);
        boolean mail = fields.hasAny(MAIL_ONLY);
        boolean raw = message != null || fields.hasAny(RAW_ONLY);
        boolean hash = fields.hasAny(HASH_ONLY) || attachments != null;
        if (event && !mail && !raw && !hash) {
            return Shape.EVENT;
        }
        if (mail && raw && !hash && !event) {
            return Shape.RAW_MAIL;
        }
        if (mail && hash && !raw && !event) {
            return Shape.HASH_MAIL;
        }
        throw new PayloadException("it has the shape neither of an event nor of a mail");
    }

    /** What Postal sends. */
    enum Shape {
        EVENT, HASH_MAIL, RAW_MAIL
    }
}
