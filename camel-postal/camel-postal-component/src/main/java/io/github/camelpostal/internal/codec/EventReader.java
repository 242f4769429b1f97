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
package io.github.camelpostal.internal.codec;

import java.time.Instant;

import io.github.camelpostal.internal.reason.ReasonClassifier;
import io.github.camelpostal.payload.BounceEvent;
import io.github.camelpostal.payload.DeliveryEvent;
import io.github.camelpostal.payload.Direction;
import io.github.camelpostal.payload.DomainDnsErrorEvent;
import io.github.camelpostal.payload.LinkClickedEvent;
import io.github.camelpostal.payload.MessageInfo;
import io.github.camelpostal.payload.MessageOpenedEvent;
import io.github.camelpostal.payload.PayloadException;
import io.github.camelpostal.payload.PostalEvent;
import io.github.camelpostal.payload.SendLimitEvent;
import io.github.camelpostal.payload.ServerInfo;
import io.github.camelpostal.payload.UnknownEvent;

/** Makes an event of the fields of a webhook request; knows which events there are (protocol 5.2). */
final class EventReader {

    private static final int LONGEST_UUID = 64;

    private final ReasonClassifier reasons;
    private final String event;
    private final String uuid;
    private final Instant timestamp;
    private final Fields payload;

    private EventReader(Fields fields, ReasonClassifier reasons) throws PayloadException {
        this.reasons = reasons;
        uuid = fields.requiredText("uuid");
        if (!isUuid(uuid)) {
            throw new PayloadException("'uuid' is not a uuid");
        }
        event = fields.requiredText("event");
        timestamp = fields.instant("timestamp");
        payload = fields.object(ParsedPayload.PAYLOAD);
    }

    /** It becomes a deduplication key, which must be short, and must not look like the key of a mail. */
    private static boolean isUuid(String text) {
        return text.length() <= LONGEST_UUID && text.chars()
                .allMatch(c -> c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_');
    }

    static PostalEvent read(Fields fields, ReasonClassifier reasons) throws PayloadException {
        return new EventReader(fields, reasons).read();
    }

    private PostalEvent read() throws PayloadException {
        return switch (event) {
            case "MessageSent", "MessageDelayed", "MessageDeliveryFailed", "MessageHeld" -> delivery();
            case "MessageBounced" -> new BounceEvent(event, uuid, timestamp, message("original_message"), message("bounce"));
            case "MessageLinkClicked" -> new LinkClickedEvent(event, uuid, timestamp, message("message"),
                    payload.requiredText("url"), payload.requiredText("token"), payload.text("ip_address"),
                    payload.text("user_agent"));
            case "MessageLoaded" -> new MessageOpenedEvent(event, uuid, timestamp, message("message"),
                    payload.text("ip_address"), payload.text("user_agent"));
            case "DomainDNSError" -> domainDnsError();
            case "SendLimitApproaching", "SendLimitExceeded" -> new SendLimitEvent(event, uuid, timestamp, server(),
                    payload.integer("volume"), payload.integer("limit"));
            default -> new UnknownEvent(event, uuid, timestamp, payload.asMap());
        };
    }

    private DeliveryEvent delivery() throws PayloadException {
        MessageInfo message = message("message");
        String status = payload.requiredText("status");
        String details = payload.text("details");
        String output = payload.text("output");
        // here, because the headers, the suppression list and the policies all ask for it
        return new DeliveryEvent(event, uuid, timestamp, message, status, details, output, payload.flag("sent_with_ssl"),
                payload.instant("timestamp"), payload.duration("time"),
                reasons.classify(message.direction(), status, details, output));
    }

    private DomainDnsErrorEvent domainDnsError() throws PayloadException {
        return new DomainDnsErrorEvent(event, uuid, timestamp, server(), payload.requiredText("domain"),
                payload.requiredText("uuid"), payload.instant("dns_checked_at"), check("spf"), check("dkim"), check("mx"),
                check("return_path"));
    }

    private DomainDnsErrorEvent.Check check(String entry) throws PayloadException {
        return new DomainDnsErrorEvent.Check(payload.text(entry + "_status"), payload.text(entry + "_error"));
    }

    private ServerInfo server() throws PayloadException {
        Fields fields = payload.object("server");
        return new ServerInfo(fields.requiredText("uuid"), fields.requiredText("name"), fields.requiredText("permalink"),
                fields.text("organization"));
    }

    private MessageInfo message(String name) throws PayloadException {
        Fields fields = payload.object(name);
        return new MessageInfo(fields.integer("id"), fields.requiredText("token"),
                direction(fields.requiredText("direction")), fields.text("message_id"), fields.text("to"),
                fields.text("from"), fields.text("subject"), fields.instant("timestamp"), fields.text("spam_status"),
                fields.text("tag"));
    }

    private static Direction direction(String value) throws PayloadException {
        return switch (value) {
            case "outgoing" -> Direction.OUTGOING;
            case "incoming" -> Direction.INCOMING;
            default -> throw new PayloadException("'direction' is neither outgoing nor incoming");
        };
    }
}
