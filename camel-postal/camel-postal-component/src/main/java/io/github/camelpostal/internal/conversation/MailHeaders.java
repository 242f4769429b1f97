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
package io.github.camelpostal.internal.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The header fields and the envelope sender of an inbound mail, as far as they are known.
 *
 * @param fields   the fields in their order, values unfolded or not, encoded words decoded or not
 * @param envelope the envelope sender; an empty text is the null sender, null is not known
 */
public record MailHeaders(List<Field> fields, @Nullable String envelope) {

    public MailHeaders {
        fields = List.copyOf(fields);
    }

    /** A header field. */
    public record Field(String name, String value) {
    }

    /**
     * The header of a complete message. The envelope sender is Postal's {@code mail_from}, which is null for the null sender
     * (protocol 4.4).
     */
    public static MailHeaders ofRaw(List<Field> fields, @Nullable String mailFrom) {
        return new MailHeaders(fields, mailFrom == null ? "" : mailFrom);
    }

    /**
     * What a mail in Postal's {@code Hash} form shows of its header: no Precedence, no List-Id, no Content-Type and no field
     * of a vendor (protocol 4.4). A newsletter or a mailing list cannot be told from a person there, unless the sender's
     * address says so.
     */
    public static MailHeaders ofHash(@Nullable String from, @Nullable String subject, @Nullable String inReplyTo,
            @Nullable String references, @Nullable String autoSubmitted, @Nullable String replyTo, @Nullable String mailFrom) {
        List<Field> fields = new ArrayList<>();
        add(fields, "From", from);
        add(fields, "Subject", subject);
        add(fields, "In-Reply-To", inReplyTo);
        add(fields, "References", references);
        add(fields, "Auto-Submitted", autoSubmitted);
        add(fields, "Reply-To", replyTo);
        return ofRaw(fields, mailFrom);
    }

    Optional<String> first(String name) {
        return fields.stream().filter(field -> field.name().equalsIgnoreCase(name)).map(Field::value).findFirst();
    }

    private static void add(List<Field> fields, String name, @Nullable String value) {
        if (value != null) {
            fields.add(new Field(name, value));
        }
    }
}
