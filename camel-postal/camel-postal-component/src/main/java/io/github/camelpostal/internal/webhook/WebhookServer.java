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

/**
 * An HTTP server on which a path can be mounted.
 *
 * <p>An application may keep one of its own in the registry, which then comes before Camel's HTTP server: it sees the
 * requests before anybody else has read, parsed, checked or routed them.
 */
public interface WebhookServer {

    /**
     * From now on hands over every request, whatever its method, to the path and to the paths below it, in place of
     * whoever had them before, and for as long as the server accepts connections: Postal takes a 404 as final and bounces
     * the mail (protocol 4.5).
     *
     * @throws Exception if the server refuses
     */
    void mount(String path, WebhookHandler handler) throws Exception;

    /**
     * Refuses what the server would not let through to the handler, because Postal bounces what a server rejects.
     *
     * @throws IllegalArgumentException if the server's own limit is lower; the text names the property to set
     */
    default void requireBodySize(long maxBodySize) {
    }

    /**
     * Refuses to go on with a server that does not listen.
     *
     * @throws IllegalStateException if it does not listen, such as when its port is in use
     */
    default void requireListening() {
    }
}
