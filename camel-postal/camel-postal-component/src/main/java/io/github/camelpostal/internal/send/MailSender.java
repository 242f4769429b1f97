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
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.api.PostalClient;
import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.PostalException;
import io.github.camelpostal.api.PostalMessage;
import io.github.camelpostal.api.PostalUnavailableException;
import io.github.camelpostal.api.RawMessage;
import io.github.camelpostal.api.SendResult;
import io.github.camelpostal.internal.client.Refusal;
import io.github.camelpostal.internal.client.SendingRules;
import io.github.camelpostal.internal.client.SendingRules.Effect;
import io.github.camelpostal.internal.client.SendingRules.Problem;
import io.github.camelpostal.internal.ledger.SendLedgers;
import io.github.camelpostal.internal.mime.compose.CompleteMessage;
import io.github.camelpostal.internal.mime.compose.MimeComposer;
import io.github.camelpostal.suppression.SuppressionListException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.util.IOHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a mail from an exchange to Postal, and of the result back, from top to bottom.
 *
 * <p>
 * Everything that is refused here is refused before the call. It reads the headers of {@link PostalConstants} that are for
 * producers, and none of those that the consumer sets: a route from {@code postal:webhook} to {@code postal:send} must not reply
 * to its own mail, reuse its tag or become a bounce by accident.
 */
public final class MailSender {

    private static final Logger LOG = LoggerFactory.getLogger(MailSender.class);

    private final PostalClient client;
    private final SendSettings settings;
    private final MimeComposer composer;
    private final AutoReplies autoReplies;
    private final SuppressionCheck suppression;
    private final UnsubscribeFields unsubscribeFields;
    private final @Nullable SendOncePipeline sendOnce;
    private final TrackingWarnings trackingWarnings = new TrackingWarnings();

    /** @param ledger null for none: then no mail can have an idempotency key */
    public MailSender(PostalClient client, SendSettings settings, SendLedgers.@Nullable Lease ledger) {
        this(client, settings, new MimeComposer(Clock.systemUTC(), () -> UUID.randomUUID().toString()), ledger);
    }

    MailSender(PostalClient client, SendSettings settings, MimeComposer composer, SendLedgers.@Nullable Lease ledger) {
        this.client = client;
        this.settings = settings;
        this.composer = composer;
        this.suppression = new SuppressionCheck(settings.recipients());
        this.unsubscribeFields = new UnsubscribeFields(settings.recipients());
        this.autoReplies = new AutoReplies(settings.replies().autoReplyLimit());
        this.sendOnce = ledger == null ? null : new SendOncePipeline(client, composer, ledger);
    }

    /**
     * Sends what the exchange holds, by the call that carries it unchanged, and leaves the {@link SendResult} as body.
     *
     * @throws PostalException as described there; refused before the call where no call could carry the message
     */
    public void send(Exchange exchange) throws PostalException {
        run("send", exchange, exchange.getMessage().getBody() instanceof MimeMessage
                ? given -> sendComplete("send", given)
                : this::sendInParts);
    }

    /**
     * Sends the complete message that is the body.
     *
     * @throws PostalException as described there; refused before the call where the body is no complete message
     */
    public void sendRaw(Exchange exchange) throws PostalException {
        run("sendRaw", exchange, given -> sendComplete("sendRaw", given));
    }

    private SendResult sendInParts(Exchange exchange) throws PostalException, IOException, MessagingException {
        Message camel = exchange.getMessage();
        String key = SendOncePipeline.key(camel, sendOnce != null);
        if (key != null) {
            SendOncePipeline.check(settings.transport());
        }
        PostalMessage read = ExchangeReader.read(exchange, settings);
        try {
            trackingWarnings.warnAbout(exchange, read);
            List<String> recipients = AutoReplies.recipients(read);
            if (key != null) {
                goesRaw(read); // it does; what cannot be sent at all is refused here
                return ofKey().send(exchange, key, read,
                        given -> inConversation(camel, unsubscribeFields.mark(camel, given, recipients)),
                        () -> suppression.suppressed(camel, recipients));
            }
            PostalMessage complete = unsubscribeFields.mark(camel, read, recipients);
            Map<String, String> suppressed = suppression.suppressed(camel, recipients);
            PostalMessage message = SuppressionCheck.without(complete, suppressed.keySet());
            SendResult result = AutoReplies.areAskedFor(camel)
                    ? autoReplies.send(AutoReplies.recipients(message),
                            allowed -> call(camel, AutoReplies.mark(message, allowed)))
                    : call(camel, message);
            return withSuppressed(result, suppressed);
        } finally {
            ExchangeReader.close(read);
        }
    }

    /** For a mail with a key, which {@link SendOncePipeline#key} refuses where there is none. */
    private SendOncePipeline ofKey() {
        return Objects.requireNonNull(sendOnce, "sendOnce");
    }

