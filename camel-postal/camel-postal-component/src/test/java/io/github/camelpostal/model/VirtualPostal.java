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
package io.github.camelpostal.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.github.camelpostal.testing.Bodies;

/**
 * Postal's side of the history, in virtual time: when it tries a message, and what a response means to it (protocol 4.5, 4.7,
 * 5.4). It knows nothing of what the receiver does.
 */
final class VirtualPostal {

    /** What Postal makes of a refused, broken or late connection. */
    static final int NO_RESPONSE = -1;

    private static final List<Duration> EVENT_WAITS = List.of(Duration.ofMinutes(2), Duration.ofMinutes(3),
            Duration.ofMinutes(6), Duration.ofMinutes(10), Duration.ofMinutes(15));
    private static final int MAIL_TRIES = 18;
    private static final Duration FIRST_MAIL_WAIT = Duration.ofMinutes(5);
    private static final double MAIL_WAIT_GROWTH = 1.3;

    private final List<Message> messages = new ArrayList<>();
    private Duration now = Duration.ZERO;

    /** What has become of a message. */
    enum Fate {
        /** There are tries left. */
        WAITING,
        /** A 2xx: Postal keeps nothing. */
        DELIVERED,
        /** A mail given back to its sender, at once or after the last try. */
        BOUNCED,
        /** An event after its last try. */
        DISCARDED,
        /** A mail that Postal drops without telling anybody, as it does after a 429. */
        LOST
    }

    /** One mail or event. */
    static final class Message {

        private final String name;
        private final boolean mail;
        private final byte[] body;
        private int tries;
        private Duration due;
        private Fate fate = Fate.WAITING;

        private Message(int number, boolean mail, Duration due) {
            this.mail = mail;
            this.name = (mail ? "mail-" : "event-") + number;
            this.body = mail ? Bodies.mail(number, "token" + number) : Bodies.event(name);
            this.due = due;
        }

        String name() {
            return name;
        }

        boolean isMail() {
            return mail;
        }

        byte[] body() {
            return body;
        }

        int tries() {
            return tries;
        }

        Fate fate() {
            return fate;
        }
    }

    void accept(boolean mail) {
        messages.add(new Message(messages.size() + 1, mail, now));
    }

    List<Message> messages() {
        return messages;
    }

    /** The message whose try is due next, wherever in time that is. */
    Optional<Message> next() {
        Optional<Message> next = messages.stream().filter(message -> message.fate == Fate.WAITING)
                .min(Comparator.comparing(message -> message.due));
        next.ifPresent(message -> now = message.due.compareTo(now) > 0 ? message.due : now);
        return next;
    }

    /** A try has ended. One that a person asked for, of what is decided already, changes nothing. */
    void responded(Message message, int status) {
        if (message.fate != Fate.WAITING) {
            return;
        }
        message.tries++;
        if (status >= 200 && status < 300) {
            message.fate = Fate.DELIVERED;
        } else if (message.mail) {
            mailRefused(message, status);
        } else if (message.tries > EVENT_WAITS.size()) {
            message.fate = Fate.DISCARDED;
        } else {
            message.due = now.plus(EVENT_WAITS.get(message.tries - 1));
        }
    }

    private void mailRefused(Message message, int status) {
        if (status == 429) {
            message.fate = Fate.LOST;
        } else if (status >= 300 && status < 500 || message.tries == MAIL_TRIES) {
            message.fate = Fate.BOUNCED;
        } else {
            double factor = Math.pow(MAIL_WAIT_GROWTH, message.tries - 1);
            message.due = now.plusMillis((long) (FIRST_MAIL_WAIT.toMillis() * factor));
        }
    }
}
