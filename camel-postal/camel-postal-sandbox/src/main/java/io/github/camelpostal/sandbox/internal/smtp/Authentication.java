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
package io.github.camelpostal.sandbox.internal.smtp;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.github.camelpostal.sandbox.internal.format.RubyBase64;
import org.jspecify.annotations.Nullable;

/**
 * Who the client is, in one of the three ways of {@code AUTH}, or by its address. PLAIN and LOGIN look at the key only: the user
 * name must be there, and nobody reads it (protocol 7).
 */
final class Authentication {
    private static final int CHALLENGE_BYTES = 10;

    private final SmtpBackend backend;
    private final SmtpMetrics metrics;
    private final RandomGenerator random;
    private @Nullable SmtpAccount account;
    private @Nullable Function<String, Reply> question;

    Authentication(SmtpBackend backend, SmtpMetrics metrics, RandomGenerator random) {
        this.backend = backend;
        this.metrics = metrics;
        this.random = random;
    }

    Optional<SmtpAccount> account() {
        return Optional.ofNullable(account);
    }

    /** Whether the next line is the response to a challenge, not a command. */
    boolean isAsking() {
        return question != null;
    }

    Reply respond(String line) {
        Function<String, Reply> asked = Objects.requireNonNull(question, "question");
        question = null;
        return asked.apply(line);
    }

    Reply plain(String command) {
        metrics.command("AUTH PLAIN");
        String initialResponse = command.replaceAll("(?i)AUTH PLAIN ?", "").strip();
        return initialResponse.isEmpty() ? ask("334", this::plainResponse) : plainResponse(initialResponse);
    }

    /** The user name may stand in the command. */
    Reply login(String command) {
        metrics.command("AUTH LOGIN");
        boolean named = !command.replaceAll("(?i)AUTH LOGIN ?", "").isBlank();
        return named ? askForPassword() : ask("334 " + base64("Username:"), anyName -> askForPassword());
    }

    Reply cramMd5() {
        metrics.command("AUTH CRAM-MD5");
        byte[] unique = new byte[CHALLENGE_BYTES];
        random.nextBytes(unique);
        String challenge = "<" + HexFormat.of().formatHex(unique) + "@" + backend.hostname() + ">";
        return ask("334 " + base64(challenge), response -> cramMd5Response(challenge, response));
    }

    /** The last resort of a client that has not logged in; stays for the rest of the connection. */
    boolean byAddress(InetAddress client) {
        account = backend.account(client).orElse(null);
        return account != null;
    }

    private Reply ask(String challenge, Function<String, Reply> next) {
        question = next;
        return Reply.of(challenge);
    }

    private Reply askForPassword() {
        return ask("334 " + base64("Password:"), response -> granted(decoded(response)));
    }

    private Reply plainResponse(String response) {
        String[] parts = decoded(response).split("\0");
        if (parts.length < 2) {
            return refused("missing-credentials", "535 There is no user name and key in this response");
        }
        return granted(parts[parts.length - 1]);
    }

    /** A wrong key also ends an earlier login. */
    private Reply granted(String key) {
        account = null;
        return backend.account(key).map(this::granted)
                .orElseGet(() -> refused("invalid-credentials", "535 No SMTP credential has this key"));
    }

    private Reply cramMd5Response(String challenge, String response) {
        String[] parts = decoded(response).strip().split("\\s+", 2);
        if (parts[0].isEmpty()) {
            throw new CrashException("NoMethodError");
        }
        String[] names = parts[0].split("[/_]", 2);
        String digest = parts.length > 1 ? parts[1] : "";
        Optional<SmtpAccount> found = names.length < 2
                ? Optional.empty()
                : backend.accounts(names[0], names[1]).stream()
                        .filter(candidate -> isSame(digest, hmacMd5(candidate.key(), challenge))).findFirst();
        if (found.isEmpty()) {
            return refused("invalid-credentials", "535 No SMTP credential of that mail server gives this digest");
        }
        return granted(found.get());
    }

    private Reply granted(SmtpAccount found) {
        account = found;
        return Reply.of("235 Logged in to " + found.server());
    }

    private Reply refused(String error, String reply) {
        metrics.clientError(error);
        return Reply.of(reply);
    }

    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static String hmacMd5(String key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacMD5");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacMD5"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacMD5", e);
        }
    }

    private static String decoded(String base64) {
        return new String(RubyBase64.lenient(base64), StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
