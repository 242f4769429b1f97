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

import java.util.Map;

import io.github.camelpostal.payload.PostalPayload;

/** Adds headers of its own to the exchange of an event or a mail. */
@FunctionalInterface
public interface HeaderContributor {

    /**
     * Called once for each exchange, before the route. Any other exception is logged, and the exchange goes on without the
     * headers.
     *
     * @param headers those of the exchange, which may be changed
     * @throws EarlyResponse if the route must not run without the headers
     */
    void contribute(PostalPayload payload, Map<String, Object> headers) throws EarlyResponse;
}
