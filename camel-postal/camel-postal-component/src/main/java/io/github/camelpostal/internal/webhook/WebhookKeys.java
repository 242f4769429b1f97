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
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;

import io.github.camelpostal.internal.signature.JwksKeys;
import io.github.camelpostal.internal.signature.PinnedKeys;
import io.github.camelpostal.internal.signature.SignatureVerifier;
import io.github.camelpostal.internal.signature.TrustedKeys;
import org.apache.camel.CamelContext;
import org.apache.camel.support.ResourceHelper;
import org.apache.hc.client5.http.classic.HttpClient;

/** The keys that a consumer trusts, pinned or fetched. */
public final class WebhookKeys implements AutoCloseable {

    private final Optional<TrustedKeys> keys;
    private final Optional<SignatureVerifier> verifier;
    private final Runnable resources;

    private WebhookKeys(Optional<TrustedKeys> keys, Optional<SignatureVerifier> verifier, Runnable resources) {
        this.keys = keys;
        this.verifier = verifier;
        this.resources = resources;
    }

    /**
     * A fetch of keys begins and is not waited for.
     *
     * @param  settings                 empty when signatures are not verified
     * @param  http                     gives what carries the fetches, when there are any; stays the caller's
     * @throws IllegalArgumentException if a pinned key cannot be used
     */
    public static WebhookKeys open(Optional<WebhookSettings.Keys> settings, CamelContext context, Callable<HttpClient> http)
            throws Exception {
        if (settings.isEmpty()) {
            return new WebhookKeys(Optional.empty(), Optional.empty(), () -> {
            });
        }
        WebhookSettings.Keys source = settings.get();
        return source.publicKey().isPresent() ? pinned(source, context) : fetched(source, context, http.call());
    }

    /** Empty when signatures are not verified. */
    public Optional<SignatureVerifier> verifier() {
        return verifier;
    }

    /** Whether signatures are verified. */
    public boolean areRequired() {
        return keys.isPresent();
    }

    /** The ids of the keys at hand. Never waits. */
    public List<String> keyIds() {
        return keys.map(TrustedKeys::keyIds).orElse(List.of());
    }

    @Override
    public void close() {
        resources.run();
    }

    private static WebhookKeys of(TrustedKeys keys, WebhookSettings.Keys source, Runnable resources) {
        return new WebhookKeys(Optional.of(keys), Optional.of(new SignatureVerifier(keys, source.algorithms())), resources);
    }

    private static WebhookKeys pinned(WebhookSettings.Keys source, CamelContext context) throws IOException {
        return of(PinnedKeys.parse(texts(source.publicKey().orElseThrow(), context)), source, () -> {
        });
    }

    private static WebhookKeys fetched(WebhookSettings.Keys source, CamelContext context, HttpClient http) {
        ExecutorService background = context.getExecutorServiceManager().newSingleThreadExecutor(WebhookKeys.class,
                "PostalKeys");
        TrustedKeys keys = new JwksKeys(http, source.jwksUrl().orElseThrow(), source.hostHeader(), source.refresh(),
                Clock.systemUTC(), background);
        keys.start();
        return of(keys, source, () -> {
            keys.close();
            context.getExecutorServiceManager().shutdownNow(background);
        });
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
