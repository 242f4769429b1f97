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
package io.github.camelpostal.sandbox.internal.smtp;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

import io.github.camelpostal.sandbox.internal.smtp.RecipientDestination.Kind;
import io.github.camelpostal.sandbox.internal.smtp.SmtpMetrics.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * One connection, from the banner to {@code QUIT}: for each line Postal's reply, odd as it may be (protocol 7). Does no
 * input or output of its own.
 */
final class SmtpSession {
    private static final int MOST_TIMES_HERE = 4;
    private static final long MEGABYTE = 1024 * 1024;
    private static final int ID_LENGTH = 8;
    private static final String ID_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    private final SmtpBackend backend;
    private final SmtpMetrics metrics;
    private final Settings settings;
    private final InetAddress client;
    private final Authentication authentication;
    private final String id;
    private final List<Recipient> recipients = new ArrayList<>();
    private State state = State.CONNECTED;
    private @Nullable MailData data;
    private String helo = "";
    private String mailFrom = "";
    private boolean tls;
    private boolean lineBeforeEndedInCrlf;

    /**
     * What the operator has set.
     *
     * @param maxMessageSize in megabytes of 1024 × 1024 bytes
     */
    record Settings(boolean tlsAvailable, int maxMessageSize) {
    }

    private enum State {
        CONNECTED, WELCOMED, HAS_SENDER, HAS_RECIPIENT
    }

    /**
     * Somebody the mail is for.
     *
     * @param sender null for mail from outside
     */
    private record Recipient(String rcptTo, MessageType type, @Nullable SmtpAccount sender) {
    }

    SmtpSession(SmtpBackend backend, SmtpMetrics metrics, Settings settings, InetAddress client, RandomGenerator random) {
        this.backend = backend;
        this.metrics = metrics;
        this.settings = settings;
        this.client = client;
        this.authentication = new Authentication(backend, metrics, random);
        StringBuilder chosen = new StringBuilder();
        random.ints(ID_LENGTH, 0, ID_CHARACTERS.length()).forEach(i -> chosen.append(ID_CHARACTERS.charAt(i)));
        this.id = chosen.toString();
    }

    String banner() {
        return "220 " + backend.hostname() + " ESMTP Postal/" + id;
    }

    /** @throws RuntimeException where Postal closes the connection without a word */
    Reply handle(Line line) {
        try {
            if (data != null) {
                return mailLine(data, line);
            }
            return authentication.isAsking() ? authentication.respond(line.text()) : command(line.text());
        } finally {
            lineBeforeEndedInCrlf = line.crlf();
        }
    }

    private Reply command(String line) {
        return switch (Verb.of(line)) {
            case QUIT -> Reply.of("221 Goodbye").then(Reply.Then.CLOSE);
            case STARTTLS -> startTls();
            case EHLO -> ehlo(line);
            case HELO -> helo(line);
            case RSET -> rset();
            case NOOP -> Reply.of("250 OK");
            case AUTH_PLAIN -> authentication.plain(line);
            case AUTH_LOGIN -> authentication.login(line);
            case AUTH_CRAM_MD5 -> authentication.cramMd5();
            case MAIL_FROM -> mailFrom(line);
            case RCPT_TO -> rcptTo(line);
            case DATA -> data();
            case UNKNOWN -> refused("invalid-command", "502 There is no such command");
        };
    }

    private Reply startTls() {
        if (!settings.tlsAvailable()) {
            return refused("tls-unavailable", "502 There is no TLS here");
        }
        metrics.command("STARTLS"); // so it is called in Postal's metrics
        tls = true;
        return Reply.of("220 Begin the handshake").then(Reply.Then.START_TLS);
    }

    private Reply ehlo(String line) {
        metrics.command("EHLO");
        welcome(line);
        String name = "250-" + backend.hostname();
        String authenticate = "250 AUTH CRAM-MD5 PLAIN LOGIN";
        return settings.tlsAvailable() && !tls
                ? Reply.of(name, "250-STARTTLS", authenticate)
                : Reply.of(name, authenticate);
    }

    private Reply helo(String line) {
        metrics.command("HELO");
        welcome(line);
        return Reply.of("250 " + backend.hostname());
    }

    private void welcome(String line) {
        String[] words = line.strip().split("\\s+", 2);
        helo = words.length > 1 ? words[1] : "";
        reset();
    }

    private Reply rset() {
        metrics.command("RSET");
        reset();
        return Reply.of("250 OK");
    }

    private void reset() {
        recipients.clear();
        mailFrom = "";
        state = State.WELCOMED;
    }

    /** Any address will do; parameters are ignored. */
    private Reply mailFrom(String line) {
        if (state != State.WELCOMED && state != State.HAS_SENDER) {
            return refused("mail-from-out-of-order", "503 Say EHLO or HELO first");
        }
        reset();
        state = State.HAS_SENDER;
        mailFrom = address(line.replaceAll(" *AUTH=.*", ""), "MAIL FROM");
        return Reply.of("250 OK");
    }

