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

import java.util.Optional;

/**
 * The three headers with which Postal signs what it posts (protocol 6.1).
 *
 * @param sha256 {@code X-Postal-Signature-256}; Postal sends it since 3.2.0
 * @param sha1   {@code X-Postal-Signature}
 * @param keyId  {@code X-Postal-Signature-Kid}; Postal sends it since 3.2.0
 */
public record SignatureHeaders(Optional<String> sha256, Optional<String> sha1, Optional<String> keyId) {

    public static final String SHA256_HEADER = "X-Postal-Signature-256";
    public static final String SHA1_HEADER = "X-Postal-Signature";
    public static final String KEY_ID_HEADER = "X-Postal-Signature-Kid";
}
