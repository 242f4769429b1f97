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
package io.github.camelpostal.payload;

import java.io.IOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Stores a raw message and takes its SHA-256 on the way, so that no second pass is needed for the deduplication key. */
final class MessageDigesting {

    private MessageDigesting() {
    }

    static Posting.RawBytes store(ContentStore store, ContentStore.Writer writer) throws IOException, PayloadException {
        MessageDigest sha256 = sha256();
        PostedBody content = store.store(out -> writer.writeTo(new DigestOutputStream(out, sha256)));
        return new Posting.RawBytes(content, sha256.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JDK has no SHA-256", e);
        }
    }
}
