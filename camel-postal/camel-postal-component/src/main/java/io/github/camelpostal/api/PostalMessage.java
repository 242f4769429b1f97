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
package io.github.camelpostal.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.github.camelpostal.payload.HeaderField;
import io.github.camelpostal.payload.MailReply;
import org.jspecify.annotations.Nullable;

/**
 * A message to send, field by field.
 *
 * <pre>{@code
 * PostalMessage.builder().from("Sales <sales@acme.example>").to("bob@example.org").subject("Your order").plainBody("Thank you.")
 *         .attachment(PostalAttachment.of("invoice.pdf", "application/pdf", bytes)).build();
 * }</pre>
 *
 * An address is one string in RFC 5322's mailbox form, with or without display name. Its text never shows an address or
 * anything of the message.
 */
public final class PostalMessage {

    private final Builder fields;

    private PostalMessage(Builder fields) {
        this.fields = fields;
    }

    /** An empty message to fill. */
    public static Builder builder() {
        return new Builder();
    }

    /** A message that replies to a mail, still without text: {@code PostalMessage.builder(mail.reply()).plainBody("…")}. */
    public static Builder builder(MailReply reply) {
        return new Builder().from(reply.from()).to(reply.to()).subject(reply.subject()).headers(reply.headers());
    }

    /** A copy of this message to change. */
    public Builder toBuilder() {
        return new Builder(fields);
    }

    /** The From address; null for none. */
    public @Nullable String from() {
        return fields.from;
    }

    /** The To addresses. */
    public List<String> to() {
        return fields.to;
    }

    /** The Cc addresses. */
    public List<String> cc() {
        return fields.cc;
    }

    /** The Bcc addresses; no recipient sees them. */
    public List<String> bcc() {
        return fields.bcc;
    }

    /** The Sender address; null for none. */
    public @Nullable String sender() {
        return fields.sender;
    }

    /** The Reply-To addresses. */
    public List<String> replyTo() {
        return fields.replyTo;
    }

    /** The subject; null for none. */
    public @Nullable String subject() {
        return fields.subject;
    }

    /** Postal's tag, shown in its user interface and in events; null for none. */
    public @Nullable String tag() {
        return fields.tag;
    }

    /** Whether this is a bounce: sent with the null envelope sender, and none is ever generated for it. */
    public boolean bounce() {
        return fields.bounce;
    }

    /** The text body; null for none. */
    public @Nullable String plainBody() {
        return fields.plainBody;
    }

    /** The HTML body; null for none. */
    public @Nullable String htmlBody() {
        return fields.htmlBody;
    }

    /** Extra header fields, in order. */
    public List<HeaderField> headers() {
        return fields.headers;
    }

    /** The attachments, in order. */
    public List<PostalAttachment> attachments() {
        return fields.attachments;
    }

    @Override
    public String toString() {
        int recipients = fields.to.size() + fields.cc.size() + fields.bcc.size();
        return "PostalMessage[" + recipients + " recipients, " + fields.attachments.size() + " attachments]";
    }

    /** Fills a {@link PostalMessage}. Each setter replaces, except for headers and attachments, which are added. */
    public static final class Builder {

        private @Nullable String from;
        private List<String> to = List.of();
        private List<String> cc = List.of();
        private List<String> bcc = List.of();
        private @Nullable String sender;
        private List<String> replyTo = List.of();
        private @Nullable String subject;
        private @Nullable String tag;
        private boolean bounce;
        private @Nullable String plainBody;
        private @Nullable String htmlBody;
        private List<HeaderField> headers = List.of();
        private List<PostalAttachment> attachments = List.of();

        private Builder() {
        }

        private Builder(Builder other) {
            from = other.from;
            to = other.to;
            cc = other.cc;
            bcc = other.bcc;
            sender = other.sender;
            replyTo = other.replyTo;
            subject = other.subject;
            tag = other.tag;
            bounce = other.bounce;
            plainBody = other.plainBody;
            htmlBody = other.htmlBody;
            headers = other.headers;
            attachments = other.attachments;
        }

        /** The From address; null for none. */
        public Builder from(@Nullable String address) {
            this.from = address;
            return this;
        }

        /** The To addresses. */
        public Builder to(String... addresses) {
            return to(List.of(addresses));
        }

        /** The To addresses. */
        public Builder to(Collection<String> addresses) {
            this.to = List.copyOf(addresses);
            return this;
        }

        /** The Cc addresses. */
        public Builder cc(String... addresses) {
            return cc(List.of(addresses));
        }

        /** The Cc addresses. */
        public Builder cc(Collection<String> addresses) {
            this.cc = List.copyOf(addresses);
            return this;
        }

        /** The Bcc addresses. */
        public Builder bcc(String... addresses) {
            return bcc(List.of(addresses));
        }

        /** The Bcc addresses. */
        public Builder bcc(Collection<String> addresses) {
            this.bcc = List.copyOf(addresses);
            return this;
        }

        /** The Sender address; null for none. */
        public Builder sender(@Nullable String address) {
            this.sender = address;
            return this;
        }

        /** The Reply-To addresses. */
        public Builder replyTo(String... addresses) {
            return replyTo(List.of(addresses));
        }

        /** The Reply-To addresses. */
        public Builder replyTo(Collection<String> addresses) {
            this.replyTo = List.copyOf(addresses);
            return this;
        }

        /** The subject; null for none. */
        public Builder subject(@Nullable String text) {
            this.subject = text;
            return this;
        }

        /** Postal's tag, at most 255 characters; null for none. */
        public Builder tag(@Nullable String text) {
            this.tag = text;
            return this;
        }

        /** Whether this is a bounce. */
        public Builder bounce(boolean yes) {
            this.bounce = yes;
            return this;
        }

        /** The text body; null for none. */
        public Builder plainBody(@Nullable String text) {
            this.plainBody = text;
            return this;
        }

        /** The HTML body; null for none. */
        public Builder htmlBody(@Nullable String html) {
            this.htmlBody = html;
            return this;
        }

        /**
         * Adds a header field; line breaks in its value never become a field of their own.
         *
         * @throws IllegalArgumentException if the name is not one of RFC 5322
         */
        public Builder header(String name, String value) {
            if (name.isEmpty() || !name.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != ':')) {
                throw new IllegalArgumentException("A header name consists of printable ASCII characters without space and"
                        + " colon (RFC 5322, 3.6.8)");
            }
            this.headers = plus(headers, new HeaderField(name, value));
            return this;
        }

        /** Takes all header fields of this name away. */
        public Builder removeHeader(String name) {
            this.headers = headers.stream().filter(field -> !field.is(name)).toList();
            return this;
        }

        /** Adds header fields, in the map's order. */
        public Builder headers(Map<String, String> more) {
            more.forEach(this::header);
            return this;
        }

        /** Adds an attachment. */
        public Builder attachment(PostalAttachment attachment) {
            this.attachments = plus(attachments, attachment);
            return this;
        }

        /** The message as filled so far; this builder can be used on. */
        public PostalMessage build() {
            return new PostalMessage(new Builder(this));
        }

        private static <T> List<T> plus(List<T> list, T element) {
            List<T> longer = new ArrayList<>(list);
            longer.add(element);
            return List.copyOf(longer);
        }
    }
}
