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

import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

import io.github.camelpostal.sandbox.internal.store.Delivery.Attempt;
import io.github.camelpostal.sandbox.internal.store.Delivery.Transmission;
import io.github.camelpostal.sandbox.internal.store.MailServer;
import io.github.camelpostal.sandbox.internal.store.Message;
import io.github.camelpostal.sandbox.internal.store.MessageStore;
import io.github.camelpostal.sandbox.internal.store.Status;
import org.jspecify.annotations.Nullable;

/** The end of inbound mail that nobody took: its sender gets a bounce, unless there is none or the mail is a bounce itself. */
final class SenderBounce {
    private final MailServer server;
    private final MessageStore store;
    private final DeliveryLog deliveryLog;
    private final Scheduler scheduler;
    private final Consumer<Message> queue;

    /** @param queue takes the bounce */
    SenderBounce(MailServer server, MessageStore store, DeliveryLog deliveryLog, Scheduler scheduler, Consumer<Message> queue) {
        this.server = server;
        this.store = store;
        this.deliveryLog = deliveryLog;
        this.scheduler = scheduler;
        this.queue = queue;
    }

    AttemptResult hardFail(Message message, String details, @Nullable String output,
            @Nullable Transmission transmission) {
        Optional<Message> bounce = make(message);
        String told = bounce.map(sent -> ". Sent bounce message to sender (see message <msg:" + sent.id() + ">)").orElse("");
        deliveryLog.write(message, new Attempt(Status.HARD_FAIL, details + told, output, transmission));
        bounce.ifPresent(queue);
        return AttemptResult.DONE;
    }

    /** Without a sender nothing is recorded, and the message stays as it is for ever (protocol 4.1). */
    AttemptResult becauseTheRouteAsks(Message message) {
        make(message).ifPresent(bounce -> {
            deliveryLog.decided(message, Status.HARD_FAIL, "The route bounces all mail. See message <msg:" + bounce.id() + ">");
            queue.accept(bounce);
        });
        return AttemptResult.DONE;
    }

    private Optional<Message> make(Message message) {
        String sender = message.arrival().mailFrom();
        return sender == null || message.arrival().bounce()
                ? Optional.empty()
                : Optional.of(store.add(BounceBuilder.toSender(message, sender, server.identity(), UUID.randomUUID().toString(),
                        scheduler.now())));
    }
}
