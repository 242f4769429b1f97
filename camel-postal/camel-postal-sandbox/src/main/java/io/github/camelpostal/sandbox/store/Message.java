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
package io.github.camelpostal.sandbox.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One stored message, which always has exactly one recipient (contract 1). Immutable: a change makes a new one.
 *
 * @param id      counted per mail server, shared by both directions
 * @param token   16 letters or digits
 * @param arrival the message as it came in
 * @param state   what has become of it
 */
public record Message(long id, String token, Instant timestamp, Arrival arrival, State state) {

    /**
     * What changes after arrival.
     *
     * @param raw        the mail with the headers that Postal has added
     * @param tag        may be read from {@code X-Postal-Tag} when dequeued; null without one
     * @param inspected  whether it was looked at for spam: incoming mail that was not a matched bounce
     * @param holdExpiry null unless held
     */
    public record State(byte[] raw, String tag, boolean inspected, List<Delivery> deliveries, Instant holdExpiry,
            List<Visit> visits) {
        public State {
            deliveries = List.copyOf(deliveries);
            visits = List.copyOf(visits);
        }

        public State withRaw(byte[] newRaw) {
            return new State(newRaw, tag, inspected, deliveries, holdExpiry, visits);
        }

        public State withTag(String newTag) {
            return new State(raw, newTag, inspected, deliveries, holdExpiry, visits);
        }

        public State afterInspection() {
            return new State(raw, tag, true, deliveries, holdExpiry, visits);
        }

        State with(Delivery delivery, Instant newHoldExpiry) {
            return new State(raw, tag, inspected, append(deliveries, delivery), newHoldExpiry, visits);
        }

        State with(Visit visit) {
            return new State(raw, tag, inspected, deliveries, holdExpiry, append(visits, visit));
        }

        private static <T> List<T> append(List<T> list, T last) {
            List<T> longer = new ArrayList<>(list);
            longer.add(last);
            return longer;
        }
    }

    /**
     * Somebody opened the mail or followed one of its links.
     *
     * @param url the link; null when the mail was opened
     */
    public record Visit(String url, String ipAddress, String userAgent, Instant timestamp) {
    }

    public Direction direction() {
        return arrival.direction();
    }

    public Status status() {
        List<Delivery> rows = state.deliveries();
        return rows.isEmpty() ? Status.PENDING : rows.get(rows.size() - 1).attempt().status();
    }

    /** In Postal's words: incoming mail is always inspected, by default without a scanner (recorded). */
    public String spamStatus() {
        return state.inspected() ? "NotSpam" : "NotChecked";
    }

    /** Size in bytes when it arrived; what Postal prepends later does not count (contract 4.4). */
    public long size() {
        return arrival.raw().length;
    }

    Message with(State newState) {
        return new Message(id, token, timestamp, arrival, newState);
    }
}
