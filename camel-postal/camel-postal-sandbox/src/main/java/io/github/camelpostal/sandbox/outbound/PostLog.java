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
package io.github.camelpostal.sandbox.outbound;

import java.util.ArrayList;
import java.util.List;

import io.github.camelpostal.sandbox.store.Changes;

/** Every post that went out, oldest first. */
public final class PostLog {
    private final List<Posted> posts = new ArrayList<>();
    private final Changes changes;

    public PostLog(Changes changes) {
        this.changes = changes;
    }

    public synchronized List<Posted> all() {
        return List.copyOf(posts);
    }

    /** Called when what follows from the post has been written down too, so that who waits for it sees everything. */
    public void add(Posted post) {
        synchronized (this) {
            posts.add(post);
        }
        changes.happened();
    }
}
