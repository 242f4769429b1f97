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
package io.github.camelpostal.internal.send;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;

import io.github.camelpostal.BodyType;
import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.api.PostalAttachment;
import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.PostalMessage;
import io.github.camelpostal.internal.client.JsonText;
import io.github.camelpostal.internal.client.PeekedContent;
import io.github.camelpostal.internal.client.Refusal;
import io.github.camelpostal.internal.mime.compose.AddressList;
import io.github.camelpostal.internal.mime.compose.CompleteMessage;
import io.github.camelpostal.internal.mime.compose.HeaderText;
import io.github.camelpostal.internal.mime.compose.Mailbox;
import io.github.camelpostal.payload.Content;
import io.github.camelpostal.payload.HeaderField;
import io.github.camelpostal.payload.MailReply;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.TypeConversionException;
import org.apache.camel.WrappedFile;
import org.apache.camel.util.IOHelper;
import org.jspecify.annotations.Nullable;

/**
 * Settles what an exchange wants to be sent: for each field the header, else the body, else the endpoint's option. What it
 * returns has checked addresses, each recipient once, and text that cannot become a header of its own.
 */
final class ExchangeReader {

    private final Exchange exchange;
    private final Message camel;
    private final SendSettings settings;
    private final PostalMessage body;

    private ExchangeReader(Exchange exchange, SendSettings settings) {
        this.exchange = exchange;
        this.camel = exchange.getMessage();
        this.settings = settings;
        this.body = readBody(exchange, settings.bodyType());
    }

    /** The message, whose attachments are open: {@link #close} them. */
    static PostalMessage read(Exchange exchange, SendSettings settings) {
        return new ExchangeReader(exchange, settings).message();
    }

    /** Closes what the attachments of a message hold open. */
    static void close(PostalMessage message) {
        message.attachments().forEach(ExchangeReader::close);
    }

    /** The body as a complete RFC 5322 message. */
    static CompleteMessage readComplete(Exchange exchange) throws IOException, MessagingException {
        Object body = exchange.getMessage().getBody();
        return body instanceof MimeMessage message
                ? CompleteMessage.of(message)
                : CompleteMessage.read(completeContent(exchange, body));
    }

    private PostalMessage message() {
        PostalMessage.Builder message = PostalMessage.builder();
        Mailbox from = one("from", PostalConstants.FROM, body.from(), settings.from());
        if (from != null) {
            message.from(from.asText());
        }
        Mailbox sender = one("sender", PostalConstants.SENDER, body.sender(), settings.sender());
        if (sender != null) {
            message.sender(sender.asText());
        }
        recipients(message);
        message.replyTo(texts(several("replyTo", PostalConstants.REPLY_TO, body.replyTo(), settings.replyTo())));
        message.subject(line(PostalConstants.SUBJECT, body.subject(), settings.subject()));
        message.tag(blankToNull(line(PostalConstants.TAG, body.tag(), settings.tag())));
        Object bounce = camel.getHeader(PostalConstants.BOUNCE);
        message.bounce(bounce == null ? body.bounce() : ExchangeText.truth(exchange, PostalConstants.BOUNCE, bounce));
        bodies(message);
        headers(message);
        attachments(message);
        return message.build();
    }

    private @Nullable Mailbox one(String field, String header, @Nullable String ofBody, @Nullable Mailbox byDefault) {
        Object value = camel.getHeader(header);
        if (value == null && ofBody == null) {
            return byDefault;
        }
        return AddressList.parseOne(field, value == null ? ofBody : ExchangeText.addresses(exchange, header, value));
    }

    private List<Mailbox> several(String field, String header, List<String> ofBody, List<Mailbox> byDefault) {
        Object value = camel.getHeader(header);
        if (value == null && ofBody.isEmpty()) {
            return byDefault;
        }
        return AddressList.parse(field, value == null ? ofBody : ExchangeText.addresses(exchange, header, value));
    }

    /** Each mailbox once, To before Cc before Bcc. */
    private void recipients(PostalMessage.Builder message) {
        List<Mailbox> to = several("to", PostalConstants.TO, body.to(), settings.to());
        List<Mailbox> cc = several("cc", PostalConstants.CC, body.cc(), settings.cc());
        List<Mailbox> bcc = several("bcc", PostalConstants.BCC, body.bcc(), settings.bcc());
        if (to.size() + cc.size() + bcc.size() > 1) {
            Set<String> seen = new HashSet<>();
            to = distinct(to, seen);
            cc = distinct(cc, seen);
            bcc = distinct(bcc, seen);
        }
        message.to(texts(to)).cc(texts(cc)).bcc(texts(bcc));
    }

