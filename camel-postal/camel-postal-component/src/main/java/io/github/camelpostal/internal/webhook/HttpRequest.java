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

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;

/**
 * One request as the HTTP server hands it over: its head is here, its body may still be on the way.
 *
 * <p>Valid only until the request is answered. Nothing of it may reach an exchange of the route except through the steps
 * of {@link Receiver}.
 */
public interface HttpRequest {

    /** The HTTP method in upper case. */
    String method();

    /** The first value of a header, whatever the case of its name. */
    Optional<String> header(String name);

    /** How long ago the head of the request arrived. */
    Duration age();

    /**
     * The bytes of the body exactly as sent. Every call returns the same stream, so that who stops reading can let
     * another one throw the rest away.
     *
     * @param deadline        where the server allows it, reading ends with an {@link java.io.InterruptedIOException}
     *                        when it has passed
     * @throws    IOException if the body cannot be read
     */
    InputStream body(Deadline deadline) throws IOException;

    /** Has the connection closed after the answer, because a part of the body was left unread. */
    void closeAfterAnswer();
}
