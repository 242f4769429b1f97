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
package io.github.camelpostal;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The producers and consumers of a component that run at the moment, for {@link PostalDevConsole}. */
final class RunningParts {

    private final Set<Object> parts = ConcurrentHashMap.newKeySet();

    void add(Object part) {
        parts.add(part);
    }

    void remove(Object part) {
        parts.remove(part);
    }

    <T> List<T> of(Class<T> type) {
        return parts.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
