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

import java.security.InvalidKeyException;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Keys that were written into the configuration.
 *
 * <p>A key comes as PEM ({@code BEGIN PUBLIC KEY} or {@code BEGIN RSA PUBLIC KEY}), as bare base64 of the same bytes, or as
 * the DKIM record that {@code postal default-dkim-record} prints. Several keys stand one after the other, separated by
 * commas where they are not PEM.
 */
public final class PinnedKeys implements TrustedKeys {

    private static final String WHAT_TO_WRITE = " Write what 'postal default-dkim-record' prints after p=, or a PEM file: publicKey=file:postal.pem."
            + " In a URI, bare base64 needs RAW(...).";

    private static final Pattern PEM = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END ([A-Z0-9 ]+)-----");
    private static final Pattern DKIM_KEY = Pattern.compile("(?:^|;)\\s*p\\s*=([^;]*)");

    private final Map<String, RSAPublicKey> keys;

    private PinnedKeys(Map<String, RSAPublicKey> keys) {
        this.keys = keys;
    }

    /**
     * Reads the text of the option {@code publicKey}.
     *
     * @throws IllegalArgumentException if there is no key in it or one that cannot be used; the text says what to write
     */
    public static PinnedKeys parse(String text) {
        return parse(List.of(text));
    }

    /**
     * The same for several texts, such as the contents of files, each of which may be in another form.
     *
     * @throws IllegalArgumentException if there is no key in one of them or one that cannot be used
     */
    public static PinnedKeys parse(List<String> texts) {
        Map<String, RSAPublicKey> keys = new LinkedHashMap<>();
        for (String text : texts) {
            List<RsaKey> found = text.contains("-----BEGIN") ? pemKeys(text) : bareKeys(text);
            found.forEach(key -> keys.put(key.id(), key.key()));
        }
        return new PinnedKeys(keys);
    }

    @Override
    public CompletionStage<List<RSAPublicKey>> candidates(Optional<String> keyId) {
        return CompletableFuture.completedFuture(
                keyId.map(id -> keys.containsKey(id) ? List.of(keys.get(id)) : List.<RSAPublicKey>of())
                        .orElseGet(() -> List.copyOf(keys.values())));
    }

    @Override
    public List<String> keyIds() {
        return List.copyOf(keys.keySet());
    }

    private static List<RsaKey> pemKeys(String text) {
        List<RsaKey> keys = new ArrayList<>();
        Matcher block = PEM.matcher(text);
        int end = 0;
        while (block.find()) {
            requireNothingBetween(text.substring(end, block.start()));
            keys.add(pemKey(block.group(1), block.group(2), keys.size() + 1));
            end = block.end();
        }
        requireNothingBetween(text.substring(end));
        return keys;
    }

    private static void requireNothingBetween(String text) {
        if (text.contains("-----")) {
            throw refusal(1, "a PEM block in it has no matching BEGIN and END line");
        }
    }

    private static RsaKey pemKey(String kind, String base64, int number) {
        byte[] der = decode(base64).orElseThrow(() -> refusal(number, "it is not base64 between its BEGIN and END lines"));
        try {
            return switch (kind) {
                case "PUBLIC KEY" -> RsaKey.ofSubjectPublicKeyInfo(der);
                case "RSA PUBLIC KEY" -> RsaKey.ofPkcs1(der);
                default -> throw refusal(number, kind.contains("PRIVATE")
                        ? "it is a private key, which only Postal may have; 'openssl rsa -in signing.key -pubout' prints its public half"
                        : "it is a " + kind + ", not a PUBLIC KEY");
            };
        } catch (InvalidKeyException e) {
            throw refusal(number, e.getMessage());
        }
    }

    private static List<RsaKey> bareKeys(String text) {
        List<RsaKey> keys = new ArrayList<>();
        for (String entry : text.split(",")) {
            keys.add(bareKey(entry, keys.size() + 1));
        }
        if (keys.isEmpty()) { // nothing but commas
            throw refusal(1, "it is empty");
        }
        return keys;
    }

    private static RsaKey bareKey(String entry, int number) {
        // DNS tools print a long record as several quoted strings
        String unquoted = entry.replace("\"", "").strip();
        Matcher dkim = DKIM_KEY.matcher(unquoted);
        String base64 = dkim.find() ? dkim.group(1).strip() : unquoted;
        if (base64.isEmpty()) {
            throw refusal(number, "it is empty");
        }
        // White space is either a line break, or a + that was decoded because the URI had no RAW(...). Only one of the two
        // readings can have the lengths that DER demands.
        String reason = null;
        for (String reading : List.of(base64, base64.replace(' ', '+'))) {
            try {
                return RsaKey.ofDer(decode(reading).orElseThrow(() -> new InvalidKeyException("it is not base64")));
            } catch (InvalidKeyException e) {
                reason = reason == null ? e.getMessage() : reason;
            }
        }
        throw refusal(number, reason);
    }

    private static Optional<byte[]> decode(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64.replaceAll("\\s", "")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static IllegalArgumentException refusal(int number, @Nullable String reason) {
        return new IllegalArgumentException("publicKey: key " + number + " cannot be used: " + reason + "." + WHAT_TO_WRITE);
    }
}
