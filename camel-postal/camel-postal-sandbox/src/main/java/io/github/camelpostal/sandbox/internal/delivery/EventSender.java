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
 * Brings events to the webhooks: one request per webhook, with its own uuid, tried again by Postal's clock until it is answered
 * with success, six attempts in all (protocol 5.4).
 */
public final class EventSender {
    private static final Logger LOG = LoggerFactory.getLogger(EventSender.class);
    private static final int LARGEST_STORED_ANSWER = 65_535;

    private final MailServer server;
    private final Scheduler scheduler;
    private final WebhookSender webhookSender;

    EventSender(MailServer server, Scheduler scheduler, WebhookSender webhookSender) {
        this.server = server;
        this.scheduler = scheduler;
        this.webhookSender = webhookSender;
    }

    /** Sends the event to every webhook there is now that wants it. */
    public void fire(Event event) {
        Instant createdAt = scheduler.now();
        for (Webhook webhook : server.webhooks()) {
            if (!webhook.wants(event.name())) {
                continue;
            }
            byte[] body = event.body(UUID.randomUUID().toString(), createdAt);
            PostalExchange.Request order = new PostalExchange.Request(event.name(), event.mailId(), webhook.url(), body, 1);
            webhookSender.begin(() -> scheduler.soon(() -> attempt(order)));
        }
    }

    private void attempt(PostalExchange.Request order) {
        PostalExchange posted = webhookSender.post(order);
        webhookSender.done(posted);
        if (webhookSender.freezesEvents() || isFrozen(posted)) {
            LOG.warn("Event {} about message {} is frozen for ever: that it was answered cannot be stored (protocol 5.4)",
                    order.event(), order.mailId());
        } else if (!isAccepted(posted) && RetrySchedule.retriesEventAfter(order.attempt())) {
            LOG.debug("Event {} about message {}: attempt {} failed, will be repeated",
                    order.event(), order.mailId(), order.attempt());
            scheduler.after(RetrySchedule.afterEventAttempt(order.attempt()), () -> attempt(new PostalExchange.Request(
                    order.event(), order.mailId(), order.url(), order.body(), order.attempt() + 1)));
        }
    }

    private static boolean isAccepted(PostalExchange posted) {
        return posted.result() instanceof PostalExchange.Response answer && answer.isSuccess();
    }

    /** Recording the attempt throws, and the row stays locked: never tried again, whatever the status was. */
    private static boolean isFrozen(PostalExchange posted) {
        if (posted.result() instanceof PostalExchange.Response answer) {
            return answer.body().length > LARGEST_STORED_ANSWER
                    || !isUtf8(answer.body())
                    || !isAscii(answer.body()) && !isAscii(posted.order().body());
        }
        return ((PostalExchange.Failure) posted.result()).reason() == PostalExchange.Reason.NOT_HTTP;
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
