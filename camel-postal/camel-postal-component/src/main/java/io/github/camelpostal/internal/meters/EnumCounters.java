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
package io.github.camelpostal.internal.meters;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ObjLongConsumer;

/** A counter for each constant of an enum. */
public final class EnumCounters<E extends Enum<E>> {

    private final Map<E, LongAdder> counters;

    public EnumCounters(Class<E> type) {
        counters = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            counters.put(constant, new LongAdder());
        }
    }

    public void increment(E constant) {
        add(constant, 1);
    }

    public void add(E constant, long number) {
        counter(constant).add(number);
    }

    public long get(E constant) {
        return counter(constant).sum();
    }

    /** All in the enum's order, also those that are zero. */
    public void forEach(ObjLongConsumer<E> consumer) {
        counters.forEach((constant, counter) -> consumer.accept(constant, counter.sum()));
    }

    private LongAdder counter(E constant) {
        return Objects.requireNonNull(counters.get(constant));
    }
}
