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
package io.github.camelpostal.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What really happened in the route, in all lives of the application, and every promise that was broken. */
final class Book {

    private final KeptKeys kept;
    private final Map<String, String> keys = new HashMap<>();
    private final Set<String> running = new HashSet<>();
    private final Set<String> done = new HashSet<>();
    private final Set<String> rejected = new HashSet<>();
    private final Map<String, Integer> runs = new HashMap<>();
    private final List<String> broken = new ArrayList<>();

    Book(KeptKeys kept) {
        this.kept = kept;
    }

    synchronized void began(String name, String key) {
        keys.put(name, key);
        runs.merge(name, 1, Integer::sum);
        if (kept.contains(key)) {
            broken.add("The route ran for " + name + " although its key was recorded");
        }
        if (!running.add(name)) {
            broken.add("The route ran for " + name + " twice at the same time");
        }
    }

    synchronized void ended(String name, boolean isDone, boolean isRejection) {
        running.remove(name);
        if (isDone) {
            done.add(name);
        }
        if (isRejection) {
            rejected.add(name);
        }
    }

    synchronized void processDied() {
        running.clear();
    }

    synchronized void broke(String promise) {
        broken.add(promise);
    }

    /** Whether the route has ever done its work for it; to reject an event is to have done it. */
    synchronized boolean isDone(String name) {
        return done.contains(name);
    }

    synchronized boolean isRejected(String name) {
        return rejected.contains(name);
    }

    synchronized int runs(String name) {
        return runs.getOrDefault(name, 0);
    }

    synchronized List<String> broken() {
        return List.copyOf(broken);
    }

    synchronized boolean isRecorded(String name) {
        return kept.contains(keys.get(name));
    }
}
