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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import jakarta.mail.MessagingException;

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.Transport;
import io.github.camelpostal.api.PostalClient;
import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.PostalException;
import io.github.camelpostal.api.PostalMessage;
import io.github.camelpostal.api.PostalUncertainException;
import io.github.camelpostal.api.RawMessage;
import io.github.camelpostal.api.SendResult;
import io.github.camelpostal.internal.client.Refusal;
import io.github.camelpostal.internal.client.SendingRules;
import io.github.camelpostal.internal.ledger.RandomIds;
import io.github.camelpostal.internal.ledger.RawSubmission.Outcome;
import io.github.camelpostal.internal.ledger.SendLedgers;
import io.github.camelpostal.internal.ledger.SendOnce;
import io.github.camelpostal.internal.ledger.SendOnceRequest;
import io.github.camelpostal.internal.ledger.SendOnceResult;
import io.github.camelpostal.internal.mime.compose.CompleteMessage;
import io.github.camelpostal.internal.mime.compose.HeaderBlock;
import io.github.camelpostal.internal.mime.compose.HeaderText;
import io.github.camelpostal.internal.mime.compose.Mailbox;
import io.github.camelpostal.internal.mime.compose.MimeComposer;
import io.github.camelpostal.ledger.LedgerRow;
import io.github.camelpostal.ledger.StoredCopy;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * The last step of a mail that has an idempotency key: not straight to Postal, but through the ledger. Such a mail always goes
 * by {@code send/raw}, because only there is the Message-ID ours, by which it is recognised later.
 */
final class SendOncePipeline {

    private static final String MESSAGE_ID = "Message-ID";
    /** What everybody understands alike, and goes out as it is. */
    private static final Pattern PLAIN_MESSAGE_ID = Pattern.compile("<([^<>\\s](?:[^<>\\p{Cntrl}]*[^<>\\s])?)>");

    private final PostalClient client;
    private final MimeComposer composer;
    private final SendOnce sendOnce;
    private final RandomIds random;

    SendOncePipeline(PostalClient client, MimeComposer composer, SendLedgers.Lease ledger) {
        this.client = client;
        this.composer = composer;
        this.sendOnce = ledger.sendOnce();
        this.random = ledger.random();
    }

    /**
     * The exchange's key; null for none.
     *
     * @param hasLedger whether the endpoint has a ledger: a key that protects nothing is refused
     * @throws Refusal if the key cannot be used
     */
    static @Nullable String key(Message message, boolean hasLedger) {
        String key = ExchangeText.header(message, PostalConstants.IDEMPOTENCY_KEY);
        if (key == null) {
            return null;
        }
        message.removeHeader(PostalConstants.DUPLICATE);
        if (key.isBlank()) {
            throw new Refusal(PostalErrorCode.INVALID_VALUE,
                    "the header CamelPostalIdempotencyKey is blank; remove it, or set it"
                            + " to what identifies the mail");
        }
        if (key.length() > SendingRules.LONGEST_SHORT_TEXT) {
            throw new Refusal(PostalErrorCode.TOO_LONG, "the header CamelPostalIdempotencyKey is longer than "
                    + SendingRules.LONGEST_SHORT_TEXT + " characters; use a hash of it");
        }
        if (AutoReplies.areAskedFor(message)) {
            throw new Refusal(PostalErrorCode.INVALID_VALUE, "an automatic reply cannot have a CamelPostalIdempotencyKey:"
                    + " autoReplyLimit counts each call; remove one of the two headers");
        }
        if (!hasLedger) {
            throw new Refusal(PostalErrorCode.INVALID_VALUE, "the header CamelPostalIdempotencyKey protects nothing without a"
                    + " ledger; set the option sendLedger, or remove the header");
        }
        return key;
    }

    /** @throws Refusal for a mail that is to go where its Message-ID would be Postal's */
    static void check(Transport transport) {
        if (transport == Transport.MESSAGE) {
            throw new Refusal(PostalErrorCode.NOT_EXPRESSIBLE, "a mail with CamelPostalIdempotencyKey cannot go by"
                    + " transport=message, because Postal chooses the Message-ID there; set transport=auto or transport=raw");
        }
    }

    /** The Message-ID that a complete message comes with, without angle brackets; null for none. */
    static @Nullable String ownMessageId(HeaderBlock header) {
        for (String value : header.values(MESSAGE_ID)) {
            Matcher plain = PLAIN_MESSAGE_ID.matcher(value);
            String id = plain.matches() ? plain.group(1) : HeaderText.identifier(value);
            if (!id.isEmpty()) {
                return id;
            }
        }
        return null;
    }

    /**
     * Sends a message in parts, checked, whose attachments are open.
     *
     * @param prepare    adds what the mail gets besides what was given, after the fingerprint was taken
     * @param suppressed asked only when the key is claimed: {@link SuppressionCheck#suppressed}
     */
    SendResult send(Exchange exchange, String key, PostalMessage given, UnaryOperator<PostalMessage> prepare,
            Supplier<Map<String, String>> suppressed) throws PostalException, IOException {
        GivenMail.InParts mail = GivenMail.read(given, exchange);
        PostalMessage message = prepare.apply(mail.message());
        SendOnceRequest request = request(mail.fingerprint(), messageId(given), messageId(message),
                Mailbox.ofSender(message).address(), recipients(message), suppressed);
        return send(exchange, "send", key, request, (row, to) -> composer
                .compose(SuppressionCheck.withoutAddresses(message, row.suppressed()), row.messageId()).withRcptTo(to));
    }

