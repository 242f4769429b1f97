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

import java.util.concurrent.CompletionException;

/**
 * Ends the processing of a request before its route: the response is known. Without a stack trace, because it reports a
 * decision and no error.
 */
public final class EarlyResponse extends Exception {

    private static final long serialVersionUID = 1L;

    private final WebhookResponse response;

    public EarlyResponse(WebhookResponse response) {
        super(response.name(), null, false, false);
        this.response = response;
    }

    /** The response that a failed stage asks for. */
    static WebhookResponse in(Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        return cause instanceof EarlyResponse early ? early.response : WebhookResponse.BROKEN;
    }

    WebhookResponse response() {
        return response;
    }
}
