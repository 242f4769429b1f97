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
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a request: it must outlive the HTTP request, which ends with its response.
 *
 * @param buffers where the body and all that is decoded from it are buffered
 */
record ReceivedRequest(Head head, BufferedContent body, RequestBuffers buffers) {

    /**
     * What is kept of the request's head. Read when the request arrives, because the server may use the request for another
     * one later.
     *
     * @param contentType null when the request has none
     */
    record Head(@Nullable String contentType, SignatureHeaders signature) {

        static Head of(WebhookRequest request) {
            return new Head(request.header("Content-Type").orElse(null), new SignatureHeaders(
                    request.header(SignatureHeaders.SHA256_HEADER),
                    request.header(SignatureHeaders.SHA1_HEADER),
                    request.header(SignatureHeaders.KEY_ID_HEADER)));
        }
    }

    @Nullable
    String contentType() {
        return head.contentType();
    }

    SignatureHeaders signature() {
        return head.signature();
    }

    /** The content type in one of the two spellings that Postal uses, so that a relay can pass it on. */
    Optional<String> knownContentType() {
        String given = contentType();
        if (given == null) {
            return Optional.empty();
        }
        boolean form = given.regionMatches(true, 0, "application/x-www-form-urlencoded", 0, 33);
        return Optional.of(form ? "application/x-www-form-urlencoded" : "application/json");
    }
}
