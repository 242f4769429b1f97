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

import io.github.camelpostal.payload.PostalPayload;

/**
 * Sees every verified event and mail before the consumer's own filters, also those that never reach the route: what the
 * sending side learns from events must not depend on what the route is for. Duplicates come again.
 */
@FunctionalInterface
public interface PayloadObserver {

    /**
     * Called on the consumer's threads, several at a time; its time counts against {@code processingTimeout}. Any other
     * exception is logged, and the request goes on.
     *
     * @throws EarlyResponse if the request must not go on
     */
    void observe(PostalPayload payload) throws EarlyResponse;
}
