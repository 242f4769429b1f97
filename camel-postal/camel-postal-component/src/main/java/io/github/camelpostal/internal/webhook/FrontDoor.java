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

import java.time.Duration;
import java.util.Optional;

/**
 * Where a path can be mounted, so that what Postal posts there is handed to us.
 *
 * <p>An application may keep one of its own in the registry, which then comes before Camel's HTTP server: it gets at the
 * requests before anybody else has read, parsed, checked or routed them.
 */
public interface FrontDoor {

    /**
     * From now on hands over every request to the path and to those below it, in place of whoever had them before, and
     * for as long as the server accepts connections: Postal takes a 404 as final and bounces the mail (contract 4.5).
     *
     * @throws Exception if the server does not let us
     */
    void mount(String path, Receptionist receptionist) throws Exception;

    /** Who says what a request is answered. Never throws. */
    interface Receptionist {

        /** The answer to a request, whatever its method, to exactly the mounted path. */
        Answer at(HttpRequest request);

        /** The answer to a request, whatever its method, to this path below the mounted one. */
        Answer below(String requestPath, HttpRequest request);

        /**
         * How long a request with so many bytes may take, its body included, when its body is handed over in one piece; empty
         * when the body is too large for that.
         */
        Optional<Duration> patience(long bodyLength);

        /** The answer where a body that was to be handed over in one piece did not arrive in full. */
        Answer incomplete();

        /** The same as {@link #at(HttpRequest)} without a thread that waits: the body has arrived, the answer comes later. */
        Reply at(HttpRequest request, byte[] body);
    }
}
