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
package io.github.camelpostal.internal.webhook;

import java.util.Optional;

import io.github.camelpostal.internal.signature.SignatureHeaders;

/**
 * What is kept of a request once its body is complete: it must outlive the request, which ends with the answer.
 *
 * @param contentType null when the request has none
 * @param store       where the body and all that is decoded from it lie
 */
record Delivery(String contentType, SignatureHeaders signature, Stored body, DeliveryStore store) {

    static Delivery of(HttpRequest request, Stored body, DeliveryStore store) {
        SignatureHeaders signature = new SignatureHeaders(
                request.header(SignatureHeaders.SHA256_HEADER),
                request.header(SignatureHeaders.SHA1_HEADER),
                request.header(SignatureHeaders.KEY_ID_HEADER));
        return new Delivery(request.header("Content-Type").orElse(null), signature, body, store);
    }

    /** The content type in one of the two spellings that Postal uses, so that a relay can hand it on. */
    Optional<String> knownContentType() {
        if (contentType == null) {
            return Optional.empty();
        }
        boolean form = contentType.regionMatches(true, 0, "application/x-www-form-urlencoded", 0, 33);
        return Optional.of(form ? "application/x-www-form-urlencoded" : "application/json");
    }

    void letGo() {
        store.letGo();
    }
}
