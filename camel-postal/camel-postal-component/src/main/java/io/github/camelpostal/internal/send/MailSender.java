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
import java.util.UUID;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.api.PostalClient;
import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.PostalException;
import io.github.camelpostal.api.SendResult;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.util.IOHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a mail from an exchange to Postal and of the result back: read, check, choose the call, send, report.
 *
 * <p>
 * Everything that is refused here is refused before the call. It reads the headers of {@link PostalConstants} that are for
 * producers, and none of those that the consumer sets: a route from {@code postal:webhook} to {@code postal:send} must not answer
 * its own mail, reuse its tag or become a bounce by accident.
 */
public final class MailSender {

    private static final Logger LOG = LoggerFactory.getLogger(MailSender.class);

    private final PostalClient client;
    private final MessageDefaults defaults;
    private final MimeComposer composer;
    private final TrackingMarks trackingMarks = new TrackingMarks();

    public MailSender(PostalClient client, MessageDefaults defaults) {
        this(client, defaults, new MimeComposer(Clock.systemUTC(), () -> UUID.randomUUID().toString()));
    }

    MailSender(PostalClient client, MessageDefaults defaults, MimeComposer composer) {
        this.client = client;
        this.defaults = defaults;
        this.composer = composer;
    }

    /**
     * Sends what the exchange holds, by the call that carries it unchanged, and leaves the {@link SendResult} as body.
     *
     * @throws PostalException as described there; refused before the call where no call could carry the message
     */
    public void send(Exchange exchange) throws PostalException {
        try {
            report(exchange, exchange.getMessage().getBody() instanceof MimeMessage complete
                    ? sendComplete(exchange, CompleteMessage.of(complete))
                    : sendBuilt(exchange));
        } catch (Refusal refusal) {
            throw refusal.by("send");
        } catch (IOException | MessagingException e) {
            throw unreadable(e).by("send");
        }
    }

    /**
     * Sends the complete message that is the body.
     *
     * @throws PostalException as described there; refused before the call where the body is no complete message
     */
    public void sendRaw(Exchange exchange) throws PostalException {
        try {
            report(exchange, sendComplete(exchange, CompleteBody.read(exchange)));
        } catch (Refusal refusal) {
            throw refusal.by("sendRaw");
        } catch (IOException | MessagingException e) {
            throw unreadable(e).by("sendRaw");
        }
    }

    private SendResult sendBuilt(Exchange exchange) throws PostalException {
        Mail mail = ExchangeMail.read(exchange, defaults);
        try {
            trackingMarks.warnAbout(exchange, mail);
            return TransportChoice.isRaw(mail, defaults.transport())
                    ? client.sendRaw(composer.compose(mail))
                    : client.sendMessage(mail.asPostalMessage());
        } finally {
            mail.attachments().forEach(attached -> IOHelper.close(attached.content()));
        }
    }

    private SendResult sendComplete(Exchange exchange, CompleteMessage message) throws PostalException {
        try {
            trackingMarks.warnAbout(exchange, message.header());
            return client.sendRaw(new Envelope(exchange.getMessage(), defaults, composer).around(message));
        } finally {
            IOHelper.close(message.source());
        }
    }

    private static void report(Exchange exchange, SendResult result) {
        LOG.debug("Postal queued message {} for {} recipients", result.messageId().orElse("without Message-ID"),
                result.recipients().size());
        Message message = exchange.getMessage();
        message.setBody(result);
        set(message, PostalConstants.MESSAGE_ID, result.messageId().orElse(null));
        // of several recipients none is the one: an id left over from an earlier step would be taken for theirs
        set(message, PostalConstants.ID, result.onlyRecipient().map(SendResult.Recipient::id).orElse(null));
        set(message, PostalConstants.TOKEN, result.onlyRecipient().map(SendResult.Recipient::token).orElse(null));
    }

    private static void set(Message message, String header, Object value) {
        if (value == null) {
            message.removeHeader(header);
        } else {
            message.setHeader(header, value);
        }
    }

    private static Refusal unreadable(Exception cause) {
        return new Refusal(PostalErrorCode.CONTENT_UNREADABLE, "the message cannot be read", cause);
    }
}
