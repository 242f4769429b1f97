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

import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** Makes and opens the tokens of unsubscribe links: encrypted, so that a link in a log or a proxy shows no address. */
public interface UnsubscribeTokens {

    /**
     * Who leaves what.
     *
     * @param stream null: all mail
     */
    record Target(String address, @Nullable String stream) {
    }

    /** Letters, digits, {@code -}, {@code _} and {@code .} only. */
    String seal(Target target);

    /** Empty if the token is not one that we made for this purpose, or was changed. */
    Optional<Target> open(String token);
}
