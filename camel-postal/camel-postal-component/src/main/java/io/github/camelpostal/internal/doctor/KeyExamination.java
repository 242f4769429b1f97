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
package io.github.camelpostal.internal.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.github.camelpostal.api.ServerAccess;
import io.github.camelpostal.internal.signature.JwksDocument;
import io.github.camelpostal.internal.signature.JwksUrl;
import io.github.camelpostal.internal.signature.PinnedKeys;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** Which keys Postal publishes, whether a pinned one is among them, and what time Postal's side thinks it is. */
public final class KeyExamination {

    private static final int LARGEST_KEY_SET = 64 * 1024;
    private static final Duration LONGEST_CALL = Duration.ofSeconds(10);
    private static final Duration TOLERABLE = Duration.ofSeconds(30);

    private final HttpClient http;
    private final ServerAccess server;
    private final @Nullable String publicKey;
    private final Clock clock;
    private final Findings findings;

    public KeyExamination(HttpClient http, ServerAccess server, @Nullable String publicKey, Clock clock, Findings findings) {
        this.http = http;
        this.server = server;
        this.publicKey = publicKey;
        this.clock = clock;
        this.findings = findings;
    }

    /** What came back. */
    private record KeySet(int status, byte[] body, Optional<Instant> date) {
    }

    public void examine() {
        try {
            KeySet response = fetch(JwksUrl.below(server.baseUrl()));
            Instant now = clock.instant();
            examine(response);
            if (response.status() == 200) {
                clock(response.date(), now);
            }
        } catch (IOException | IllegalArgumentException e) {
            findings.failed("keys", "Postal's public keys cannot be fetched (" + e.getClass().getSimpleName() + ")",
                    "Make /.well-known/jwks.json reachable from here, or pin the key with publicKey.");
        }
    }

    private KeySet fetch(URI url) throws IOException {
        HttpGet get = new HttpGet(url);
        Timeout longest = Timeout.of(LONGEST_CALL);
        get.setConfig(RequestConfig.custom().setRedirectsEnabled(false).setResponseTimeout(longest)
                .setConnectionRequestTimeout(longest).build());
        get.setHeader(HttpHeaders.ACCEPT, "application/json");
        if (server.hostHeader() != null) {
            get.setHeader(HttpHeaders.HOST, server.hostHeader());
        }
        return http.execute(get, KeyExamination::read);
    }

    private static KeySet read(ClassicHttpResponse response) throws IOException {
        byte[] body = new byte[0];
        if (response.getEntity() != null) {
            try (InputStream in = response.getEntity().getContent()) {
                body = in.readNBytes(LARGEST_KEY_SET);
            }
        }
        return new KeySet(response.getCode(), body, date(response.getFirstHeader(HttpHeaders.DATE)));
    }

    private static Optional<Instant> date(@Nullable Header header) {
        try {
            return header == null
                    ? Optional.empty()
                    : Optional.of(ZonedDateTime.parse(header.getValue(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private void examine(KeySet response) throws IOException {
        if (response.status() == 404) {
            findings.warning("keys", "Postal publishes no keys: it is older than 3.2, or something in between hides them",
                    "Pin the key with publicKey, what 'postal default-dkim-record' prints after p=, and set"
                            + " signatureAlgorithms=sha256,sha1 for a Postal before 3.2.");
            return;
        }
        if (response.status() != 200) {
            findings.failed("keys", "Postal's public keys cannot be fetched: HTTP " + response.status(),
                    "Make /.well-known/jwks.json reachable from here, or pin the key with publicKey.");
            return;
        }
        Set<String> published = JwksDocument.parse(response.body()).keySet();
        if (published.isEmpty()) {
            findings.failed("keys", "Postal's key set has no RSA key for signatures",
                    "See Postal's signing.key, and what stands between here and Postal.");
            return;
        }
        findings.ok("keys", "Postal signs with " + String.join(", ", published));
        if (publicKey != null) {
            pinned(published, publicKey);
        }
    }

    private void pinned(Set<String> published, String pinnedKey) {
        List<String> pinned;
        try {
            pinned = PinnedKeys.parse(pinnedKey).keyIds();
        } catch (IllegalArgumentException e) {
            findings.failed("pinned-key", "The pinned key cannot be read", String.valueOf(e.getMessage()));
            return;
        }
        if (pinned.containsAll(published)) {
            findings.ok("pinned-key", "The pinned key is the one that Postal signs with");
        } else {
            findings.failed("pinned-key", "The pinned key is not the one that Postal signs with: " + String.join(", ", pinned)
                    + ". Every request of Postal is refused with 503, and its mail waits",
                    "Set publicKey to what 'postal default-dkim-record' prints after p= on this installation, or leave"
                            + " publicKey away to fetch the keys.");
        }
    }

    private void clock(Optional<Instant> postals, Instant ours) {
        if (postals.isEmpty()) {
            return; // Postal itself says nothing, only what stands before it does; a loop tells it too
        }
        compare(Duration.between(postals.get(), ours), Duration.ZERO, findings);
    }

    /** @param travelled how long the time of there may have been on its way */
    static void compare(Duration difference, Duration travelled, Findings findings) {
        if (difference.abs().compareTo(TOLERABLE.plus(travelled)) <= 0) {
            findings.ok("clock", "The clocks here and there agree");
        } else {
            findings.failed("clock", "The clock of this machine is " + difference.abs().toSeconds() + " seconds "
                    + (difference.isNegative() ? "behind" : "ahead of") + " Postal's",
                    "Let both machines get their time by NTP: ages of events, expiry of conversations and the window of the"
                            + " send limit depend on it.");
        }
    }
}
