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

import java.util.concurrent.CompletionStage;

/** Handles the requests to a mounted path. */
@FunctionalInterface
public interface WebhookHandler {

    /** The methods that this path is for, as a list with commas. Requests with others are handed over all the same. */
    default String methods() {
        return "POST";
    }

    /**
     * Takes a request whose head has arrived. Neither blocks nor throws.
     *
     * @return the response, which comes at the latest when Postal stops waiting for it (protocol 4.4)
     */
    CompletionStage<? extends HttpResponse> handle(WebhookRequest request);
}