    private static @Nullable String messageId(PostalMessage message) {
        return message.headers().stream().filter(field -> field.is(MESSAGE_ID))
                .map(field -> HeaderText.identifier(field.value())).filter(id -> !id.isEmpty()).findFirst().orElse(null);
    }

    /**
     * Sends a complete message.
     *
     * @param builder    adds what the message gets besides what was given, after the fingerprint was taken
     * @param recipients as they were given
     * @param suppressed asked only when the key is claimed: {@link SuppressionCheck#suppressed}
     */
    SendResult send(Exchange exchange, String operation, String key, CompleteMessage message, RawMessageBuilder builder,
            List<String> recipients, Supplier<Map<String, String>> suppressed)
            throws PostalException, IOException, MessagingException {
        HeaderBlock header = message.header();
        String own = ownMessageId(header);
        byte[] given = header.toBytes();
        RawMessage raw = builder.build(message, recipients, recipients);
        GivenMail.Complete mail = GivenMail.read(message, given, raw, exchange);
        SendOnceRequest request = request(mail.fingerprint(), own, ownMessageId(header), raw.mailFrom(), raw.rcptTo(),
                suppressed);
        return send(exchange, operation, key, request, (row, to) -> {
            String id = row.messageId();
            if (!header.values(MESSAGE_ID).equals(List.of('<' + id + '>'))) {
                // a program that builds the mail anew for a retry gives it another Message-ID: the first one counts. And one
                // that Postal might read in another way than we do could not be recognised
                header.remove(MESSAGE_ID);
                header.addLiteral(MESSAGE_ID, '<' + asBytes(id) + '>');
            }
            return new RawMessage(raw.mailFrom(), to,
                    new CompleteMessage(header, mail.body(), message.source()).content(), raw.bounce());
        });
    }

    /** Its UTF-8 bytes, one a character, as a header block holds them. */
    private static String asBytes(String id) {
        return new String(id.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /**
     * @param own  the Message-ID that was given; null for none
     * @param ours the one that the prepared message has, the same or one with a conversation; null for none
     */
    private SendOnceRequest request(String fingerprint, @Nullable String own, @Nullable String ours, String from,
            List<String> recipients, Supplier<Map<String, String>> suppressed) {
        return new SendOnceRequest(fingerprint, own != null,
                () -> ours == null ? random.messageId(from.substring(from.lastIndexOf('@') + 1)) : ours,
                () -> {
                    Set<String> left = new LinkedHashSet<>(suppressed.get().values());
                    return new SendOnceRequest.Addressees(
                            recipients.stream().filter(address -> !left.contains(address)).toList(),
                            List.copyOf(left));
                });
    }

    /** Bare, To before Cc before Bcc; each is there once already. */
    private static List<String> recipients(PostalMessage mail) {
        return Stream.of(mail.to(), mail.cc(), mail.bcc()).flatMap(List::stream).map(text -> Mailbox.of(text).address())
                .toList();
    }

    private SendResult send(Exchange exchange, String operation, String key, SendOnceRequest request, Composition composition)
            throws PostalException {
        List<String> refused = new ArrayList<>();
        SendOnceResult result = sendOnce.send(key, request, (row, recipients) -> {
            Outcome outcome = submit(row, recipients, composition);
            if (outcome instanceof Outcome.NotTaken) {
                refused.addAll(recipients);
            }
            return outcome;
        });
        if (result instanceof SendOnceResult.Sent sent) {
            exchange.getMessage().removeHeader(PostalConstants.IDEMPOTENCY_KEY);
            exchange.getMessage().setHeader(PostalConstants.DUPLICATE, sent.duplicate());
            return SendOnceReport.result(sent);
        }
        Exception failure = SendOnceReport.failure(operation, result, refused);
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        throw (PostalException) failure;
    }

    private Outcome submit(LedgerRow row, List<String> recipients, Composition composition) {
        RawMessage message;
        try {
            message = composition.compose(row, recipients);
        } catch (RuntimeException e) {
            return new Outcome.NotTaken(e); // there was no call yet
        }
        try {
            return new Outcome.Taken(copies(client.sendRaw(message), recipients));
        } catch (PostalUncertainException e) {
            return new Outcome.Unclear(e);
        } catch (PostalException e) {
            return new Outcome.NotTaken(e); // all others say that nothing was accepted
        }
    }

    /** Under the addresses as they were submitted; those that Postal does not name stay open. */
    private static Map<String, StoredCopy> copies(SendResult result, List<String> submitted) {
        Map<String, StoredCopy> copies = new LinkedHashMap<>();
        for (String address : submitted) {
            SendResult.Recipient exact = result.recipients().get(address);
            if (exact != null) {
                copies.put(address, new StoredCopy(exact.id(), exact.token()));
            }
        }
        return copies;
    }

    /** Makes what one call sends. */
    @FunctionalInterface
    private interface Composition {

        RawMessage compose(LedgerRow row, List<String> recipients);
    }
}
