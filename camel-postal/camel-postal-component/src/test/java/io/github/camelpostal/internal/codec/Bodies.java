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
package io.github.camelpostal.internal.codec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import io.github.camelpostal.payload.Content;
import io.github.camelpostal.payload.InboundMail;
import io.github.camelpostal.payload.PayloadException;
import io.github.camelpostal.payload.PostalPayload;
import io.github.camelpostal.testing.Recording;

/** Shorthands for decoding in tests. */
final class Bodies {

    static final String JSON = "application/json";
    static final String FORM = "application/x-www-form-urlencoded";

    private Bodies() {
    }

    static Content of(byte[] bytes) {
        return new Content() {
            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }

            @Override
            public long length() {
                return bytes.length;
            }
        };
    }

    static PostalPayload decode(Recording recording) throws IOException, PayloadException {
        return decode(recording.contentType(), recording.body());
    }

    static PostalPayload decode(String contentType, byte[] body) throws IOException, PayloadException {
        return new PayloadDecoder(Long.MAX_VALUE).decode(contentType, of(body));
    }

    static PostalPayload json(String json) throws IOException, PayloadException {
        return decode(JSON, json.getBytes(StandardCharsets.UTF_8));
    }

    static PostalPayload form(String form) throws IOException, PayloadException {
        return decode(FORM, form.getBytes(StandardCharsets.UTF_8));
    }

    static InboundMail mail(String recording) throws IOException, PayloadException {
        return (InboundMail) decode(Recording.of(recording));
    }

    static byte[] read(Content content) throws IOException {
        try (InputStream in = content.open()) {
            return in.readAllBytes();
        }
    }
}
