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
package io.github.camelpostal.internal.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

/**
 * Tells whether two exchanges with one key are about the same mail: a hash over what the application gave, in the order in
 * which it is added here. Date, boundaries, tokens and a Message-ID that the component makes are not part of it: they are new
 * each time.
 *
 * <p>
 * Every value is preceded by its field's name and length, so that no two different mails yield the same bytes.
 */
public final class MailFingerprint {

    /** Goes up when the same mail would get another hash. */
    private static final String VERSION = "1";

    private final MessageDigest digest = sha256();

    /** A text; null and absent are the same, the empty text is another. */
    public MailFingerprint text(String field, @Nullable String value) {
        if (value != null) {
            add(field, value.getBytes(StandardCharsets.UTF_8));
        }
        return this;
    }

    /** Several texts whose order matters, such as recipients. */
    public MailFingerprint texts(String field, Collection<String> values) {
        values.forEach(value -> text(field, value));
        return this;
    }

    /** Content that is read once, to its end, and never held whole. Does not close the stream. */
    public MailFingerprint content(String field, InputStream content) throws IOException {
        MessageDigest inner = sha256();
        byte[] buffer = new byte[8192];
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            inner.update(buffer, 0, read);
        }
        add(field, inner.digest());
        return this;
    }

    /** The fingerprint, up to 100 ASCII characters. */
    public String value() {
        return VERSION + ":" + HexFormat.of().formatHex(digest.digest());
    }

    private void add(String field, byte[] value) {
        byte[] name = field.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(8).putInt(name.length).putInt(value.length).array());
        digest.update(name);
        digest.update(value);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
