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

import java.util.Map;

import io.github.camelpostal.internal.webhook.Answer;
import io.github.camelpostal.internal.webhook.Counters;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Down while deliveries cannot be verified because no key has been fetched; says when one was verified last, and how many showed
 * neither a good signature nor the right credentials. */
final class WebhookHealthCheck extends AbstractHealthCheck {

    private final WebhookKeys keys;
    private final Counters counters;

    WebhookHealthCheck(String path, WebhookKeys keys, Counters counters) {
        super("camel", "consumer:postal-" + path);
        this.keys = keys;
        this.counters = counters;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        builder.detail("postal.keys", keys.keyIds().size());
        builder.detail("postal.refused",
                counters.answered(Answer.UNVERIFIED) + counters.answered(Answer.WRONG_CREDENTIALS));
        counters.lastVerified().ifPresent(time -> builder.detail("postal.lastVerified", time.toString()));
        if (keys.areRequired() && keys.keyIds().isEmpty()) {
            builder.message("Postal's public keys could not be fetched yet; Postal is told to try again later").down();
        } else {
            builder.up();
        }
    }
}
