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

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

import io.github.camelpostal.payload.InboundMail;
import io.github.camelpostal.payload.PayloadException;
import io.github.camelpostal.payload.PostalEvent;
import io.github.camelpostal.payload.PostalPayload;

/** What a request says, and the key by which its duplicates are recognised. */
sealed interface DecodedRequest {

    /** The same for every duplicate, and for nothing else. */
    String dedupKey();

    /** When the event happened or the mail came to Postal, as far as that is known. */
    default Optional<Instant> happened() {
        return Optional.empty();
    }

    /** An event or a mail. */
    record Payload(PostalPayload payload) implements DecodedRequest {

        @Override
        public String dedupKey() {
            return payload.dedupKey();
        }

        @Override
        public Optional<Instant> happened() {
            if (payload instanceof PostalEvent event) {
                return Optional.of(event.timestamp());
            }
            return payload instanceof InboundMail mail ? Optional.ofNullable(mail.timestamp()) : Optional.empty();
        }
    }

    /**
     * Signed, but in none of the forms that Postal sends: for the route's error handler.
     *
     * @param dedupKey of the bytes, which are the same in all of Postal's attempts (protocol 4.7)
     */
    record Undecodable(String dedupKey, PayloadException reason) implements DecodedRequest {
    }

    static Undecodable undecodable(BufferedContent body, PayloadException reason) throws IOException {
        try (InputStream in = body.open()) {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[16 * 1024];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                sha256.update(buffer, 0, count);
            }
            return new Undecodable("bytes:" + HexFormat.of().formatHex(sha256.digest()), reason);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JDK has no SHA-256", e);
        }
    }
}
