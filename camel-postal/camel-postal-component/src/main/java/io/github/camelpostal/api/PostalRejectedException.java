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

import org.jspecify.annotations.Nullable;

/**
 * This message or id is refused, and will be each time: by Postal, by a size limit in front of it, or by us before a call
 * was made. Do not repeat it; the message must change.
 */
public final class PostalRejectedException extends PostalException {

    private static final long serialVersionUID = 1L;

    private final PostalErrorCode code;

    public PostalRejectedException(String operation, PostalErrorCode code, @Nullable String rawCode, int httpStatus,
            String text,
            @Nullable Throwable cause) {
        super(operation, rawCode, httpStatus, text, cause);
        this.code = code;
    }

    /**
     * Refused before any call was made.
     *
     * @param operation as in {@link #operation()}
     * @param detail    what is wrong and what to do, in one clause that holds no address and nothing of the message; null
     *                  for {@link PostalErrorCode#meaning()}
     */
    public static PostalRejectedException beforeCall(String operation, PostalErrorCode code, @Nullable String detail) {
        return beforeCall(operation, code, detail, null);
    }

    /** As {@link #beforeCall(String, PostalErrorCode, String)}, with what went wrong underneath. */
    public static PostalRejectedException beforeCall(String operation, PostalErrorCode code, @Nullable String detail,
            @Nullable Throwable cause) {
        String text = operation + " refused before the call: " + code.postalName() + ", "
                + (detail == null ? code.meaning() : detail);
        return new PostalRejectedException(operation, code, code.postalName(), 0, text, cause);
    }

    /** The reason; {@link PostalErrorCode#UNKNOWN} when Postal used a code that this version does not know. */
    public PostalErrorCode code() {
        return code;
    }
}
