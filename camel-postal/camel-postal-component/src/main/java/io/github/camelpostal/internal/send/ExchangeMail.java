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

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.api.MailHeader;
import io.github.camelpostal.api.PostalAttachment;
import io.github.camelpostal.api.PostalMessage;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.util.IOHelper;

/**
 * Settles what an exchange wants to be sent: for each field the header, else the body, else the endpoint's default.
 */
final class ExchangeMail {

    private final Message camel;
    private final MessageDefaults defaults;
    private final PostalMessage body;

    private ExchangeMail(Exchange exchange, MessageDefaults defaults) {
        this.camel = exchange.getMessage();
        this.defaults = defaults;
        this.body = ExchangeBody.read(exchange, defaults.bodyType());
    }

    /** The mail, whose attachments the caller closes. */
    static Mail read(Exchange exchange, MessageDefaults defaults) {
        return new ExchangeMail(exchange, defaults).mail();
    }

    private Mail mail() {
        Mailbox from = AddressList.parseOne("from", first(PostalConstants.FROM, body.from().orElse(null), defaults.from()));
        Mailbox sender = AddressList.parseOne("sender",
                first(PostalConstants.SENDER, body.sender().orElse(null), defaults.sender()));
        List<Mailbox> to = addresses("to", PostalConstants.TO, body.to(), defaults.to());
        List<Mailbox> cc = addresses("cc", PostalConstants.CC, body.cc(), defaults.cc());
        List<Mailbox> bcc = addresses("bcc", PostalConstants.BCC, body.bcc(), defaults.bcc());
        List<Mailbox> replyTo = addresses("replyTo", PostalConstants.REPLY_TO, body.replyTo(), defaults.replyTo());
        String subject = line(PostalConstants.SUBJECT, body.subject().orElse(null), defaults.subject());
        String tag = line(PostalConstants.TAG, body.tag().orElse(null), defaults.tag());
        boolean bounce = CamelFields.bounce(camel).orElse(body.bounce());
        String plain = text(PostalConstants.PLAIN_BODY, body.plainBody().orElse(null));
        String html = text(PostalConstants.HTML_BODY, body.htmlBody().orElse(null));
        List<MailHeader> headers = headers();
        return withAttachments(attachments -> new Mail(from, to, cc, bcc, sender, replyTo, subject, blankToNull(tag), bounce,
                plain, html, headers, attachments));
    }

    private Object first(String header, Object ofBody, Object byDefault) {
        Object value = camel.getHeader(header);
        if (value == null) {
            value = ofBody;
        }
        return value == null ? byDefault : value;
    }

    private List<Mailbox> addresses(String field, String header, List<String> ofBody, String byDefault) {
        return AddressList.parse(field, first(header, ofBody.isEmpty() ? null : ofBody, byDefault));
    }

    private String line(String header, String ofBody, String byDefault) {
        String value = CamelFields.line(camel, header);
        if (value == null) {
            value = ofBody == null ? byDefault : ofBody;
        }
        return value == null ? null : HeaderText.singleLine(value);
    }

    private String text(String header, String ofBody) {
        String value = CamelFields.text(camel, header);
        if (value == null) {
            value = ofBody;
        }
        return value == null ? null : HeaderText.wellFormed(value);
    }

    /** The body's header fields, those replaced that the exchange's header names too. */
    private List<MailHeader> headers() {
        Map<String, List<String>> own = CamelFields.headers(camel);
        if (own.isEmpty() && body.headers().isEmpty()) {
            return List.of();
        }
        Set<String> replaced = own.keySet().stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        List<MailHeader> headers = new ArrayList<>();
        for (MailHeader header : body.headers()) {
            if (!replaced.contains(header.name().toLowerCase(Locale.ROOT))) {
                headers.add(safe(header.name(), header.value()));
            }
        }
        own.forEach((name, values) -> {
            Mail.checkHeaderName(name);
            values.forEach(value -> headers.add(safe(name, value)));
        });
        return headers;
    }

    private static MailHeader safe(String name, String value) {
        String line = HeaderText.singleLine(value).strip();
        return new MailHeader(name, name.equalsIgnoreCase("Message-ID") ? '<' + HeaderText.identifier(line) + '>' : line);
    }

    /** Opens the attachments last, and closes them when the mail turns out to be impossible. */
    private Mail withAttachments(Function<List<Attached>, Mail> complete) {
        List<Attached> attachments = new ArrayList<>();
        try {
            for (PostalAttachment attachment : body.attachments()) {
                attachments.add(Attached.of(attachment));
            }
            for (PostalAttachment attachment : CamelAttachments.of(camel)) {
                attachments.add(Attached.of(attachment));
            }
            return complete.apply(attachments);
        } catch (RuntimeException e) {
            attachments.forEach(attached -> IOHelper.close(attached.content()));
            throw e;
        }
    }

    private static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
