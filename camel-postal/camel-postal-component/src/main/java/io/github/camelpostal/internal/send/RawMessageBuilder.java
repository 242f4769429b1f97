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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.mail.internet.MailDateFormat;

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.RawMessage;
import io.github.camelpostal.internal.client.Refusal;
import io.github.camelpostal.internal.client.SendingRules;
import io.github.camelpostal.internal.mime.compose.AddressList;
import io.github.camelpostal.internal.mime.compose.CompleteMessage;
import io.github.camelpostal.internal.mime.compose.HeaderBlock;
import io.github.camelpostal.internal.mime.compose.Mailbox;
import io.github.camelpostal.internal.mime.compose.MimeComposer;
import io.github.camelpostal.payload.HeaderField;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * Makes a complete message one that {@code send/raw} takes: who sends it, who gets it, and the few header fields that have to change.
 *
 * <p>
 * A header of the exchange wins over what the message says, and an option counts only where the message says nothing. The
 * addresses of the exchange are the envelope's alone: the message's own From, To and Cc stay as they are. With
 * {@code CamelPostalTo} the message goes to nobody but those whom the headers name.
 */
final class RawMessageBuilder {

    private final Message camel;
    private final SendSettings settings;
    private final MimeComposer composer;
    private final UnsubscribeFields unsubscribeFields;

    RawMessageBuilder(Message camel, SendSettings settings, MimeComposer composer, UnsubscribeFields unsubscribeFields) {
        this.camel = camel;
        this.settings = settings;
        this.composer = composer;
        this.unsubscribeFields = unsubscribeFields;
    }

    /**
     * @param all        whom the message is for, as {@link #recipients} gives them
     * @param recipients those of them who get it
     */
    RawMessage build(CompleteMessage message, List<String> all, List<String> recipients) {
        HeaderBlock header = message.header();
        Mailbox from = from(header);
        header.remove("Bcc");
        header.remove("Resent-Bcc");
        applyFields(header);
        unsubscribeFields.mark(camel, header, all);
        OutgoingConversation.of(camel, settings.replies())
                .ifPresent(conversation -> conversation.mark(header, recipients, from));
        addWhatIsAbsent(header, from);
        refuseWhatPostalCannotStore(header);
        Object bounce = camel.getHeader(PostalConstants.BOUNCE);
        return new RawMessage(from.address(), recipients, message.content(),
                bounce != null && ExchangeText.truth(camel.getExchange(), PostalConstants.BOUNCE, bounce));
    }

    /**
     * Whom the message is for, bare and each once.
     *
     * @throws Refusal if nobody says so
     */
    List<String> recipients(HeaderBlock header) {
        List<Mailbox> all = new ArrayList<>();
        boolean redirected = camel.getHeader(PostalConstants.TO) != null;
        all.addAll(field("To", PostalConstants.TO, header, redirected));
        all.addAll(field("Cc", PostalConstants.CC, header, redirected));
        all.addAll(field("Bcc", PostalConstants.BCC, header, redirected));
        if (all.isEmpty() && !redirected) {
            all.addAll(settings.to());
            all.addAll(settings.cc());
            all.addAll(settings.bcc());
        }
        Map<String, String> distinct = new LinkedHashMap<>();
        all.forEach(mailbox -> distinct.putIfAbsent(mailbox.identity(), mailbox.address()));
        if (distinct.isEmpty()) {
            throw new Refusal(PostalErrorCode.NO_RECIPIENTS,
                    "the message has no recipient; set CamelPostalTo, the option 'to', or a To, Cc or Bcc header in the message");
        }
        return List.copyOf(distinct.values());
    }

    private List<Mailbox> field(String name, String camelHeader, HeaderBlock header, boolean redirected) {
        Object value = camel.getHeader(camelHeader);
        if (value != null) {
            return addresses(camelHeader, value);
        }
        return redirected ? List.of() : AddressList.parseMessageField(name, header.values(name));
    }

