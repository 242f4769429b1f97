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
import java.util.Arrays;
import java.util.Optional;

import io.github.camelpostal.sandbox.HttpEndpoint;
import io.github.camelpostal.sandbox.internal.format.PostalMail;
import io.github.camelpostal.sandbox.internal.store.Delivery.Attempt;
import io.github.camelpostal.sandbox.internal.store.Delivery.Transmission;
import io.github.camelpostal.sandbox.internal.store.Message;
import io.github.camelpostal.sandbox.internal.store.RandomText;
import io.github.camelpostal.sandbox.internal.store.Status;
import io.github.camelpostal.sandbox.internal.webhook.InboundBody;
import io.github.camelpostal.sandbox.internal.webhook.PostalExchange;
import org.jspecify.annotations.Nullable;

/** Posts inbound mail to its HTTP endpoint, and knows what the endpoint's response means for the mail (protocol 4.5, 4.6). */
final class EndpointDelivery {
    private static final int READ_OF_RESPONSE = 500;
    private static final int STORED_OF_RESPONSE = 250;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final double NANOS = 1e9;

    private final DeliveryLog deliveryLog;
    private final SenderBounce senderBounce;
    private final WebhookSender webhookSender;
    private final RandomText texts;

    EndpointDelivery(DeliveryLog deliveryLog, SenderBounce senderBounce, WebhookSender webhookSender, RandomText texts) {
        this.deliveryLog = deliveryLog;
        this.senderBounce = senderBounce;
        this.webhookSender = webhookSender;
        this.texts = texts;
    }

    AttemptResult attempt(DeliveryTask work, HttpEndpoint endpoint) {
        Message message = work.message();
        if (work.batch().shortCircuit().isPresent()) { // counts as an attempt, without a request
            deliveryLog.write(message, work.batch().shortCircuit().get());
            return AttemptResult.RETRY;
        }
        InboundBody body;
        try {
            body = InboundBody.of(message, endpoint);
        } catch (PostalMail.UnreadableException e) {
            return crashed(message, e.getMessage());
        }
        long started = System.nanoTime();
        PostalExchange exchange = webhookSender.post(PostalExchange.Request.mail(message.id(), endpoint, body, work.attempt()));
        double seconds = Math.round((System.nanoTime() - started) / NANOS * 100) / 100.0;
        Transmission transmission = new Transmission("https".equals(endpoint.url().getScheme()), texts.logId(), seconds);
        AttemptResult next = exchange.result() instanceof PostalExchange.Response response
                ? responded(message, endpoint, response, transmission)
                : failed(work, endpoint, (PostalExchange.Failure) exchange.result(), transmission);
        webhookSender.done(exchange);
        return next;
    }

    private AttemptResult responded(Message message, HttpEndpoint endpoint, PostalExchange.Response response,
            Transmission transmission) {
        Optional<String> output = storable(response.body());
        if (output.isEmpty()) {
            return crashed(message, "The response's body cannot be stored");
        }
        String details = "Received a " + response.status() + " from " + endpoint.url();
        int status = response.status();
        if (response.isSuccess()) {
            deliveryLog.write(message, new Attempt(Status.SENT, details, output.get(), transmission));
            return AttemptResult.DONE;
        }
        if (status >= 500) {
            deliveryLog.write(message, new Attempt(Status.SOFT_FAIL, details, output.get(), transmission));
            return AttemptResult.RETRY;
        }
        if (status == TOO_MANY_REQUESTS) { // final, and nobody is told
            deliveryLog.write(message, new Attempt(Status.HARD_FAIL, details, output.get(), transmission));
            return AttemptResult.DONE;
        }
        return senderBounce.hardFail(message, details, output.get(), transmission);
    }

    private AttemptResult failed(DeliveryTask work, HttpEndpoint endpoint, PostalExchange.Failure failure,
            Transmission transmission) {
        if (failure.reason() == PostalExchange.Reason.NOT_HTTP) {
            return crashed(work.message(), failure.message());
        }
        String details = "Received a " + failure.reason().code() + " from " + endpoint.url();
        Attempt attempt = new Attempt(Status.SOFT_FAIL, details, failure.message(), transmission);
        work.batch().giveUp(attempt);
        deliveryLog.write(work.message(), attempt);
        return AttemptResult.RETRY;
    }

    /** Postal's own exception: no event, but tried again like any failure. */
    private AttemptResult crashed(Message message, @Nullable String output) {
        deliveryLog.write(message, new Attempt(Status.ERROR, "An internal error; will be tried again.", output, null));
        return AttemptResult.RETRY;
    }

    /** Trimmed and cut by bytes; empty when that cuts a character in two or it was no UTF-8 (the body hazard, protocol 4.5). */
    private static Optional<String> storable(byte[] body) {
        byte[] read = Arrays.copyOf(body, Math.min(READ_OF_RESPONSE, body.length));
        byte[] trimmed = new String(read, StandardCharsets.ISO_8859_1).strip().getBytes(StandardCharsets.ISO_8859_1);
        byte[] cut = Arrays.copyOf(trimmed, Math.min(STORED_OF_RESPONSE, trimmed.length));
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(cut)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
