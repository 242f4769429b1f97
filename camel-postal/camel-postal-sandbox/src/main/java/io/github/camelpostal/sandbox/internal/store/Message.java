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
package io.github.camelpostal.sandbox.internal.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One stored message, which always has exactly one recipient (protocol 1). Immutable: a change makes a new one.
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
     * @param inspection what the look for spam gave
     * @param holdExpiry null unless held
     */
    public record State(byte[] raw, @Nullable String tag, Inspection inspection, List<Delivery> deliveries,
            @Nullable Instant holdExpiry,
            List<Visit> visits) {
        public State {
            deliveries = List.copyOf(deliveries);
            visits = List.copyOf(visits);
        }

        static State of(Arrival arrival) {
            return new State(arrival.raw(), arrival.tag(), Inspection.NONE, List.of(), null, List.of());
        }

        /** Incoming mail that was not a matched bounce always is (protocol 4.1). */
        public boolean inspected() {
            return inspection.inspected();
        }

        public State withRaw(byte[] newRaw) {
            return new State(newRaw, tag, inspection, deliveries, holdExpiry, visits);
        }

        public State withTag(String newTag) {
            return new State(raw, newTag, inspection, deliveries, holdExpiry, visits);
        }

        public State withInspection(Inspection newInspection) {
            return new State(raw, tag, newInspection, deliveries, holdExpiry, visits);
        }

        State with(Delivery delivery, @Nullable Instant newHoldExpiry) {
            return new State(raw, tag, inspection, append(deliveries, delivery), newHoldExpiry, visits);
        }

        State with(Visit visit) {
            return new State(raw, tag, inspection, deliveries, holdExpiry, append(visits, visit));
        }

        private static <T> List<T> append(List<T> list, T last) {
            List<T> longer = new ArrayList<>(list);
            longer.add(last);
            return longer;
        }
    }

    /**
     * What the look for spam gave.
     *
     * @param spam whether the score was above the server's threshold
     */
    public record Inspection(boolean inspected, boolean spam, double score) {
        /** Not looked at. */
        public static final Inspection NONE = new Inspection(false, false, 0);
    }

    /**
     * Somebody opened the mail or followed one of its links.
     *
     * @param url the link; null when the mail was opened
     */
    public record Visit(@Nullable String url, String ipAddress, @Nullable String userAgent, Instant timestamp) {
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
        if (!state.inspected()) {
            return "NotChecked";
        }
        return state.inspection().spam() ? "Spam" : "NotSpam";
    }

    /** Size in bytes when it arrived; what Postal prepends later does not count (protocol 4.4). */
    public long size() {
        return arrival.raw().length;
    }

    Message with(State newState) {
        return new Message(id, token, timestamp, arrival, newState);
    }
}
