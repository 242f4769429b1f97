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
package io.github.camelpostal.sandbox.internal.delivery;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camelpostal.sandbox.internal.format.PostalMail;
import io.github.camelpostal.sandbox.internal.format.RawMail;
import io.github.camelpostal.sandbox.internal.store.Arrival;
import io.github.camelpostal.sandbox.internal.store.Direction;
import io.github.camelpostal.sandbox.internal.store.Installation.Destination;
import io.github.camelpostal.sandbox.internal.store.MailServer;
import io.github.camelpostal.sandbox.internal.store.Message;
import io.github.camelpostal.sandbox.internal.store.MessageStore;

/** Where mail that comes by SMTP arrives: stores it as Postal's SMTP server does, and recognises bounces. Queues nothing. */
final class MailIntake {
    private static final Pattern TOKEN = Pattern.compile("X-Postal-MsgID:\\s*([A-Za-z0-9]+)");

    private final MailServer server;
    private final MessageStore store;
    private final Scheduler scheduler;

    MailIntake(MailServer server, MessageStore store, Scheduler scheduler) {
        this.server = server;
        this.store = store;
        this.scheduler = scheduler;
    }

    /** Mail from outside; one message for each endpoint of the route, the first endpoint's first (protocol 4.1). */
    List<Message> fromOutside(SmtpTransaction transfer, Destination destination, byte[] rfc5322) {
        byte[] raw = stored(transfer, false, rfc5322);
        PostalMail mail = PostalMail.of(raw);
        boolean bounce = server.isReturnPath(destination.rcptTo());
        long bounceFor = bounce ? bouncedMessage(raw) : 0;
        Arrival arrival = new Arrival(Direction.INCOMING, transfer.mailFrom(), destination.rcptTo(), mail.header("subject"),
                mail.messageId(), null, bounce, bounceFor, transfer.tls(), false, raw);
        int endpoints = destination.route() == null ? 1 : Math.max(1, destination.route().endpoints().size());
        List<Message> messages = new ArrayList<>();
        for (int endpoint = 0; endpoint < endpoints; endpoint++) {
            messages.add(store.add(arrival.forEndpoint(endpoint)));
        }
        return messages;
    }

    /** Mail of a client that has logged in: outgoing, even to an address that is routed here (protocol 7). */
    List<Message> fromClient(SmtpTransaction transfer, MailServer.Credential credential, List<String> rcptTo, byte[] rfc5322) {
        byte[] raw = stored(transfer, server.settings().privacyMode(), rfc5322);
        PostalMail mail = PostalMail.of(raw);
        return rcptTo.stream().map(recipient -> store.add(new Arrival(Direction.OUTGOING, transfer.mailFrom(), recipient,
                mail.header("subject"), mail.messageId(), null, false, 0, transfer.tls(), credential.hold(), raw))).toList();
    }

    private byte[] stored(SmtpTransaction transfer, boolean hidden, byte[] rfc5322) {
        return RawMail.prepend(transfer.received(server.identity().smtpHostname(), hidden, scheduler.now()),
                RawMail.overSmtp(rfc5322));
    }

    /** Found anywhere in the plain text of the mail, which is why a bounce can be forged (protocol 4.1, 14). */
    private long bouncedMessage(byte[] raw) {
        Matcher tokens = TOKEN.matcher(new String(raw, StandardCharsets.ISO_8859_1));
        while (tokens.find()) {
            long id = store.findByToken(tokens.group(1)).filter(message -> message.direction() == Direction.OUTGOING)
                    .map(Message::id).orElse(0L);
            if (id > 0) {
                return id;
            }
        }
        return 0;
    }
}
