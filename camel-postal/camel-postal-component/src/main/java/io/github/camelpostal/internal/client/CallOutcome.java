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

import java.util.Locale;

import io.github.camelpostal.api.PostalAccessException;
import io.github.camelpostal.api.PostalRejectedException;
import io.github.camelpostal.api.PostalUnavailableException;
import io.github.camelpostal.api.PostalUncertainException;
import org.jspecify.annotations.Nullable;

/** What became of a call, as spans, meters, JMX and the console name it: the public exceptions, one word each. */
public enum CallOutcome {

    SUCCESS,
    /** {@link PostalRejectedException}, whether Postal or the component refused. */
    REJECTED,
    /** {@link PostalAccessException}. */
    NO_ACCESS,
    /** {@link PostalUnavailableException}. */
    UNAVAILABLE,
    /** {@link PostalUncertainException}. */
    UNCERTAIN,
    /** Something else failed, such as a body that cannot be read. */
    ERROR;

    /** @param failure null for none */
    public static CallOutcome of(@Nullable Throwable failure) {
        if (failure == null) {
            return SUCCESS;
        }
        if (failure instanceof PostalRejectedException) {
            return REJECTED;
        }
        if (failure instanceof PostalAccessException) {
            return NO_ACCESS;
        }
        if (failure instanceof PostalUnavailableException) {
            return UNAVAILABLE;
        }
        return failure instanceof PostalUncertainException ? UNCERTAIN : ERROR;
    }

    /** The name in meters, spans and the console. */
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }
}
