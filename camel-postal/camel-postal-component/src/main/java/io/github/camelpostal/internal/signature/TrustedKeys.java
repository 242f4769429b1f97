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
package io.github.camelpostal.internal.signature;

import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Knows whose signatures count. */
public interface TrustedKeys extends AutoCloseable {

    /** Prepares the keys without waiting for them. */
    default void start() {
    }

    /**
     * The keys that may have made a signature. Never waits: a key that has to be fetched comes later.
     *
     * @param  keyId what the request says about its key; empty means that all keys are candidates
     * @return       empty when no trusted key has that id, else a {@link KeysUnavailableException} if the keys cannot be
     *               fetched at the moment
     */
    CompletionStage<List<RSAPublicKey>> candidates(Optional<String> keyId);

    /** The ids of the keys at hand, as Postal writes them; empty while there are none. Never waits. */
    List<String> keyIds();

    @Override
    default void close() {
    }
}
