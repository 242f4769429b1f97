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

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A complete send left this side, and no complete, understandable success or refusal came back: a time-out, a reset, HTTP
 * 5xx, something that is not Postal's JSON. Postal stores recipients one by one and has no idempotency key (protocol 2.7),
 * so none, some or all of them may be queued. Repeat it only where a duplicate is acceptable.
 *
 * <p>Each recipient is in one of {@link #accepted()}, {@link #missing()} and {@link #unknown()}. Where nobody has looked the
 * message up at Postal, all of them are unknown.
 */
public final class PostalUncertainException extends PostalException {

    private static final long serialVersionUID = 1L;

    // transient would lose them, and a Set is no Serializable by its type: all that is passed in is copied to one that is
    private final LinkedHashSet<String> accepted;
    private final LinkedHashSet<String> missing;
    private final LinkedHashSet<String> unknown;

    /** @param unknown the bare addresses of all recipients, of none of which anything is known */
    public PostalUncertainException(String operation, @Nullable String rawCode, int httpStatus, String text,
            Set<String> unknown, @Nullable Throwable cause) {
        this(operation, rawCode, httpStatus, text, Set.of(), Set.of(), unknown, cause);
    }

    /** Where the message was looked up at Postal; addresses are bare. */
    public PostalUncertainException(String operation, @Nullable String rawCode, int httpStatus, String text,
            Set<String> accepted, Set<String> missing, Set<String> unknown, @Nullable Throwable cause) {
        super(operation, rawCode, httpStatus, text, cause);
        this.accepted = new LinkedHashSet<>(accepted);
        this.missing = new LinkedHashSet<>(missing);
        this.unknown = new LinkedHashSet<>(unknown);
    }

    /** The bare addresses for which Postal has the message; unmodifiable. */
    public Set<String> accepted() {
        return Collections.unmodifiableSet(accepted);
    }

    /** The bare addresses for which Postal was seen not to have the message; unmodifiable. */
    public Set<String> missing() {
        return Collections.unmodifiableSet(missing);
    }

    /** The bare addresses of which it is not known whether Postal has the message; unmodifiable. */
    public Set<String> unknown() {
        return Collections.unmodifiableSet(unknown);
    }
}