    private Mailbox from(HeaderBlock header) {
        Object value = camel.getHeader(PostalConstants.FROM);
        Mailbox from = value == null
                ? null
                : AddressList.parseOne(PostalConstants.FROM,
                        ExchangeText.addresses(camel.getExchange(), PostalConstants.FROM, value));
        if (from != null) {
            return from;
        }
        List<Mailbox> own = AddressList.parseMessageField("From", header.values("From"));
        if (!own.isEmpty()) {
            return own.get(0);
        }
        if (settings.from() == null) {
            throw new Refusal(PostalErrorCode.FROM_ADDRESS_MISSING,
                    "the message has no From; add one, or set CamelPostalFrom or the option 'from'");
        }
        return settings.from();
    }

    private List<Mailbox> addresses(String camelHeader, Object value) {
        return AddressList.parse(camelHeader, ExchangeText.addresses(camel.getExchange(), camelHeader, value));
    }

    private void applyFields(HeaderBlock header) {
        apply(header, "Subject", ExchangeText.line(camel, PostalConstants.SUBJECT), settings.subject());
        apply(header, "X-Postal-Tag", ExchangeText.line(camel, PostalConstants.TAG), settings.tag());
        applyAddresses(header, "Sender", PostalConstants.SENDER,
                settings.sender() == null ? List.of() : List.of(settings.sender()));
        applyAddresses(header, "Reply-To", PostalConstants.REPLY_TO, settings.replyTo());
        Object more = camel.getHeader(PostalConstants.HEADERS);
        if (more != null) {
            List<HeaderField> fields = ExchangeText.headers(camel.getExchange(), PostalConstants.HEADERS, more);
            fields.forEach(field -> header.remove(field.name()));
            fields.forEach(field -> header.add(field.name(), field.value()));
        }
    }

    private static void apply(HeaderBlock header, String name, @Nullable String replacement, @Nullable String fallback) {
        if (replacement != null) {
            header.remove(name);
            header.add(name, replacement);
        } else if (fallback != null && !header.has(name)) {
            header.add(name, fallback);
        }
    }

    private void applyAddresses(HeaderBlock header, String name, String camelHeader, List<Mailbox> fallback) {
        Object replacement = camel.getHeader(camelHeader);
        if (replacement != null) {
            header.remove(name);
        }
        if (replacement != null || !header.has(name)) {
            List<Mailbox> mailboxes = replacement != null ? addresses(camelHeader, replacement) : fallback;
            if (!mailboxes.isEmpty()) {
                header.addLiteral(name, Mailbox.headerValue(name, mailboxes));
            }
        }
    }

    /** Postal adds none of these to a raw message, and refuses one without From (protocol 2.6, 2.8). */
    private void addWhatIsAbsent(HeaderBlock header, Mailbox from) {
        if (!header.has("From")) {
            header.addLiteral("From", Mailbox.headerValue("From", List.of(from)));
        }
        if (!header.has("Date")) {
            header.addLiteral("Date", new MailDateFormat().format(composer.now()));
        }
        if (header.rawValues("Message-ID").stream().allMatch(String::isEmpty)) {
            header.remove("Message-ID");
            header.addLiteral("Message-ID", '<' + composer.newMessageId(from.address()) + '>');
        }
    }

    /** It would respond with HTTP 500, which looks like a send that may have happened (protocol 2.4). */
    private static void refuseWhatPostalCannotStore(HeaderBlock header) {
        if (!header.isUtf8("Subject")) {
            throw new Refusal(PostalErrorCode.INVALID_ENCODING,
                    "the Subject of the message holds bytes that are not UTF-8; encode it (RFC 2047) or set CamelPostalSubject");
        }
        for (String name : List.of("Message-ID", "X-Postal-Tag")) {
            if (header.rawValues(name).stream().anyMatch(value -> value.length() > SendingRules.LONGEST_SHORT_TEXT)) {
                throw new Refusal(PostalErrorCode.TOO_LONG,
                        "the " + name + " of the message is longer than " + SendingRules.LONGEST_SHORT_TEXT + " characters");
            }
        }
    }
}
