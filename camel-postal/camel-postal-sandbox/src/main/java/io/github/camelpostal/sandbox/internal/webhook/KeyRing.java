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
package io.github.camelpostal.sandbox.internal.webhook;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * The key in use. A new RSA key takes a noticeable part of a second, so that it is made beside the start and waited for by the
 * first who needs it.
 */
public final class KeyRing {
    private volatile CompletableFuture<SigningKey> current;
    private volatile @Nullable SigningKey wrong;

    public KeyRing(CompletableFuture<SigningKey> first) {
        this.current = first;
    }

    /** The key that is published. */
    public SigningKey current() {
        return current.join();
    }

    /** The key that signs: the published one, unless it is told otherwise. */
    SigningKey signing() {
        SigningKey other = wrong;
        return other == null ? current() : other;
    }

    /** From now on, without overlap, as a restarted Postal does it (protocol 6.3). */
    public void replace(SigningKey key) {
        current = CompletableFuture.completedFuture(key);
    }

    /**
     * Signs with a key that is not published, as when the workers of an installation have another key than its web process
     * (protocol 6.3).
     *
     * @param key null for the published one again
     */
    public void signWith(@Nullable SigningKey key) {
        wrong = key;
    }
}
