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

import java.util.List;

import io.github.camelpostal.sandbox.format.Addresses;
import io.github.camelpostal.sandbox.format.RawMail;
import io.github.camelpostal.sandbox.format.ReadMail;
import io.github.camelpostal.sandbox.store.Delivery.Attempt;
import io.github.camelpostal.sandbox.store.Delivery.Transmission;
import io.github.camelpostal.sandbox.store.MailServer;
import io.github.camelpostal.sandbox.store.Message;
import io.github.camelpostal.sandbox.store.MessageStore;
import io.github.camelpostal.sandbox.store.RandomText;
import io.github.camelpostal.sandbox.store.Status;

/**
 * One attempt at outgoing mail: Postal's checks in Postal's order (contract 2.14), then an outcome instead of SMTP. No mail ever
 * leaves the sandbox; what is addressed to one of its own routes comes back in.
 */
final class Outgoing {
    private final MailServer server;
    private final MessageStore store;
    private final History history;
    private final Arrivals arrivals;
    private final Agenda agenda;
    private final RandomText texts;

    Outgoing(MailServer server, MessageStore store, History history, Arrivals arrivals, Agenda agenda,
            RandomText texts) {
        this.server = server;
        this.store = store;
        this.history = history;
        this.arrivals = arrivals;
        this.agenda = agenda;
        this.texts = texts;
    }

    Next attempt(Message queued, int attempt) {
        if (server.isSuspended()) {
            return decided(queued, Status.HELD, "The mail server is suspended.");
        }
        if (attempt > RetrySchedule.MAIL_ATTEMPTS) {
            return decided(queued, Status.HARD_FAIL, "Given up after " + RetrySchedule.MAIL_ATTEMPTS + " attempts.");
        }
        if (queued.arrival().rcptTo() == null) {
            return decided(queued, Status.HARD_FAIL, "The message has no recipient.");
        }
        Message message = withTagFromHeader(queued);
        if (message.arrival().heldByCredential()) {
            return decided(message, Status.HELD, "The credential holds everything that is sent with it.");
        }
        return transmit(withToken(message));
    }

    /** The last {@code X-Postal-Tag} counts, unless the call gave a tag (contract 3.1). */
    private Message withTagFromHeader(Message message) {
        String tag = message.state().tag() == null ? ReadMail.of(message.state().raw()).header("x-postal-tag") : null;
        return tag == null ? message : store.update(message.id(), state -> state.withTag(tag));
    }

    /** The token in the mail is what a bounce is recognised by (contract 4.1). */
    private Message withToken(Message message) {
        boolean first = message.state().raw() == message.arrival().raw();
        String line = "X-Postal-MsgID: " + message.token() + "\r\n";
        return first ? store.update(message.id(), state -> state.withRaw(RawMail.prepend(line, state.raw()))) : message;
    }

    private Next transmit(Message message) {
        String mx = "mx." + Addresses.domain(message.arrival().rcptTo());
        return switch (Outcome.of(message.arrival().rcptTo())) {
            case HELD -> decided(message, Status.HELD, "Held, as the recipient's name asks for.");
            case SOFT_FAIL -> {
                transmitted(message, Status.SOFT_FAIL, "Temporary SMTP error from " + mx, "451 4.3.0 Try again later");
                yield Next.RETRY;
            }
            case HARD_FAIL -> {
                transmitted(message, Status.HARD_FAIL, "Permanent SMTP error from " + mx, "550 5.1.1 No such mailbox here");
                yield Next.DONE;
            }
            case BOUNCED -> accepted(message, mx, comeBackAsBounce(message));
            case DELIVERED -> accepted(message, mx, comeBackIn(message));
        };
    }

    private Next accepted(Message message, String mx, List<Message> newMail) {
        transmitted(message, Status.SENT, "Accepted by " + mx, "250 2.0.0 Ok: queued as SANDBOX" + message.id());
        return new Next(false, newMail);
    }

    private List<Message> comeBackIn(Message message) {
        String rcptTo = message.arrival().rcptTo();
        return server.routeFor(rcptTo).isEmpty()
                ? List.of()
                : List.of(arrivals.accept(envelopeSender(message), rcptTo, message.state().raw()));
    }

    /** Nobody can bounce mail that has the null sender. */
    private List<Message> comeBackAsBounce(Message message) {
        if (message.arrival().bounce()) {
            return List.of();
        }
        byte[] bounce = Bounces.fromRemote(message, server.identity(), agenda.now());
        return List.of(arrivals.accept(null, server.identity().returnPath(), bounce));
    }

    /** Not {@code mail_from}: Postal sends with its return path, or with none (contract 2.8). */
    private String envelopeSender(Message message) {
        return message.arrival().bounce() ? null : server.identity().returnPath();
    }

    private void transmitted(Message message, Status status, String details, String output) {
        history.write(message, new Attempt(status, details, output, new Transmission(false, texts.logId(), 0.0)));
    }

    private Next decided(Message message, Status status, String details) {
        history.write(message, Attempt.decided(status, details));
        return Next.DONE;
    }
}
