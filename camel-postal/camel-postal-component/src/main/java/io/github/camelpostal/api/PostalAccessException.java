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
 * No message will pass until someone acts: a missing or unknown key, a wrong {@code Host} (403), a wrong URL (404, 405, a
 * redirect), a suspended mail server, a certificate that is not trusted. Repeat at long intervals or not at all.
 */
public final class PostalAccessException extends PostalException {

    private static final long serialVersionUID = 1L;

    public PostalAccessException(String operation, @Nullable String rawCode, int httpStatus, String text,
            @Nullable Throwable cause) {
        super(operation, rawCode, httpStatus, text, cause);
    }
}
