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
package io.github.camelpostal.sandbox.internal.smtp;

/**
 * Where an address leads.
 *
 * @param suspended whether its mail server is
 * @param rejecting whether its route is of mode Reject
 */
record RecipientDestination(Kind kind, boolean suspended, boolean rejecting) {

    static RecipientDestination of(Kind kind) {
        return new RecipientDestination(kind, false, false);
    }

    /** How an address is understood (protocol 7). */
    enum Kind {
        /** A server's return path, where bounces come to. */
        RETURN_PATH,
        /** The return-path domain, but no server's token. */
        UNKNOWN_SERVER_TOKEN,
        /** The token of a route, at the domain for that. */
        ROUTE_TOKEN,
        /** That domain, but no route's token. */
        UNKNOWN_ROUTE_TOKEN,
        /** The address of a route. */
        ROUTE,
        /** Somewhere outside. */
        ELSEWHERE
    }
}
