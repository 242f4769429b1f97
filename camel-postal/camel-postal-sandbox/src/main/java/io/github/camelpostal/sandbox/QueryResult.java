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

import java.time.Duration;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.github.camelpostal.sandbox.internal.store.ChangeNotifier;

/**
 * What the sandbox has of something at one moment, narrowed step by step. Immutable: each step gives a new list, and waiting
 * gives the list of the moment at which it ended.
 *
 * @param <T> what it is a list of
 * @param <S> the list's own type
 */
public abstract sealed class QueryResult<T, S extends QueryResult<T, S>> extends AbstractList<T>
        permits StoredMails, WebhookRequests {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final ChangeNotifier changes;
    private final Supplier<List<T>> source;
    private final String wanted;
    private final Predicate<T> fits;
    private final List<T> all;
    private final List<T> fitting;

    /** @param wanted what is looked for, in words */
    QueryResult(ChangeNotifier changes, Supplier<List<T>> source, String wanted, Predicate<T> fits) {
        this.changes = changes;
        this.source = source;
        this.wanted = wanted;
        this.fits = fits;
        this.all = source.get();
        this.fitting = all.stream().filter(fits).toList();
    }

    abstract S of(ChangeNotifier newChanges, Supplier<List<T>> newSource, String newWanted, Predicate<T> newFits);

    /** How one of them is called in a failure message: never with its content. */
    abstract String name(T one);

    /** Only those that fit. */
    final S narrowed(String description, Predicate<T> also) {
        return of(changes, source, wanted + " " + description, fits.and(also));
    }

    @Override
    public final T get(int index) {
        return fitting.get(index);
    }

    @Override
    public final int size() {
        return fitting.size();
    }

    /**
     * The one that there is.
     *
     * @throws AssertionError when there is none, or more than one; it names what there is
     */
    public final T only() {
        hasSize(1);
        return fitting.get(0);
    }

    /**
     * The newest.
     *
     * @throws AssertionError when there is none; it names what there is
     */
    public final T latest() {
        if (fitting.isEmpty()) {
            throw failure("one or more");
        }
        return fitting.get(fitting.size() - 1);
    }

    /** @throws AssertionError when there are more or fewer; it names what there is */
    public final S hasSize(int expected) {
        if (fitting.size() != expected) {
            throw failure(Integer.toString(expected));
        }
        return of(changes, source, wanted, fits);
    }

    /** @throws AssertionError when there is one; it names what there is */
    public final S isNone() {
        return hasSize(0);
    }

    /**
     * Waits up to a minute until there is at least one. In virtual time another thread must let it pass.
     *
     * @throws AssertionError when there is none in time; it names what there is
     */
    public final S await() {
        return await(1);
    }

    /** The same until there are so many, or more. */
    public final S await(int count) {
        return await(count, TIMEOUT);
    }

    /** The same for so long. */
    public final S await(int count, Duration timeout) {
        return changes.await(() -> Optional.of(of(changes, source, wanted, fits)).filter(now -> now.size() >= count), timeout)
                .orElseThrow(() -> of(changes, source, wanted, fits)
                        .failure("at least " + count + ", after " + timeout.toMillis() + " ms,"));
    }

    final AssertionError failure(String expected) {
        return new AssertionError("Expected " + expected + " " + wanted + ", but there "
                + (fitting.size() == 1 ? "is 1" : "are " + fitting.size()) + ": " + names(fitting)
                + ". There are in all: " + names(all));
    }

    private String names(List<T> list) {
        return list.isEmpty() ? "none" : list.stream().map(this::name).collect(Collectors.joining("; "));
    }
}
