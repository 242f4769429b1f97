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
package io.github.camelpostal.api;

/**
 * A complete send left this side, and no complete, understandable success or refusal came back: a time-out, a reset, HTTP
 * 5xx, something that is not Postal's JSON. Postal stores recipients one by one and has no idempotency key (contract 2.7),
 * so none, some or all of them may be queued. Repeat it only where a duplicate is acceptable.
 */
public final class PostalUncertainException extends PostalException {

    private static final long serialVersionUID = 1L;

    public PostalUncertainException(String operation, String rawCode, int httpStatus, String text, Throwable cause) {
        super(operation, rawCode, httpStatus, text, cause);
    }
}
