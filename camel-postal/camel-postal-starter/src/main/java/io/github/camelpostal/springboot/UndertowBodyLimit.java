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
package io.github.camelpostal.springboot;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.handlers.ServletRequestContext;
import org.xnio.Option;

/**
 * Undertow has a largest body of its own, 2 MiB unless configured, and rejects a larger one with 400 before any filter sees
 * it; Postal bounces the mail. So it lets all bodies through, and the limit is put back for what is not ours.
 */
final class UndertowBodyLimit {

    private static final Option<Long> OF_THE_APPLICATION = Option.simple(UndertowBodyLimit.class, "OF_THE_APPLICATION",
            Long.class);
    private static final long NONE = -1;

    private UndertowBodyLimit() {
    }

    /** @param applicationLimit in bytes; not positive when there is none */
    static void lift(Undertow.Builder server, long applicationLimit) {
        server.setServerOption(UndertowOptions.MAX_ENTITY_SIZE, NONE);
        server.setServerOption(OF_THE_APPLICATION, applicationLimit);
    }

    /** For the request of this thread, before its body is read. */
    static void putBack() {
        ServletRequestContext context = ServletRequestContext.current();
        if (context != null) {
            HttpServerExchange exchange = context.getExchange();
            Long limit = exchange.getConnection().getUndertowOptions().get(OF_THE_APPLICATION);
            if (limit != null) {
                exchange.setMaxEntitySize(limit);
            }
        }
    }
}
