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

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * The tokens of unsubscribe links: address and stream, encrypted and authenticated (AES-256-GCM) under a key derived for
 * nothing else. A link lands in logs of proxies and browsers, so it must not show an address. It never expires: a person may
 * open an old newsletter, and is entitled to be let go.
 * <p>
 * The text is the key id and base64url without padding, safe in a path and in a query.
 */
public final class UnsubscribeTokenCipher {

    private static final int NONCE_BYTES = 12;

    private static final int TAG_BYTES = 16;

    /** Two bytes for the length of the stream, one for an address. */
    private static final int MIN_BYTES = NONCE_BYTES + TAG_BYTES + 3;

    private static final int MAX_CHARS = 2048;

    private final ConversationKeys keys;
    private final Random random;

    /**
     * @param random a {@link java.security.SecureRandom} outside of tests: a nonce used twice gives the key away
     */
    public UnsubscribeTokenCipher(ConversationKeys keys, Random random) {
        this.keys = keys;
        this.random = random;
    }

    /** Whom a link unsubscribes, and from what; the stream is empty if the mail named none. */
    public record Unsubscription(String address, String stream) {
    }

    /** Returns a token for a link. */
    public String issue(Unsubscription unsubscription) {
        byte[] stream = unsubscription.stream().getBytes(StandardCharsets.UTF_8);
        byte[] address = unsubscription.address().getBytes(StandardCharsets.UTF_8);
        if (address.length == 0 || address.length + stream.length > 1024) {
            throw new IllegalArgumentException(
                    "An unsubscribe link needs an address, and address and stream of at most 1024 bytes");
        }
        byte[] plain = ByteBuffer.allocate(2 + stream.length + address.length).putShort((short) stream.length).put(stream)
                .put(address).array();
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        ConversationKey key = keys.signing();
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce).doFinal(plain);
            byte[] all = ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
            return key.id() + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has AES-GCM", e);
        }
    }

    /** Reads a token; empty if it is not one of ours. */
    public Optional<Unsubscription> read(String token) {
        if (token.isEmpty() || token.length() > MAX_CHARS) {
            return Optional.empty();
        }
        return keys.find(token.charAt(0)).flatMap(key -> open(key, token.substring(1)));
    }

    private static Optional<Unsubscription> open(ConversationKey key, String text) {
        try {
            byte[] all = Base64.getUrlDecoder().decode(text);
            if (all.length < MIN_BYTES) {
                return Optional.empty();
            }
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(all, NONCE_BYTES));
            ByteBuffer plain = ByteBuffer.wrap(cipher.doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES));
            byte[] stream = new byte[plain.getShort() & 0xffff];
            plain.get(stream);
            byte[] address = new byte[plain.remaining()];
            plain.get(address);
            return Optional.of(new Unsubscription(new String(address, StandardCharsets.UTF_8),
                    new String(stream, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            // no base64, or not made by us: the same for whoever sent it
            return Optional.empty();
        }
    }

    private static Cipher cipher(int mode, ConversationKey key, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.cipherKey(KeyPurpose.UNSUBSCRIBE), new GCMParameterSpec(TAG_BYTES * 8, nonce));
        cipher.updateAAD(new byte[]{(byte) key.id()});
        return cipher;
    }
}
