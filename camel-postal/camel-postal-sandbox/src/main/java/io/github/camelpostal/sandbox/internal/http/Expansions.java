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
package io.github.camelpostal.sandbox.internal.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelpostal.sandbox.internal.format.PostalMail;
import io.github.camelpostal.sandbox.internal.format.RubyBase64;
import io.github.camelpostal.sandbox.internal.format.TimeFormat;
import io.github.camelpostal.sandbox.internal.store.Delivery;
import io.github.camelpostal.sandbox.internal.store.Message;
import io.github.camelpostal.sandbox.internal.store.PostalVersion;
import io.github.camelpostal.sandbox.internal.store.Status;
import org.jspecify.annotations.Nullable;

/** The parts of a message that {@code _expansions} can ask for, with their exact types and nulls (protocol 2.9). */
final class Expansions {
    private static final Set<String> ALL = new LinkedHashSet<>(List.of("status", "details", "inspection", "plain_body",
            "html_body", "attachments", "headers", "raw_message", "activity_entries"));

    private Expansions() {
    }

    /**
     * A list of names, or {@code true} for all; unknown names and everything else mean nothing.
     *
     * @throws CrashException for the texts of a mail on which Postal itself fails, and in 3.3.1 and 3.3.2 also for what is no
     *                        list and no text
     */
    static Map<String, Object> of(Message message, JsonNode wanted, PostalVersion version) {
        if (version.crashesWithoutListOfExpansions() && !wanted.isContainerNode() && !wanted.isTextual()) {
            throw new CrashException("_expansions is asked for what it includes");
        }
        Set<String> names = wanted.isBoolean() && wanted.booleanValue() ? ALL : namesIn(wanted);
        Map<String, Object> expansions = new LinkedHashMap<>();
        PostalMail mail = PostalMail.of(message.state().raw());
        for (String name : ALL) {
            if (names.contains(name)) {
                expansions.put(name, readableExpansion(name, message, mail, version));
            }
        }
        return expansions;
    }

    private static @Nullable Object readableExpansion(String name, Message message, PostalMail mail, PostalVersion version) {
        try {
            return expansion(name, message, mail, version);
        } catch (PostalMail.UnreadableException e) {
            throw new CrashException(e.getMessage());
        }
    }

    private static Set<String> namesIn(JsonNode wanted) {
        Set<String> names = new LinkedHashSet<>();
        if (wanted.isArray()) {
            wanted.forEach(name -> names.add(name.asText()));
        }
        return names;
    }

    private static @Nullable Object expansion(String name, Message message, PostalMail mail, PostalVersion version) {
        return switch (name) {
            case "status" -> status(message);
            case "details" -> details(message, version);
            case "inspection" -> inspection(message);
            case "plain_body" -> mail.plainBody();
            case "html_body" -> mail.htmlBody();
            case "attachments" -> attachments(mail);
            case "headers" -> mail.headers();
            case "raw_message" -> RubyBase64.lines(message.state().raw());
            case "activity_entries" -> activityEntries(message);
            default -> throw new IllegalStateException("Not one of Postal's names: " + name);
        };
    }

    private static Map<String, Object> status(Message message) {
        List<Delivery> deliveries = message.state().deliveries();
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("status", message.status().text());
        status.put("last_delivery_attempt",
                deliveries.isEmpty() ? null : TimeFormat.seconds(deliveries.get(deliveries.size() - 1).timestamp()));
        status.put("held", message.status() == Status.HELD);
        status.put("hold_expiry", TimeFormat.seconds(message.state().holdExpiry()));
        return status;
    }

    private static Map<String, Object> details(Message message, PostalVersion version) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("rcpt_to", message.arrival().rcptTo());
        details.put("mail_from", message.arrival().mailFrom());
        details.put("subject", message.arrival().subject());
        details.put("message_id", message.arrival().messageId());
        details.put("timestamp", TimeFormat.seconds(message.timestamp()));
        details.put("direction", message.direction().text());
        details.put("size", Long.toString(message.size()));
        details.put("bounce", RubyText.bool(message.arrival().bounce(), version));
        details.put("bounce_for_id", message.arrival().bounceForId());
        details.put("tag", message.state().tag());
        boolean ssl = message.arrival().receivedWithSsl();
        details.put("received_with_ssl",
                ssl || version.writesBooleansAsNumbers() ? RubyText.bool(ssl, version) : null);
        return details;
    }

    private static Map<String, Object> inspection(Message message) {
        Map<String, Object> inspection = new LinkedHashMap<>();
        inspection.put("inspected", message.state().inspected());
        inspection.put("spam", message.state().inspection().spam());
        inspection.put("spam_score", message.state().inspection().score());
        inspection.put("threat", false);
        inspection.put("threat_details", null);
        return inspection;
    }

    private static List<Map<String, Object>> attachments(PostalMail mail) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (PostalMail.Attachment attachment : mail.attachments()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("filename", attachment.filename());
            one.put("content_type", attachment.contentType());
            one.put("data", RubyBase64.lines(attachment.data()));
            one.put("size", attachment.data().length);
            one.put("hash", sha1(attachment.data()));
            list.add(one);
        }
        return list;
    }

    private static Map<String, Object> activityEntries(Message message) {
        List<Map<String, Object>> loads = new ArrayList<>();
        List<Map<String, Object>> clicks = new ArrayList<>();
        for (Message.Visit visit : message.state().visits()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            if (visit.url() != null) {
                entry.put("url", visit.url());
            }
            entry.put("ip_address", visit.ipAddress());
            entry.put("user_agent", visit.userAgent());
            entry.put("timestamp", TimeFormat.iso(visit.timestamp()));
            (visit.url() == null ? loads : clicks).add(entry);
        }
        Map<String, Object> entries = new LinkedHashMap<>();
        entries.put("loads", loads);
        entries.put("clicks", clicks);
        return entries;
    }

    private static String sha1(byte[] data) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(data));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1", e);
        }
    }
}
