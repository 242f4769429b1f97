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

import io.undertow.servlet.handlers.ServletRequestContext;

/**
 * Undertow has a largest body of its own, 2 MiB unless configured, and rejects a larger one with a status that makes Postal
 * bounce the mail. For requests to our paths {@code maxBodySize} is the limit; those of the application keep theirs.
 */
final class UndertowBodyLimit {

    private static final long NONE = -1;

    private UndertowBodyLimit() {
    }

    /** For the request of this thread, before its body is read. */
    static void lift() {
        ServletRequestContext context = ServletRequestContext.current();
        if (context != null) {
            context.getExchange().setMaxEntitySize(NONE);
        }
    }
}
