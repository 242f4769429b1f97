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
package io.github.camelpostal.sandbox.internal.store;

import java.net.URI;
import java.util.Set;

/**
 * Where events are sent (protocol 5.1).
 *
 * @param events the names of those that are; empty for all. The two about send limits reach only webhooks for all events
 */
public record Webhook(URI url, Set<String> events) {
    public Webhook {
        events = Set.copyOf(events);
    }

    /** For all events. */
    public static Webhook of(URI url) {
        return new Webhook(url, Set.of());
    }

    public boolean wants(String event) {
        return events.isEmpty() || events.contains(event) && !event.startsWith("SendLimit");
    }
}