    private Reply rcptTo(String line) {
        if (state != State.HAS_SENDER && state != State.HAS_RECIPIENT) {
            return refused("rcpt-to-out-of-order", "503 Say EHLO or HELO, and MAIL FROM, first");
        }
        String rcptTo = address(line, "RCPT TO");
        if (rcptTo.isEmpty()) {
            return refused("empty-rcpt-to", "501 The recipient is empty");
        }
        int at = rcptTo.indexOf('@');
        if (at < 0 || rcptTo.substring(at + 1).isBlank()) {
            return refused("invalid-rcpt-to", "501 The recipient has no domain");
        }
        return recipient(rcptTo);
    }

    /** Return path and route token come first; a login makes everything else outgoing, own routes too (protocol 7). */
    private Reply recipient(String rcptTo) {
        RecipientDestination destination = backend.destination(rcptTo);
        Optional<SmtpAccount> sender = authentication.account();
        if (sender.isPresent() && (destination.kind() == Kind.ROUTE || destination.kind() == Kind.ELSEWHERE)) {
            state = State.HAS_RECIPIENT;
            return sender.get().isSuspended() ? suspended() : accepted(rcptTo, MessageType.OUTGOING, sender.get());
        }
        if (destination.kind() == Kind.ELSEWHERE) {
            return authentication.byAddress(client)
                    ? recipient(rcptTo)
                    : refused("authentication-required", "530 Log in first, or send to a route");
        }
        state = State.HAS_RECIPIENT; // also when the address is refused
        return fromOutside(rcptTo, destination);
    }

    private Reply fromOutside(String rcptTo, RecipientDestination destination) {
        if (destination.suspended()) {
            return suspended();
        }
        if (destination.rejecting()) {
            return refused(destination.kind() == Kind.ROUTE ? "route-rejection" : "route-rejected",
                    "550 The route takes no mail");
        }
        return switch (destination.kind()) {
            case UNKNOWN_SERVER_TOKEN -> refused("invalid-server-token", "550 No mail server has this token");
            case UNKNOWN_ROUTE_TOKEN -> Reply.of("550 No route has this token"); // Postal does not count it
            case RETURN_PATH -> accepted(rcptTo, MessageType.BOUNCE, null);
            case ROUTE, ROUTE_TOKEN -> accepted(rcptTo, MessageType.INCOMING, null);
            case ELSEWHERE -> throw new IllegalStateException("Mail that stays outside was decided on before");
        };
    }

    private Reply accepted(String rcptTo, MessageType type, @Nullable SmtpAccount sender) {
        recipients.add(new Recipient(rcptTo, type, sender));
        return Reply.of("250 OK");
    }

    private Reply suspended() {
        return refused("server-suspended", "535 The mail server is suspended");
    }

    private Reply data() {
        if (state != State.HAS_RECIPIENT) {
            return refused("data-out-of-order", "503 Say EHLO or HELO, MAIL FROM and RCPT TO first");
        }
        data = new MailData(backend.lengthOfReceived(envelope(), authentication.account()),
                settings.maxMessageSize() * MEGABYTE);
        return Reply.of("354 Send the mail");
    }

    /** Only CRLF, dot, CRLF ends a mail: anything else would let one be smuggled in. */
    private Reply mailLine(MailData mail, Line line) {
        if (line.isDot() && line.crlf() && lineBeforeEndedInCrlf) {
            data = null;
            return complete(mail);
        }
        mail.add(line);
        return Reply.NONE;
    }

    private Reply complete(MailData mail) {
        try {
            if (mail.isTooLarge()) {
                return refused("message-too-large",
                        "552 The mail is larger than " + settings.maxMessageSize() + " MB");
            }
            if (mail.timesReceivedBy(backend.hostname()) >= MOST_TIMES_HERE) { // the line of now would be one more
                return refused("loop-detected", "550 The mail goes round in circles");
            }
            byte[] bytes = mail.bytes();
            if (authentication.account().filter(sender -> !sender.maySend(bytes)).isPresent()) {
                return refused("from-name-invalid", "530 This mail server may not send mail from this From address");
            }
            return stored(mail, bytes);
        } finally {
            reset();
        }
    }

    private Reply stored(MailData mail, byte[] bytes) {
        for (Recipient recipient : recipients) {
            metrics.message(recipient.type(), tls);
            if (!mail.hasReadableSubject()) {
                throw new CrashException("Mysql2::Error");
            }
            if (recipient.sender() != null) {
                recipient.sender().send(envelope(), recipient.rcptTo(), bytes);
            } else {
                backend.receive(envelope(), recipient.rcptTo(), bytes);
            }
        }
        return Reply.of("250 OK");
    }

    private Envelope envelope() {
        return new Envelope(mailFrom.isEmpty() ? null : mailFrom, helo, client, tls);
    }

    private Reply refused(String error, String reply) {
        metrics.clientError(error);
        return Reply.of(reply);
    }

    private static String address(String line, String verb) {
        return line.replaceAll("(?i)" + verb + "\\s*:\\s*", "").replaceAll(".*<", "").replaceAll(">.*", "").strip();
    }
}
