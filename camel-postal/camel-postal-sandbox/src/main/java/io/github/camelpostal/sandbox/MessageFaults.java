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
package io.github.camelpostal.sandbox;

import io.github.camelpostal.sandbox.internal.delivery.ServerRuntime;

/**
 * Makes the rows of one mail server look as they may look in a real Postal when something went wrong or others were sending too:
 * what a client that looks for its own messages by id must be able to bear. Everything is off at first and may be changed at any
 * time, from any thread. It concerns messages that are sent by API.
 *
 * <pre>{@code
 * server.faults().interleaveOtherSenders(3); // ids of one call are not consecutive
 * server.faults().storeTwice(1);             // the next message is there twice
 * server.faults().clear();
 * }</pre>
 */
public final class MessageFaults {
    private final ServerRuntime runtime;

    MessageFaults(ServerRuntime runtime) {
        this.runtime = runtime;
    }

    /** The next message gets an id so much higher than usual, as after inserts that were rolled back. */
    public void skipIds(int count) {
        runtime.messageFaults().skipIds(notNegative(count));
    }

    /** From now on each message is followed by so many of other senders, which are sent like any other; 0 ends it. */
    public void interleaveOtherSenders(int messages) {
        runtime.messageFaults().interleave(notNegative(messages));
    }

    /**
     * From now on each message also comes back in, as from a mailing list: an incoming row with the same Message-ID and recipient,
     * with the next id.
     */
    public void copyBackIn(boolean copy) {
        runtime.messageFaults().copyBackIn(copy);
    }

    /** The next so many messages are stored twice and sent twice; the response names the second row only. */
    public void storeTwice(int messages) {
        runtime.messageFaults().storeTwice(notNegative(messages));
    }

    /** The next so many messages are stored but never queued: they stay {@code Pending} until somebody retries them by hand. */
    public void leavePending(int messages) {
        runtime.messageFaults().leavePending(notNegative(messages));
    }

    /**
     * Removes the messages with these ids, of both directions, as at the end of their retention: the API knows them no longer, and
     * what was still to be tried with them is not.
     *
     * @param lastId included
     */
    public void purge(long firstId, long lastId) {
        runtime.store().purge(firstId, lastId);
    }

    /** Ends everything except that what is gone stays gone. */
    public void clear() {
        runtime.messageFaults().clear();
    }

    private static int notNegative(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("A count is not negative: " + count);
        }
        return count;
    }
}