    private static List<Mailbox> distinct(List<Mailbox> mailboxes, Set<String> seen) {
        List<Mailbox> distinct = new ArrayList<>(mailboxes);
        distinct.removeIf(mailbox -> !seen.add(mailbox.identity()));
        return distinct;
    }

    private static List<String> texts(List<Mailbox> mailboxes) {
        if (mailboxes.size() < 2) {
            return mailboxes.isEmpty() ? List.of() : List.of(mailboxes.get(0).asText());
        }
        List<String> texts = new ArrayList<>(mailboxes.size());
        mailboxes.forEach(mailbox -> texts.add(mailbox.asText()));
        return texts;
    }

    private @Nullable String line(String header, @Nullable String ofBody, @Nullable String byDefault) {
        String value = ExchangeText.header(camel, header);
        if (value == null) {
            value = ofBody == null ? byDefault : ofBody;
        }
        return value == null ? null : HeaderText.singleLine(value);
    }

    /** Of two bodies a blank one would be an empty alternative, which some programs prefer. */
    private void bodies(PostalMessage.Builder message) {
        String plain = text(PostalConstants.PLAIN_BODY, body.plainBody());
        String html = text(PostalConstants.HTML_BODY, body.htmlBody());
        boolean noPlain = blankToNull(plain) == null;
        boolean noHtml = blankToNull(html) == null;
        message.plainBody(noPlain && !noHtml ? null : plain);
        message.htmlBody(noHtml && !noPlain ? null : html);
    }

    private @Nullable String text(String header, @Nullable String ofBody) {
        String value = ExchangeText.header(camel, header);
        if (value == null) {
            value = ofBody;
        }
        return value == null ? null : JsonText.wellFormed(value);
    }

    /** The body's header fields, those replaced that the exchange's header names too. */
    private void headers(PostalMessage.Builder message) {
        Object header = camel.getHeader(PostalConstants.HEADERS);
        if (header == null && body.headers().isEmpty()) {
            return;
        }
        List<HeaderField> own = header == null
                ? List.of()
                : ExchangeText.headers(exchange, PostalConstants.HEADERS, header);
        Set<String> replaced = new HashSet<>();
        own.forEach(field -> replaced.add(field.name().toLowerCase(Locale.ROOT)));
        for (HeaderField field : body.headers()) {
            if (!replaced.contains(field.name().toLowerCase(Locale.ROOT))) {
                message.header(field.name(), safe(field));
            }
        }
        own.forEach(field -> message.header(field.name(), safe(field)));
    }

    private static String safe(HeaderField field) {
        String line = HeaderText.singleLine(field.value()).strip();
        return field.is("Message-ID") ? '<' + HeaderText.identifier(line) + '>' : line;
    }

    /** Opened last, and closed when one of them cannot be read. */
    private void attachments(PostalMessage.Builder message) {
        List<PostalAttachment> ready = new ArrayList<>();
        try {
            body.attachments().forEach(attachment -> ready.add(ready(attachment)));
            CamelAttachments.of(camel, !isReply()).forEach(attachment -> ready.add(ready(attachment)));
        } catch (RuntimeException e) {
            ready.forEach(ExchangeReader::close);
            throw e;
        }
        ready.forEach(message::attachment);
    }

    /** Who gets a reply has the attachments that came with the mail. */
    private boolean isReply() {
        return camel.getBody() instanceof MailReply;
    }

    private static PostalAttachment ready(PostalAttachment attachment) {
        try {
            String contentId = attachment.contentId() == null ? "" : HeaderText.identifier(attachment.contentId());
            return new PostalAttachment(attachment.name() == null ? null : HeaderText.fileName(attachment.name()),
                    HeaderText.singleLine(attachment.contentType()), PeekedContent.of(attachment.content()),
                    contentId.isEmpty() ? null : contentId, attachment.inline());
        } catch (IOException e) {
            throw new Refusal(PostalErrorCode.CONTENT_UNREADABLE, "an attachment cannot be read", e);
        }
    }

