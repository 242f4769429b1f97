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

import java.util.Map;

import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Down while requests cannot arrive because the HTTP server does not listen, or cannot be verified because no key has been
 * fetched. Says when one was verified last, and how many had neither a good signature nor the right credentials.
 */
public final class WebhookHealthCheck extends AbstractHealthCheck {

    private final WebhookMount mount;
    private final WebhookKeys keys;

    public WebhookHealthCheck(WebhookMount mount, WebhookKeys keys) {
        super("camel", "consumer:postal-" + mount.path());
        this.mount = mount;
        this.keys = keys;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        WebhookCounters counters = mount.counters();
        builder.detail("postal.keys", keys.keyIds().size());
        builder.detail("postal.refused", counters.sent(WebhookResponse.UNVERIFIED)
                + counters.sent(WebhookResponse.WRONG_CREDENTIALS));
        counters.lastVerified().ifPresent(time -> builder.detail("postal.lastVerified", time.toString()));
        try {
            mount.requireListening();
        } catch (IllegalStateException e) {
            builder.message(e.getMessage()).down();
            return;
        }
        if (keys.areRequired() && keys.keyIds().isEmpty()) {
            builder.message("Postal's public keys could not be fetched yet; Postal will try again").down();
        } else {
            builder.up();
        }
    }
}
