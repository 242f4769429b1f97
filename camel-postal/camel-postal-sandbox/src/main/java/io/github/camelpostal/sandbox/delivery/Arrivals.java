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
package io.github.camelpostal.sandbox.delivery;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camelpostal.sandbox.format.RawMail;
import io.github.camelpostal.sandbox.format.ReadMail;
import io.github.camelpostal.sandbox.format.Times;
import io.github.camelpostal.sandbox.store.Arrival;
import io.github.camelpostal.sandbox.store.Direction;
import io.github.camelpostal.sandbox.store.MailServer;
import io.github.camelpostal.sandbox.store.Message;
import io.github.camelpostal.sandbox.store.MessageStore;

/** The door for mail from outside: stores it as Postal's SMTP server does, and recognises bounces. Queues nothing. */
final class Arrivals {
    private static final Pattern TOKEN = Pattern.compile("X-Postal-MsgID:\\s*([A-Za-z0-9]+)");

    private final MailServer server;
    private final MessageStore store;
    private final Agenda agenda;

    Arrivals(MailServer server, MessageStore store, Agenda agenda) {
        this.server = server;
        this.store = store;
        this.agenda = agenda;
    }

    /** @param mailFrom null for the null sender */
    Message accept(String mailFrom, String rcptTo, byte[] rfc5322) {
        byte[] raw = RawMail.prepend(received(mailFrom), RawMail.overSmtp(rfc5322));
        ReadMail mail = ReadMail.of(raw);
        boolean bounce = server.isReturnPath(rcptTo);
        long bounceFor = bounce ? bouncedMessage(raw) : 0;
        return store.add(new Arrival(Direction.INCOMING, mailFrom, rcptTo, mail.header("subject"), mail.messageId(), null,
                bounce, bounceFor, false, false, raw));
    }

    private String received(String mailFrom) {
        String sender = mailFrom == null || mailFrom.indexOf('@') < 0
                ? "outside.example"
                : mailFrom.substring(mailFrom.lastIndexOf('@') + 1).replaceAll("[^A-Za-z0-9.-]", "");
        return "Received: from mx." + sender + " (127.0.0.1 [127.0.0.1]) by " + server.identity().smtpHostname()
                + " with SMTP; " + Times.received(agenda.now()) + "\r\n";
    }

    /** Found anywhere in the plain text of the mail, which is why a bounce can be forged (contract 4.1, 14). */
    private long bouncedMessage(byte[] raw) {
        Matcher tokens = TOKEN.matcher(new String(raw, StandardCharsets.ISO_8859_1));
        while (tokens.find()) {
            String token = tokens.group(1);
            for (Message message : store.all()) {
                if (message.direction() == Direction.OUTGOING && message.token().equals(token)) {
                    return message.id();
                }
            }
        }
        return 0;
    }
}
