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
import io.github.camelpostal.api.PostalRejectedException;
import org.jspecify.annotations.Nullable;

/**
 * A message that is refused before any call, on its way to becoming a {@link PostalRejectedException}: where it is thrown, the
 * operation is not known.
 *
 * <p>
 * Its text names the field and the remedy, and never holds an address or anything else of the message.
 */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final PostalErrorCode code;

    public Refusal(PostalErrorCode code, String text) {
        this(code, text, null);
    }

    public Refusal(PostalErrorCode code, String text, @Nullable Throwable cause) {
        super(text, cause);
        this.code = code;
    }

    /** What users see of it. */
    public PostalRejectedException by(String operation) {
        return PostalRejectedException.beforeCall(operation, code, getMessage(), getCause());
    }
}
