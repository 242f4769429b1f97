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
package io.github.camelpostal.internal.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

import io.github.camelpostal.internal.ledger.MessageRows.RowsUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks an hour later at messages that were found before any delivery attempt. A Postal that was killed between storing and
 * queueing a message never delivers it, and only a person can queue it again.
 */
final class PendingWatch {

    private static final Logger LOG = LoggerFactory.getLogger(PendingWatch.class);
    private static final Duration TOO_LONG = Duration.ofHours(1);
    private static final int MOST = 1_000;

    private record WatchedMessage(long id, Instant due) {
    }

    private final String mailServer;
    private final MessageRows rows;
    private final Clock clock;
    private final List<WatchedMessage> watched = new ArrayList<>();

    PendingWatch(String mailServer, MessageRows rows, Clock clock) {
        this.mailServer = mailServer;
        this.rows = rows;
        this.clock = clock;
    }

    synchronized void watch(MessageRow row) {
        if (watched.size() < MOST) {
            watched.add(new WatchedMessage(row.id(), clock.instant().plus(TOO_LONG)));
        }
    }

    /** Looks at one message whose hour is over. */
    void look(Duration atMost) {
        due().ifPresent(message -> {
            try {
                if (rows.read(message.id, atMost).filter(MessageRow::pending).isPresent()) {
                    LOG.warn(
                            "Message {} of mail server {} was accepted an hour ago and is still Pending: Postal may never have "
                                    + "queued it; look at it in Postal's web interface",
                            message.id, mailServer);
                }
            } catch (RowsUnavailableException e) {
                synchronized (this) {
                    watched.add(new WatchedMessage(message.id, clock.instant().plus(TOO_LONG)));
                }
            }
        });
    }

    private synchronized Optional<WatchedMessage> due() {
        Instant now = clock.instant();
        for (Iterator<WatchedMessage> all = watched.iterator(); all.hasNext();) {
            WatchedMessage message = all.next();
            if (!now.isBefore(message.due)) {
                all.remove();
                return Optional.of(message);
            }
        }
        return Optional.empty();
    }
}
