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

import io.github.camelpostal.internal.ledger.EventSettlement;
import io.github.camelpostal.payload.Direction;
import io.github.camelpostal.payload.InboundMail;
import io.github.camelpostal.payload.MessageEvent;
import io.github.camelpostal.payload.MessageInfo;
import io.github.camelpostal.payload.PostalPayload;

/** Shows the send ledger what Postal posts: an event proves that its recipient was accepted, and every id is a mark. */
public final class LedgerObserver implements PayloadObserver {

    private final EventSettlement settlement;

    public LedgerObserver(EventSettlement settlement) {
        this.settlement = settlement;
    }

    @Override
    public void observe(PostalPayload payload) {
        if (payload instanceof MessageEvent event) {
            MessageInfo message = event.message();
            settlement.event(message.id(), message.token(), message.direction() == Direction.OUTGOING, message.messageId(),
                    message.to());
        } else if (payload instanceof InboundMail mail && mail.token() != null) {
            settlement.event(mail.id(), mail.token(), false, null, null);
        }
    }

    @Override
    public String toString() {
        return "The send ledger";
    }
}
