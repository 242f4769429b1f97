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
package io.github.camelpostal.payload;

/** Knows which events there are (contract 5.2). */
final class EventReader {

    private EventReader() {
    }

    static PostalEvent read(Fields fields) throws PayloadException {
        Envelope envelope = Envelope.read(fields);
        Fields payload = fields.object(Posting.PAYLOAD);
        return switch (envelope.event()) {
            case "MessageSent", "MessageDelayed", "MessageDeliveryFailed", "MessageHeld" ->
                DeliveryEvent.read(envelope, payload);
            case "MessageBounced" -> BounceEvent.read(envelope, payload);
            case "MessageLinkClicked" -> LinkClickedEvent.read(envelope, payload);
            case "MessageLoaded" -> MessageOpenedEvent.read(envelope, payload);
            case "DomainDNSError" -> DomainDnsErrorEvent.read(envelope, payload);
            case "SendLimitApproaching", "SendLimitExceeded" -> SendLimitEvent.read(envelope, payload);
            default -> new UnknownEvent(envelope.event(), envelope.uuid(), envelope.timestamp(), payload.asMap());
        };
    }
}
