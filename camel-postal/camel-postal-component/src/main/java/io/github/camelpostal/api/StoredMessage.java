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
package io.github.camelpostal.api;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonValue;
import io.github.camelpostal.internal.client.PostalTime;
import io.github.camelpostal.payload.Content;
import org.jspecify.annotations.Nullable;

/**
 * A message as Postal has stored it, outgoing or incoming, with the sections that were asked for (protocol 2.9). Its text
 * never shows an address or anything of the message.
 *
 * <p>Some time after the message (30 days by default) Postal throws its content away: then the bodies are null, empty are
 * attachments and headers, {@link Details#size()} is null, and the raw message is nothing but line breaks (protocol 2.16).
 *
 * @param id              counted per mail server
 * @param token           random letters and digits
 * @param expansions      the sections that Postal sent; all others are null or empty below
 * @param status          where the message stands
 * @param details         envelope, subject, size, direction, tag
 * @param inspection      what the scanners said
 * @param plainBody       the text; also null when the mail has none
 * @param htmlBody        the HTML; also null when the mail has none
 * @param attachments     the attachments with their content
 * @param headers         from lower-case field name to its decoded values
 * @param rawMessage      the complete message, with the header fields that Postal added
 * @param activityEntries opened and clicked
 */
public record StoredMessage(long id, String token, Set<Expansion> expansions, @Nullable Status status,
        @Nullable Details details, @Nullable Inspection inspection, @Nullable String plainBody, @Nullable String htmlBody,
        List<Attachment> attachments, Map<String, List<String>> headers, @Nullable Content rawMessage,
        @Nullable ActivityEntries activityEntries) {

    public StoredMessage {
        expansions = Set.copyOf(expansions);
        attachments = List.copyOf(attachments);
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /**
     * Where a message stands.
     *
     * @param status              as Postal writes it (protocol 2.11)
     * @param lastDeliveryAttempt null before the first
     * @param held                whether it is parked
     * @param holdExpiry          when a parked message expires; null when it is not parked
     */
    public record Status(String status, @Nullable Instant lastDeliveryAttempt, boolean held, @Nullable Instant holdExpiry) {
    }

    /**
     * Envelope and properties of a message.
     *
     * @param rcptTo          the recipient
     * @param mailFrom        the sender
     * @param subject         at most 200 characters of it
     * @param messageId       without angle brackets
     * @param timestamp       when Postal stored it
     * @param direction       {@code outgoing} or {@code incoming}
     * @param size            in bytes; null when Postal has thrown the content away
     * @param bounce          whether it is a bounce
     * @param bounceForId     the id of the message that it is the bounce of; null for none
     * @param tag             the tag; null for none
     * @param receivedWithSsl whether it came over an encrypted connection, as far as Postal knows
     */
    public record Details(@Nullable String rcptTo, @Nullable String mailFrom, @Nullable String subject,
            @Nullable String messageId, Instant timestamp, String direction, @Nullable Long size, boolean bounce,
            @Nullable Long bounceForId, @Nullable String tag, boolean receivedWithSsl) {

        @Override
        public String toString() {
            return "Details[" + direction + ", " + timestamp + "]";
        }
    }

    /**
     * What the spam and virus scanners said.
     *
     * @param inspected     whether they looked at all
     * @param spam          whether the score was over the threshold of the mail server
     * @param spamScore     the score
     * @param threat        whether a virus was found
     * @param threatDetails its name; null for none
     */
    public record Inspection(boolean inspected, boolean spam, double spamScore, boolean threat,
            @Nullable String threatDetails) {
    }

    /**
     * An attachment of a stored message.
     *
     * @param filename    as Postal has it; may be empty
     * @param contentType bare media type
     * @param content     the bytes
     * @param size        in bytes, as Postal says
     * @param hash        SHA-1 of the content in hexadecimal, as Postal says
     */
    public record Attachment(String filename, String contentType, Content content, long size, String hash) {

        @Override
        public String toString() {
            return "Attachment[" + contentType + ", " + size + " bytes]";
        }
    }

    /** Every time the mail was opened and a link in it clicked, oldest first. */
    public record ActivityEntries(List<Load> loads, List<Click> clicks) {

        public ActivityEntries {
            loads = List.copyOf(loads);
            clicks = List.copyOf(clicks);
        }

        @Override
        public String toString() {
            return "ActivityEntries[" + loads.size() + " loads, " + clicks.size() + " clicks]";
        }
    }

    /** The mail was opened. */
    public record Load(@Nullable String ipAddress, @Nullable String userAgent, Instant timestamp) {
    }

    /** A link in the mail was clicked. */
    public record Click(String url, @Nullable String ipAddress, @Nullable String userAgent, Instant timestamp) {
    }

    /**
     * The same with Postal's field names, and only the sections that Postal sent; content is base64 without line breaks.
     * This holds all content in memory.
     */
    @JsonValue
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id);
        map.put("token", token);
        for (Expansion expansion : Expansion.values()) {
            if (expansions.contains(expansion)) {
                map.put(expansion.postalName(), section(expansion));
            }
        }
        return map;
    }

    private @Nullable Object section(Expansion expansion) {
        return switch (expansion) {
            case STATUS -> status == null ? null : map(status);
            case DETAILS -> details == null ? null : map(details);
            case INSPECTION -> inspection == null ? null : map(inspection);
            case PLAIN_BODY -> plainBody;
            case HTML_BODY -> htmlBody;
            case ATTACHMENTS -> attachments.stream().map(StoredMessage::map).toList();
            case HEADERS -> headers;
            case RAW_MESSAGE -> rawMessage == null ? null : base64(rawMessage);
            case ACTIVITY_ENTRIES -> activityEntries == null ? null : map(activityEntries);
        };
    }

    private static Map<String, Object> map(Status status) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("status", status.status);
        map.put("last_delivery_attempt", seconds(status.lastDeliveryAttempt));
        map.put("held", status.held);
        map.put("hold_expiry", seconds(status.holdExpiry));
        return map;
    }

    private static Map<String, Object> map(Details details) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("rcpt_to", details.rcptTo);
        map.put("mail_from", details.mailFrom);
        map.put("subject", details.subject);
        map.put("message_id", details.messageId);
        map.put("timestamp", PostalTime.seconds(details.timestamp));
        map.put("direction", details.direction);
        map.put("size", details.size == null ? null : String.valueOf(details.size)); // Postal writes the number as text
        map.put("bounce", details.bounce);
        map.put("bounce_for_id", details.bounceForId == null ? 0L : details.bounceForId);
        map.put("tag", details.tag);
        map.put("received_with_ssl", details.receivedWithSsl ? true : null); // never false (protocol 2.9)
        return map;
    }

    private static Map<String, Object> map(Inspection inspection) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("inspected", inspection.inspected);
        map.put("spam", inspection.spam);
        map.put("spam_score", inspection.spamScore);
        map.put("threat", inspection.threat);
        map.put("threat_details", inspection.threatDetails);
        return map;
    }

    private static Map<String, Object> map(Attachment attachment) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("filename", attachment.filename);
        map.put("content_type", attachment.contentType);
        map.put("data", base64(attachment.content));
        map.put("size", attachment.size);
        map.put("hash", attachment.hash);
        return map;
    }

    private static Map<String, Object> map(ActivityEntries entries) {
        return Map.of("loads",
                entries.loads.stream().map(load -> visit(load.ipAddress, load.userAgent, load.timestamp)).toList(),
                "clicks", entries.clicks.stream().map(click -> {
                    Map<String, Object> map = new LinkedHashMap<>();
                    map.put("url", click.url);
                    map.putAll(visit(click.ipAddress, click.userAgent, click.timestamp));
                    return map;
                }).toList());
    }

    private static Map<String, Object> visit(@Nullable String ipAddress, @Nullable String userAgent, Instant timestamp) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("ip_address", ipAddress);
        map.put("user_agent", userAgent);
        map.put("timestamp", timestamp.toString());
        return map;
    }

    private static @Nullable BigDecimal seconds(@Nullable Instant time) {
        return time == null ? null : PostalTime.seconds(time);
    }

    private static String base64(Content content) {
        try (InputStream in = content.open()) {
            return Base64.getEncoder().encodeToString(in.readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException("Content that was in memory cannot be read", e);
        }
    }

    @Override
    public String toString() {
        return "StoredMessage[" + id + ", with " + expansions + "]";
    }
}
