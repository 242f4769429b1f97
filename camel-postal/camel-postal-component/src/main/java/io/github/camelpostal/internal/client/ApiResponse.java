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
package io.github.camelpostal.internal.client;

import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.PostalException;
import org.jspecify.annotations.Nullable;

/**
 * A response that is Postal's (protocol 2.3).
 */
sealed interface ApiResponse<T> {

    /** What the call was made for. */
    T dataOf(ApiCall call) throws PostalException;

    /** The call did what it says. */
    record Success<T>(T data) implements ApiResponse<T> {

        @Override
        public T dataOf(ApiCall call) {
            return data;
        }
    }

    /**
     * Postal refused.
     *
     * @param code      known or {@link PostalErrorCode#UNKNOWN}
     * @param rawCode   as Postal wrote it
     * @param parameter the parameter that it complains about, or null
     */
    record Refusal<T>(PostalErrorCode code, String rawCode, @Nullable String parameter) implements ApiResponse<T> {

        @Override
        public T dataOf(ApiCall call) throws PostalException {
            throw ExceptionMapper.refused(call, this);
        }
    }
}
