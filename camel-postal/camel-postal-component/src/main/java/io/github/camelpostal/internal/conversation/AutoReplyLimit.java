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
package io.github.camelpostal.internal.conversation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Callable;

import io.github.camelpostal.internal.jdbc.DatabaseThreads;
import org.apache.camel.spi.IdempotentRepository;

/**
 * Lets a number of automatic replies a day go to one address. It is what ends a loop with a program that declares itself in
 * no header field: after the first exchange of the day nothing goes back.
 * <p>
 * Any idempotent repository does: each reply takes one of the day's slots by adding its key, which the repository does
 * atomically, so nodes that share a repository share the limit. Keys contain a hash and no address. They are of no use
 * after their day (UTC); a repository without an expiry of its own grows.
 * <p>
 * What follows a plus in the local part is not looked at. Helpdesks write from an address of its own for each ticket, and
 * two of them that open a ticket for every mail would never reach the limit.
 */
public final class AutoReplyLimit {

    private static final int HASH_BYTES = 16;

    private final IdempotentRepository repository;
    private final int perDay;
    private final Clock clock;
    private final DatabaseThreads threads = new DatabaseThreads("postal-auto-replies");

    /**
     * @param perDay how many a day and address; 0 lets none go
     */
    public AutoReplyLimit(IdempotentRepository repository, int perDay, Clock clock) {
        if (perDay < 0) {
            throw new IllegalArgumentException("autoReplyLimit must not be negative");
        }
        this.repository = repository;
        this.perDay = perDay;
        this.clock = clock;
    }

    /** A reply that may be sent. Given back if it was not. */
    public record Slot(String key) {
    }

    /**
     * Takes one of the slots of an address.
     *
     * @param  address bare or with a display name; case does not matter
     * @return         empty if the day's limit is reached, or if there is no address to reply to
     */
    public Optional<Slot> take(String address) {
        return MailAddress.find(address).flatMap(this::takeSlot);
    }

    /** Gives a slot back, because the reply was certainly not sent. */
    public void giveBack(Slot slot) {
        apart(() -> repository.remove(slot.key()));
    }

    /** A repository in a database would take part in the route's transaction, and a reply that went out would not count. */
    private boolean apart(Callable<Boolean> work) {
        return threads.run(work, e -> new IllegalStateException("Nobody waits for autoReplyRepository any longer", e));
    }

    private Optional<Slot> takeSlot(MailAddress address) {
        String prefix = "auto-reply/" + LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC) + '/' + hash(address.withoutTag())
                + '/';
        for (int number = 1; number <= perDay; number++) {
            Slot slot = new Slot(prefix + number);
            if (apart(() -> repository.add(slot.key()))) {
                return Optional.of(slot);
            }
        }
        return Optional.empty();
    }

    private static String hash(MailAddress address) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(address.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(hash, HASH_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
