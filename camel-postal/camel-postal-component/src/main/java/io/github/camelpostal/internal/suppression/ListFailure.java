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

import io.github.camelpostal.suppression.SuppressionListException;

/** What a log may say of a list that failed. */
public final class ListFailure {

    private ListFailure() {
    }

    /** The text of what a list throws on purpose; of anything else the type alone: its text may quote the address. */
    public static String text(RuntimeException failure) {
        return failure instanceof SuppressionListException
                ? String.valueOf(failure.getMessage())
                : failure.getClass().getName();
    }
}
