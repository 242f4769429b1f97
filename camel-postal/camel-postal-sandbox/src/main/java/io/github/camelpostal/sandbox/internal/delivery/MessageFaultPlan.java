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

/** What goes otherwise than a sender may hope when a call stores its messages; everything is off at first. */
public final class MessageFaultPlan {
    private int idsToSkip;
    private int rowsOfOthers;
    private int twice;
    private int pending;
    private boolean copiesBackIn;

    public synchronized void skipIds(int count) {
        idsToSkip += count;
    }

    public synchronized void interleave(int rows) {
        rowsOfOthers = rows;
    }

    public synchronized void storeTwice(int messages) {
        twice = messages;
    }

    public synchronized void leavePending(int messages) {
        pending = messages;
    }

    public synchronized void copyBackIn(boolean copy) {
        copiesBackIn = copy;
    }

    public synchronized void clear() {
        idsToSkip = 0;
        rowsOfOthers = 0;
        twice = 0;
        pending = 0;
        copiesBackIn = false;
    }

    /** How many ids are left out before the next row. */
    synchronized int takeIdsToSkip() {
        int skip = idsToSkip;
        idsToSkip = 0;
        return skip;
    }

    /** How many rows of other senders come after each row. */
    synchronized int rowsOfOthers() {
        return rowsOfOthers;
    }

    synchronized boolean takeTwice() {
        return twice > 0 && twice-- > 0;
    }

    synchronized boolean takePending() {
        return pending > 0 && pending-- > 0;
    }

    synchronized boolean copiesBackIn() {
        return copiesBackIn;
    }
}
