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

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;

/**
 * One read after the other, whoever asks: the scan, and every exchange that looks whether its mark still holds. After an outage
 * many keys are uncertain at once, and Postal has five web threads (protocol 2.1), which mails need.
 *
 * @param turn shared by all that read from one mail server
 */
record ReadsInTurn(MessageRows rows, Lock turn) implements MessageRows {

    /** A read that is given up goes on at Postal and holds its web thread there, while the next one begins. */
    private static final Duration SHORTEST = Duration.ofMillis(500);

    @Override
    public Optional<MessageRow> read(long id, Duration atMost) {
        long began = System.nanoTime();
        try {
            if (!turn.tryLock(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new RowsUnavailableException(new TimeoutException("Others read all the time"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RowsUnavailableException(e);
        }
        try {
            Duration left = atMost.minusNanos(System.nanoTime() - began);
            if (left.compareTo(SHORTEST) < 0) {
                throw new RowsUnavailableException(new TimeoutException("Too little time is left for another read"));
            }
            return rows.read(id, left);
        } finally {
            turn.unlock();
        }
    }
}