    private static void close(PostalAttachment attachment) {
        if (attachment.content() instanceof Closeable open) {
            IOHelper.close(open);
        }
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    private static PostalMessage readBody(Exchange exchange, BodyType bodyType) {
        Object body = exchange.getMessage().getBody();
        if (body instanceof PostalMessage message) {
            return message;
        }
        if (body instanceof MailReply reply) {
            PostalMessage.Builder message = PostalMessage.builder(reply);
            // or a stranger's Reply-To would have a program write to any number of people
            return AutoReplies.areAskedFor(exchange.getMessage())
                    ? message.to(reply.to().subList(0, 1)).build()
                    : message.build();
        }
        if (body instanceof Map<?, ?> map) {
            return MessageMap.read(exchange, map);
        }
        String text = body == null ? "" : bodyText(exchange, body);
        if (text.isEmpty()) {
            return PostalMessage.builder().build();
        }
        return isHtml(exchange, bodyType)
                ? PostalMessage.builder().htmlBody(text).build()
                : PostalMessage.builder().plainBody(text).build();
    }

    private static boolean isHtml(Exchange exchange, BodyType bodyType) {
        return switch (bodyType) {
            case PLAIN -> false;
            case HTML -> true;
            case AUTO -> {
                Object header = exchange.getMessage().getHeader(Exchange.CONTENT_TYPE);
                String type = header == null || header instanceof Collection
                        ? null // of a request that had several, so of no use
                        : ExchangeText.of(exchange, Exchange.CONTENT_TYPE, header);
                yield type != null && type.strip().toLowerCase(Locale.ROOT).startsWith("text/html");
            }
        };
    }

    private static String bodyText(Exchange exchange, Object body) {
        try {
            if (body instanceof CharSequence text) {
                return text.toString();
            }
            Path file = file(body);
            if (file != null) {
                // Camel would decode a file with the charset of the endpoint it came from
                return ExchangeText.decoded(exchange, "the body", Files.readAllBytes(file));
            }
            if (ExchangeText.isBytes(body)) {
                return ExchangeText.decoded(exchange, "the body", ExchangeText.bytes(exchange, "the body", body));
            }
            if (body instanceof WrappedFile) {
                return ExchangeText.decoded(exchange, "the body", converted(exchange, byte[].class));
            }
            String text = converted(exchange, String.class);
            if (!ExchangeText.isTextOf(body, text)) {
                throw unsuitable(body);
            }
            return text;
        } catch (IOException e) {
            throw new Refusal(PostalErrorCode.CONTENT_UNREADABLE, "the body cannot be read", e);
        }
    }

    private static @Nullable Path file(@Nullable Object body) {
        Object file = body instanceof WrappedFile<?> wrapped ? wrapped.getFile() : body;
        return file instanceof File local ? local.toPath() : file instanceof Path path ? path : null;
    }

    private static <T> T converted(Exchange exchange, Class<T> type) {
        try {
            T converted = exchange.getMessage().getBody(type);
            if (converted != null) {
                return converted;
            }
        } catch (TypeConversionException e) {
            throw new Refusal(PostalErrorCode.INVALID_VALUE, "the body cannot be converted to text", e);
        }
        throw unsuitable(exchange.getMessage().getBody());
    }

    private static Refusal unsuitable(Object body) {
        return new Refusal(PostalErrorCode.INVALID_VALUE, "the body is a " + body.getClass().getTypeName()
                + (body instanceof Collection ? ", whose elements are no text" : "")
                + "; it must be a PostalMessage, MailReply, Map, MimeMessage, or something that Camel converts to text");
    }

    private static Content completeContent(Exchange exchange, @Nullable Object body) {
        Path file = file(body);
        if (file != null) {
            return Content.of(file);
        }
        if (body instanceof byte[] bytes) {
            return Content.of(bytes);
        }
        if (body instanceof CharSequence text) {
            return Content.of(text.toString().getBytes(ExchangeText.charset(exchange)));
        }
        if (body instanceof PostalMessage || body instanceof MailReply || body instanceof Map) {
            throw new Refusal(PostalErrorCode.INVALID_VALUE,
                    "the body is a message in parts, not a complete RFC 5322 message; use postal:send for it");
        }
        if (body != null) {
            OneTimeStreams.take("the body", body);
        }
        InputStream stream = exchange.getMessage().getBody(InputStream.class);
        if (stream == null) {
            throw new Refusal(PostalErrorCode.NO_CONTENT, "the body is "
                    + (body == null ? "empty" : "a " + body.getClass().getName())
                    + "; it must be a complete RFC 5322 message as MimeMessage, bytes, stream, file or String");
        }
        return Content.once(stream);
    }
}
