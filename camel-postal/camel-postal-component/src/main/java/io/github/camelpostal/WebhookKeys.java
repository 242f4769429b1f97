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
package io.github.camelpostal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;

import io.github.camelpostal.internal.signature.JwksKeys;
import io.github.camelpostal.internal.signature.JwksUrl;
import io.github.camelpostal.internal.signature.PinnedKeys;
import io.github.camelpostal.internal.signature.SignatureAlgorithm;
import io.github.camelpostal.internal.signature.SignatureVerifier;
import io.github.camelpostal.internal.signature.TrustedKeys;
import org.apache.camel.CamelContext;
import org.apache.camel.support.ResourceHelper;

/**
 * The keys that a consumer trusts, pinned or fetched, as its options say.
 */
final class WebhookKeys implements AutoCloseable {

    private final Optional<TrustedKeys> keys;
    private final Set<SignatureAlgorithm> algorithms;
    private final AutoCloseable resources;

    private WebhookKeys(Optional<TrustedKeys> keys, PostalConfiguration options, AutoCloseable resources) {
        this.keys = keys;
        this.algorithms = SignatureAlgorithm.parse(options.getSignatureAlgorithms());
        this.resources = resources;
    }

    /**
     * @throws IllegalArgumentException if there is no usable source of keys though signatures are to be verified
     */
    static void check(PostalConfiguration options) {
        if (!options.isVerifySignature()) {
            return;
        }
        Set<SignatureAlgorithm> algorithms = SignatureAlgorithm.parse(options.getSignatureAlgorithms());
        if (options.getPublicKey() != null) {
            return;
        }
        if (options.getJwksUrl() == null && options.getServerUrl() == null) {
            throw new IllegalArgumentException("postal:webhook verifies signatures and has no key for that. Set one of"
                    + " serverUrl, jwksUrl or publicKey, for example serverUrl=https://postal.example.com, which fetches the"
                    + " keys from https://postal.example.com/.well-known/jwks.json");
        }
        if (algorithms.contains(SignatureAlgorithm.SHA1)) {
            throw new IllegalArgumentException("signatureAlgorithms=" + options.getSignatureAlgorithms() + " is for a Postal"
                    + " before 3.2, which publishes no keys: set publicKey to what 'postal default-dkim-record' prints after p=");
        }
        JwksUrl.requireSafe(jwksUrl(options), options.isAllowInsecureJwksUrl());
    }

    /** Keys for the endpoint's options, which were checked. A fetch of keys begins and is not waited for. */
    static WebhookKeys open(PostalEndpoint endpoint) throws Exception {
        PostalConfiguration options = endpoint.getConfiguration();
        if (!options.isVerifySignature()) {
            return new WebhookKeys(Optional.empty(), options, () -> {
            });
        }
        return options.getPublicKey() != null ? pinned(endpoint) : fetched(endpoint);
    }

    /** Whether signatures are verified. */
    boolean areRequired() {
        return keys.isPresent();
    }

    /** Empty when signatures are not verified. */
    Optional<SignatureVerifier> verifier() {
        return keys.map(trusted -> new SignatureVerifier(trusted, algorithms));
    }

    /** The ids of the keys at hand. Never waits. */
    List<String> keyIds() {
        return keys.map(TrustedKeys::keyIds).orElse(List.of());
    }

    @Override
    public void close() throws Exception {
        resources.close();
    }

    private static WebhookKeys pinned(PostalEndpoint endpoint) throws IOException {
        TrustedKeys keys = PinnedKeys.parse(texts(endpoint.getConfiguration().getPublicKey(), endpoint.getCamelContext()));
        return new WebhookKeys(Optional.of(keys), endpoint.getConfiguration(), keys);
    }

    private static WebhookKeys fetched(PostalEndpoint endpoint) throws Exception {
        PostalConfiguration options = endpoint.getConfiguration();
        PostalHttpClients.Lease http = endpoint.getComponent().httpClients().acquire(options);
        ExecutorService background = endpoint.getCamelContext().getExecutorServiceManager()
                .newSingleThreadExecutor(endpoint, "PostalKeys");
        TrustedKeys keys = new JwksKeys(http.client(), jwksUrl(options), Optional.ofNullable(options.getHostHeader()),
                Duration.ofMillis(options.getJwksRefresh()), Clock.systemUTC(), background);
        keys.start();
        return new WebhookKeys(Optional.of(keys), options, () -> {
            keys.close();
            endpoint.getCamelContext().getExecutorServiceManager().shutdownNow(background);
            http.close();
        });
    }

    private static URI jwksUrl(PostalConfiguration options) {
        try {
            return options.getJwksUrl() != null
                    ? URI.create(options.getJwksUrl().trim())
                    : JwksUrl.below(URI.create(options.getServerUrl().trim()));
        } catch (IllegalArgumentException e) {
            String option = options.getJwksUrl() != null ? "jwksUrl" : "serverUrl";
            throw new IllegalArgumentException(option + " is not a URL, such as https://postal.example.com", e);
        }
    }

    private static List<String> texts(String publicKey, CamelContext context) throws IOException {
        String trimmed = publicKey.trim();
        if (!trimmed.startsWith("classpath:") && !trimmed.startsWith("file:")) {
            return List.of(trimmed);
        }
        List<String> texts = new ArrayList<>();
        for (String resource : trimmed.split(",")) {
            texts.add(read(resource.trim(), context).trim());
        }
        return texts;
    }

    private static String read(String resource, CamelContext context) throws IOException {
        try (InputStream in = ResourceHelper.resolveMandatoryResourceAsInputStream(context, resource)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new IOException("publicKey=" + resource + " cannot be read", e);
        }
    }
}
