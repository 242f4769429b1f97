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

import io.github.camelpostal.sandbox.internal.store.Delivery;
import io.github.camelpostal.sandbox.internal.store.MailServer;
import io.github.camelpostal.sandbox.internal.store.Message;
import io.github.camelpostal.sandbox.internal.store.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one attempt at one message: the checks that both directions begin with, then those of its direction. */
final class Worker {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private final MailServer server;
    private final DeliveryLog deliveryLog;
    private final OutgoingDelivery outgoing;
    private final IncomingDelivery incoming;

    Worker(MailServer server, DeliveryLog deliveryLog, OutgoingDelivery outgoing, IncomingDelivery incoming) {
        this.server = server;
        this.deliveryLog = deliveryLog;
        this.outgoing = outgoing;
        this.incoming = incoming;
    }

    /** An exception of our own is treated like one of Postal's: {@code Error}, no event, tried again (protocol 2.11). */
    AttemptResult attempt(DeliveryTask work) {
        try {
            return checked(work);
        } catch (RuntimeException e) {
            LOG.error("Message {}: the sandbox itself failed", work.message().id(), e);
            deliveryLog.write(work.message(),
                    Delivery.Attempt.decided(Status.ERROR, "An internal error; will be tried again."));
            return AttemptResult.RETRY;
        }
    }

    private AttemptResult checked(DeliveryTask work) {
        Message message = work.message();
        if (server.isSuspended()) {
            return deliveryLog.decided(message, Status.HELD, "The mail server is suspended.");
        }
        boolean tooOften = work.attempt() > RetrySchedule.MAIL_ATTEMPTS;
        return switch (message.direction()) {
            case OUTGOING -> tooOften ? outgoing.giveUp(message) : outgoing.attempt(work);
            case INCOMING -> tooOften ? incoming.giveUp(message) : incoming.attempt(work);
        };
    }
}
