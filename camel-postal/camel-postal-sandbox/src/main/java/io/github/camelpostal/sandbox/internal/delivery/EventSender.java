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
package io.github.camelpostal.sandbox.internal.delivery;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

import io.github.camelpostal.sandbox.internal.store.MailServer;
import io.github.camelpostal.sandbox.internal.store.Webhook;
import io.github.camelpostal.sandbox.internal.webhook.Event;
import io.github.camelpostal.sandbox.internal.webhook.PostalExchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings events to the webhooks: one request per webhook, with its own uuid, tried again by Postal's clock until it meets
 * with success, six attempts in all (protocol 5.4).
 */
public final class EventSender {
    private static final Logger LOG = LoggerFactory.getLogger(EventSender.class);
    private static final int LARGEST_STORED_RESPONSE = 65_535;

    private final MailServer server;
    private final Scheduler scheduler;
    private final WebhookSender webhookSender;

    EventSender(MailServer server, Scheduler scheduler, WebhookSender webhookSender) {
        this.server = server;
        this.scheduler = scheduler;
        this.webhookSender = webhookSender;
    }

    /** Sends the event to every webhook whose filter it passes. */
    public void fire(Event event) {
        Instant createdAt = scheduler.now();
        for (Webhook webhook : server.webhooks()) {
            if (!webhook.wants(event.name())) {
                continue;
            }
            byte[] body = event.body(UUID.randomUUID().toString(), createdAt);
            PostalExchange.Request request = new PostalExchange.Request(event.name(), event.mailId(), webhook.url(), body, 1);
            webhookSender.begin(() -> scheduler.soon(() -> attempt(request)));
        }
    }

    private void attempt(PostalExchange.Request request) {
        PostalExchange exchange = webhookSender.post(request);
        webhookSender.done(exchange);
        if (webhookSender.freezesEvents() || isFrozen(exchange)) {
            LOG.warn("Event {} about message {} is frozen for ever: its response cannot be stored (protocol 5.4)",
                    request.event(), request.mailId());
        } else if (!isAccepted(exchange) && RetrySchedule.retriesEventAfter(request.attempt())) {
            LOG.debug("Event {} about message {}: attempt {} failed, will be repeated",
                    request.event(), request.mailId(), request.attempt());
            scheduler.after(RetrySchedule.afterEventAttempt(request.attempt()), () -> attempt(request.again()));
        }
    }

    private static boolean isAccepted(PostalExchange exchange) {
        return exchange.result() instanceof PostalExchange.Response response && response.isSuccess();
    }

    /** Recording the attempt throws, and the row stays locked: never tried again, whatever the status was. */
    private static boolean isFrozen(PostalExchange exchange) {
        if (exchange.result() instanceof PostalExchange.Response response) {
            return response.body().length > LARGEST_STORED_RESPONSE
                    || !isUtf8(response.body())
                    || !isAscii(response.body()) && !isAscii(exchange.request().body());
        }
        return ((PostalExchange.Failure) exchange.result()).reason() == PostalExchange.Reason.NOT_HTTP;
    }

    private static boolean isAscii(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
