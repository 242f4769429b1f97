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
package io.github.camelpostal.internal.conversation;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One secret with its id, as the keys that are derived from it, one for each purpose (HKDF, RFC 5869, with HMAC-SHA-256).
 * The secret itself is not kept.
 */
final class ConversationKey {

    private static final String HMAC = "HmacSHA256";

    private static final byte[] SALT = "camel-postal conversations".getBytes(StandardCharsets.US_ASCII);

    private final char id;
    private final Map<KeyPurpose, byte[]> derived = new EnumMap<>(KeyPurpose.class);

    ConversationKey(char id, byte[] secret) {
        this.id = id;
        byte[] extracted = hmac(SALT, secret);
        for (KeyPurpose purpose : KeyPurpose.values()) {
            byte[] label = purpose.label().getBytes(StandardCharsets.US_ASCII);
            derived.put(purpose, hmac(extracted, label, new byte[]{1}));
        }
    }

    char id() {
        return id;
    }

    /** HMAC-SHA-256 over texts, each ended by a byte that UTF-8 never contains: no two lists of texts are the same input. */
    byte[] mac(KeyPurpose purpose, String... texts) {
        byte[][] parts = new byte[texts.length * 2][];
        for (int i = 0; i < texts.length; i++) {
            parts[2 * i] = texts[i].getBytes(StandardCharsets.UTF_8);
            parts[2 * i + 1] = new byte[]{(byte) 0xff};
        }
        return hmac(key(purpose), parts);
    }

    SecretKeySpec cipherKey(KeyPurpose purpose) {
        return new SecretKeySpec(key(purpose), "AES");
    }

    private byte[] key(KeyPurpose purpose) {
        return Objects.requireNonNull(derived.get(purpose));
    }

    private static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has " + HMAC, e);
        }
    }

    @Override
    public String toString() {
        return "key " + id;
    }
}
