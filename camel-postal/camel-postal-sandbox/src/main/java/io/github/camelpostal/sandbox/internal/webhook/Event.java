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
package io.github.camelpostal.sandbox.internal.webhook;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.github.camelpostal.sandbox.internal.format.PostalJson;
import io.github.camelpostal.sandbox.internal.format.TimeFormat;
import io.github.camelpostal.sandbox.internal.store.Delivery;
import io.github.camelpostal.sandbox.internal.store.MailServer;
import io.github.camelpostal.sandbox.internal.store.Message;

/**
 * One of Postal's ten events with its payload (protocol 5.2, 5.3). Knows the shapes and their nulls, never who gets it.
 *
 * @param mailId the message it is about; 0 when it is about none
 */
public record Event(String name, long mailId, Map<String, Object> payload) {

    /** {@code MessageSent} and its three siblings, by the delivery's status; some statuses fire none. */
    public static Optional<Event> ofDelivery(Message message, Delivery delivery) {
        Delivery.Attempt attempt = delivery.attempt();
        String name = switch (attempt.status()) {
            case SENT -> "MessageSent";
            case SOFT_FAIL -> "MessageDelayed";
            case HARD_FAIL -> "MessageDeliveryFailed";
            case HELD -> "MessageHeld";
            case PENDING, BOUNCED, PROCESSED, HOLD_CANCELLED, ERROR -> null;
        };
        if (name == null) {
            return Optional.empty();
        }
        Delivery.Transmission transmission = attempt.transmission();
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("message", MessageObject.of(message));
        payload.put("status", attempt.status().text());
        payload.put("details", attempt.details());
        payload.put("output", attempt.output() == null ? "" : attempt.output());
        payload.put("sent_with_ssl", transmission == null ? null : transmission.tls());
        payload.put("timestamp", TimeFormat.seconds(delivery.timestamp()));
        payload.put("time", transmission == null ? null : transmission.seconds());
        return Optional.of(new Event(name, message.id(), payload));
    }

    /** About the ORIGINAL message; no reason text. */
    public static Event bounced(Message original, Message bounce) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("original_message", MessageObject.of(original));
        payload.put("bounce", MessageObject.of(bounce));
        return new Event("MessageBounced", original.id(), payload);
    }

    /** @param linkToken 16 letters or digits */
    public static Event linkClicked(Message message, Message.Visit click, String linkToken) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("message", MessageObject.of(message));
        payload.put("url", click.url());
        payload.put("token", linkToken);
        payload.put("ip_address", click.ipAddress());
        payload.put("user_agent", click.userAgent());
        return new Event("MessageLinkClicked", message.id(), payload);
    }

    public static Event loaded(Message message, Message.Visit load) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("message", MessageObject.of(message));
        payload.put("ip_address", load.ipAddress());
        payload.put("user_agent", load.userAgent());
        return new Event("MessageLoaded", message.id(), payload);
    }

    /** Everything missing, as for a domain without any of Postal's records. */
    public static Event dnsError(MailServer.Identity server, String domain, Instant checkedAt) {
        return dnsError(server, domain, checkedAt, "Missing", List.of(
                "The domain has no SPF record",
                "No TXT record at postal-" + server.token() + "._domainkey." + domain,
                "No MX records for " + domain,
                "No CNAME record at psrp." + domain));
    }

    /** Everything there, but for another mail server. */
    public static Event invalidDns(MailServer.Identity server, String domain, Instant checkedAt) {
        return dnsError(server, domain, checkedAt, "Invalid", List.of(
                "The SPF record of the domain does not include this installation",
                "The record at postal-" + server.token() + "._domainkey." + domain + " has another key",
                "The MX records of " + domain + " lack one of this installation",
                "The CNAME record at psrp." + domain + " leads somewhere else"));
    }

    /** @param errors of SPF, DKIM, MX and return path */
    private static Event dnsError(MailServer.Identity server, String domain, Instant checkedAt, String status,
            List<String> errors) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("server", serverObject(server));
        payload.put("domain", domain);
        payload.put("uuid", UUID.nameUUIDFromBytes(domain.getBytes(StandardCharsets.UTF_8)).toString());
        payload.put("dns_checked_at", TimeFormat.seconds(checkedAt));
        List<String> checks = List.of("spf", "dkim", "mx", "return_path");
        for (int i = 0; i < checks.size(); i++) {
            payload.put(checks.get(i) + "_status", status);
            payload.put(checks.get(i) + "_error", errors.get(i));
        }
        return new Event("DomainDNSError", 0, payload);
    }

    /** @param name {@code SendLimitApproaching} or {@code SendLimitExceeded} */
    public static Event sendLimit(String name, MailServer.Identity server, int volume, int limit) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("server", serverObject(server));
        payload.put("volume", volume);
        payload.put("limit", limit);
        return new Event(name, 0, payload);
    }

    /** The body for one webhook; uuid and timestamp belong to it and stay the same in all attempts (protocol 5.1). */
    public byte[] body(String uuid, Instant createdAt) {
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("event", name);
        envelope.put("timestamp", TimeFormat.seconds(createdAt));
        envelope.put("payload", payload);
        envelope.put("uuid", uuid);
        return PostalJson.write(envelope);
    }

    private static Map<String, Object> serverObject(MailServer.Identity server) {
        Map<String, Object> s = new LinkedHashMap<>();
        s.put("uuid", server.uuid());
        s.put("name", server.name());
        s.put("permalink", server.permalink());
        s.put("organization", server.organization());
        return s;
    }
}
