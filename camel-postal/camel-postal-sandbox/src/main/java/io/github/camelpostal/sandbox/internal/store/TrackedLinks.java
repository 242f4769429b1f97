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

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Which link of which message a link token stands for. In memory only: after a restart the old links are unknown. */
public final class TrackedLinks {
    private final Map<String, Link> byToken = new ConcurrentHashMap<>();

    /**
     * A link of a mail that was rewritten.
     *
     * @param token     stands in the rewritten link
     * @param messageId the message that it stood in
     * @param url       where it led
     */
    public record Link(String token, long messageId, String url) {
    }

    public void add(Link link) {
        byToken.put(link.token(), link);
    }

    public Optional<Link> find(String token) {
        return Optional.ofNullable(byToken.get(token));
    }

    /** The link of this message to this URL, if it has one. */
    public Optional<Link> find(long messageId, String url) {
        return byToken.values().stream().filter(link -> link.messageId() == messageId && link.url().equals(url)).findFirst();
    }
}
