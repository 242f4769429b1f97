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
package io.github.camelpostal.internal.suppression;

import java.util.Map;

import io.github.camelpostal.suppression.RecipientEvent;
import org.jspecify.annotations.Nullable;

/**
 * What the page gives back.
 *
 * @param status  200, 404, 405 or 503
 * @param headers all that matter, Content-Type among them
 * @param body    a page in UTF-8; empty text for HEAD
 * @param left    who left what by this request; null if nobody did
 */
public record UnsubscribeResponse(int status, Map<String, String> headers, String body,
        RecipientEvent.@Nullable Unsubscription left) {

    /** Without the address, so that it may be logged. */
    @Override
    public String toString() {
        return "UnsubscribeResponse[" + status + "]";
    }
}
