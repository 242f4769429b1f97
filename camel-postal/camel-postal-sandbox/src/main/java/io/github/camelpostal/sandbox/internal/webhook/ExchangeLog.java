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
package io.github.camelpostal.sandbox.internal.webhook;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

import io.github.camelpostal.sandbox.internal.store.ChangeNotifier;

/** Every request that went out for one mail server with its response, oldest first. */
public final class ExchangeLog {
    private final Queue<PostalExchange> posts = new ConcurrentLinkedQueue<>();
    private final Map<Long, Queue<PostalExchange>> byMail = new ConcurrentHashMap<>();
    private final ChangeNotifier changes;

    public ExchangeLog(ChangeNotifier changes) {
        this.changes = changes;
    }

    /** A copy. */
    public List<PostalExchange> all() {
        return List.copyOf(posts);
    }

    /** Those about this message, events and the mail itself. */
    public List<PostalExchange> about(long mailId) {
        Queue<PostalExchange> found = byMail.get(mailId);
        return found == null ? List.of() : List.copyOf(found);
    }

    /** The oldest one that fits. */
    public Optional<PostalExchange> find(Predicate<PostalExchange> wanted) {
        return posts.stream().filter(wanted).findFirst();
    }

    /** Forgets all of them. */
    public void clear() {
        posts.clear();
        byMail.clear();
        changes.happened();
    }

    /** Called when what follows from the response has been recorded too, so that whoever waits for it sees everything. */
    public void add(PostalExchange post) {
        posts.add(post);
        if (post.request().mailId() > 0) {
            byMail.computeIfAbsent(post.request().mailId(), any -> new ConcurrentLinkedQueue<>()).add(post);
        }
        changes.happened();
    }
}
