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

import java.time.Duration;
import java.time.Instant;

import io.github.camelpostal.sandbox.internal.store.MailServer;
import io.github.camelpostal.sandbox.internal.webhook.Event;

/**
 * Watches over a mail server's send limit: outgoing messages in a rolling hour, events at 90 % and at 100 %, each at most once
 * an hour (protocol 2.14).
 */
final class SendLimit {
    private static final double APPROACHING = 0.9;
    private static final Duration AT_MOST_ONCE_IN = Duration.ofHours(1);

    private final MailServer server;
    private final EventSender events;
    private Instant toldApproaching = Instant.MIN;
    private Instant toldExceeded = Instant.MIN;

    SendLimit(MailServer server, EventSender events) {
        this.server = server;
        this.events = events;
    }

    /** Whether one more message may go out now; if so, it is counted. */
    synchronized boolean allowsOneMore(Instant now) {
        Integer limit = server.settings().sendLimit();
        int volume = server.sendVolume().lastHour(now);
        if (limit != null && volume >= limit) {
            if (isDue(toldExceeded, now)) {
                toldExceeded = now;
                events.fire(Event.sendLimit("SendLimitExceeded", server.identity(), volume, limit));
            }
            return false;
        }
        if (limit != null && volume >= limit * APPROACHING && isDue(toldApproaching, now)) {
            toldApproaching = now;
            events.fire(Event.sendLimit("SendLimitApproaching", server.identity(), volume, limit));
        }
        server.sendVolume().count(now);
        return true;
    }

    private static boolean isDue(Instant told, Instant now) {
        return told.equals(Instant.MIN) || !now.isBefore(told.plus(AT_MOST_ONCE_IN));
    }
}
