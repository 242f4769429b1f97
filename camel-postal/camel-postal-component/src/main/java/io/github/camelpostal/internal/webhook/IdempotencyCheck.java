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
package io.github.camelpostal.internal.webhook;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.spi.IdempotentRepository;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recognises duplicates of completed work by their keys in the user's idempotent repository.
 *
 * <p>It is read before the route and written after it, never the other way round: Camel's JDBC repository commits on
 * {@code add}, so a key written beforehand and a crash would lose the mail.
 */
final class IdempotencyCheck {

    private static final Logger LOG = LoggerFactory.getLogger(IdempotencyCheck.class);

    private final @Nullable IdempotentRepository repository;
    private final WebhookCounters counters;
    private final Set<String> unwritten = ConcurrentHashMap.newKeySet();

    /**
     * @param repository null when deduplication is switched off
     */
    IdempotencyCheck(@Nullable IdempotentRepository repository, WebhookCounters counters) {
        this.repository = repository;
        this.counters = counters;
    }

    /**
     * @throws EarlyResponse if it was completed before, or the repository cannot be read
     */
    void check(String key) throws EarlyResponse {
        if (repository == null) {
            return;
        }
        writeTheUnwritten(repository);
        if (unwritten.contains(key) || isStored(repository, key)) {
            throw new EarlyResponse(WebhookResponse.DUPLICATE);
        }
    }

    /** Never fails: what cannot be stored now is kept and stored with the next request. */
    void remember(String key) {
        if (repository != null && !store(repository, key)) {
            unwritten.add(key);
        }
    }

    /** The last attempt to store what could not be stored. */
    void close() {
        if (repository != null) {
            writeTheUnwritten(repository);
        }
        if (!unwritten.isEmpty()) {
            LOG.error(
                    "The keys of {} completed requests could not be stored in the idempotent repository; if Postal sends them again,"
                            + " the route runs again",
                    unwritten.size());
        }
    }

    private static boolean isStored(IdempotentRepository repository, String key) throws EarlyResponse {
        try {
            return repository.contains(key);
        } catch (RuntimeException e) {
            LOG.error("The idempotent repository cannot be read; Postal will try again", e);
            throw new EarlyResponse(WebhookResponse.REPOSITORY_UNREADABLE);
        }
    }

    private void writeTheUnwritten(IdempotentRepository repository) {
        for (String key : unwritten) {
            if (!store(repository, key)) {
                return;
            }
            unwritten.remove(key);
        }
    }

    private boolean store(IdempotentRepository repository, String key) {
        try {
            repository.add(key);
            repository.confirm(key);
            return true;
        } catch (RuntimeException e) {
            counters.keyNotStored();
            LOG.error("The key {} of a completed request cannot be stored in the idempotent repository; it is kept in"
                    + " memory and written again later", key, e);
            return false;
        }
    }
}