    private SendResult call(Message camel, PostalMessage message) throws PostalException {
        PostalMessage marked = inConversation(camel, message);
        return goesRaw(marked) ? client.sendRaw(composer.compose(marked)) : client.sendMessage(marked);
    }

    private PostalMessage inConversation(Message camel, PostalMessage message) {
        return OutgoingConversation.of(camel, settings.replies())
                .map(conversation -> conversation.mark(message, settings.transport())).orElse(message);
    }

    private SendResult sendComplete(String operation, Exchange exchange)
            throws PostalException, IOException, MessagingException {
        Message camel = exchange.getMessage();
        String key = SendOncePipeline.key(camel, sendOnce != null);
        CompleteMessage message = ExchangeReader.readComplete(exchange);
        try {
            trackingWarnings.warnAbout(exchange, message.header());
            RawMessageBuilder builder = new RawMessageBuilder(camel, settings, composer, unsubscribeFields);
            List<String> recipients = builder.recipients(message.header());
            if (key != null) {
                return ofKey().send(exchange, operation, key, message, builder, recipients,
                        () -> suppression.suppressed(camel, recipients));
            }
            boolean autoReply = AutoReplies.areAskedFor(camel);
            if (autoReply) {
                AutoReplies.mark(message.header());
            }
            Map<String, String> suppressed = suppression.suppressed(camel, recipients);
            RawMessage raw = builder.build(message, recipients, SuppressionCheck.others(recipients, suppressed.keySet()));
            SendResult result = autoReply
                    ? autoReplies.send(raw.rcptTo(), allowed -> client.sendRaw(new RawMessage(raw.mailFrom(),
                            raw.rcptTo().stream().filter(allowed::contains).toList(), raw.data(), true)))
                    : client.sendRaw(raw);
            return withSuppressed(result, suppressed);
        } finally {
            IOHelper.close(message.source());
        }
    }

    private static SendResult withSuppressed(SendResult result, Map<String, String> suppressed) {
        if (suppressed.isEmpty()) {
            return result;
        }
        Map<String, String> distinct = new LinkedHashMap<>();
        suppressed.values().forEach(address -> distinct.putIfAbsent(address.toLowerCase(Locale.ROOT), address));
        List<String> addresses = List.copyOf(distinct.values());
        LOG.info("{} recipients on the suppression list were left out of a mail", addresses.size());
        return result.withSuppressed(addresses);
    }

    /**
     * Whether only {@code send/raw} carries the message as it is meant.
     *
     * @throws Refusal if no call does, or the one that the option {@code transport} names does not
     */
    private boolean goesRaw(PostalMessage message) {
        List<Problem> problems = SendingRules.problems(message);
        for (Problem problem : problems) {
            if (problem.effect() == Effect.UNSENDABLE) {
                throw problem.refusal();
            }
        }
        return switch (settings.transport()) {
            case RAW -> true;
            case MESSAGE -> {
                if (!problems.isEmpty()) {
                    throw new Refusal(problems.get(0).code(), "send/message cannot carry " + texts(problems)
                            + "; set transport=auto or transport=raw");
                }
                yield false;
            }
            case AUTO -> {
                if (!problems.isEmpty()) {
                    LOG.debug("A mail goes by send/raw, because send/message cannot carry {}", texts(problems));
                }
                yield !problems.isEmpty();
            }
        };
    }

    private static String texts(List<Problem> problems) {
        return problems.stream().map(Problem::text).collect(Collectors.joining(", "));
    }

    private static void run(String operation, Exchange exchange, Way way) throws PostalException {
        try {
            report(exchange, way.send(exchange));
        } catch (Refusal refusal) {
            throw refusal.by(operation);
        } catch (SuppressionListException e) {
            throw new PostalUnavailableException(operation, null, 0, operation + " sent nothing, because the suppression list"
                    + " cannot be asked who must not get the mail", e);
        } catch (IOException | MessagingException e) {
            throw new Refusal(PostalErrorCode.CONTENT_UNREADABLE, "the message cannot be read", e).by(operation);
        }
    }

    private static void report(Exchange exchange, SendResult result) {
        LOG.debug("Postal queued message {} for {} recipients", result.messageId(), result.recipients().size());
        Message message = exchange.getMessage();
        message.setBody(result);
        // of several recipients none is the one: an id left over from an earlier step would be taken for theirs
        SendResult.Recipient only = result.onlyRecipient();
        set(message, PostalConstants.MESSAGE_ID, result.messageId());
        set(message, PostalConstants.ID, only == null ? null : only.id());
        set(message, PostalConstants.TOKEN, only == null ? null : only.token());
    }

    private static void set(Message message, String header, @Nullable Object value) {
        if (value == null) {
            message.removeHeader(header);
        } else {
            message.setHeader(header, value);
        }
    }

    /** One of the two ways: a message in parts, or a complete one. */
    @FunctionalInterface
    private interface Way {

        SendResult send(Exchange exchange) throws PostalException, IOException, MessagingException;
    }
}
