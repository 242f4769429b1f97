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
package io.github.camelpostal.internal.mime;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

import io.github.camelpostal.internal.mime.MailReport.DeliveryStatus;
import io.github.camelpostal.internal.mime.MailReport.Feedback;
import io.github.camelpostal.internal.mime.MailReport.Recipient;
import org.jspecify.annotations.Nullable;

/**
 * Reads bounces and complaints from a whole mail. Only the parts made for machines count: an automatic reply that quotes our
 * mail, its token and an old error text is no bounce.
 */
public final class MailReportReader {

    private static final int MOST_PARTS = 50;
    private static final int DEEPEST = 5;
    private static final int LONGEST_PART = 256 * 1024;
    private static final int MOST_RECIPIENTS = 1000;

    private static final Pattern SERVER = Pattern.compile("(?:^|[<\\s])(?:mailer-daemon|postmaster)@|<>\\s*$");

    private @Nullable String statusPart;
    private @Nullable String feedbackPart;
    private @Nullable String original;
    private int parts;

    private MailReportReader() {
    }

    /**
     * @param  mail the whole mail as it was received
     * @return      empty if it is no report, or one that cannot be read
     */
    public static Optional<MailReport> read(byte[] mail) {
        try {
            MimeMessage message = new MimeMessage((Session) null, new ByteArrayInputStream(mail));
            MailReportReader reader = new MailReportReader();
            if (message.isMimeType("multipart/report") || message.isMimeType("multipart/*") && isFromServer(message)) {
                reader.walk(message, 0);
            }
            return reader.report();
        } catch (MessagingException | IOException | RuntimeException e) {
            // whoever sends a mail chooses its bytes; what cannot be read proves nothing
            return Optional.empty();
        }
    }

    // OpenSMTPD, 163.com and gateways wrap their reports as multipart/mixed; so does a person or a responder that attaches one
    private static boolean isFromServer(MimeMessage message) throws MessagingException {
        String from = Objects.requireNonNullElse(message.getHeader("From", ","), "").toLowerCase(Locale.ROOT);
        return SERVER.matcher(from).find();
    }

    private Optional<MailReport> report() {
        Map<String, List<String>> headers = original == null ? Map.of() : fields(original.lines().toList());
        if (feedbackPart != null) {
            Map<String, List<String>> feedback = fields(feedbackPart.lines().toList());
            return Optional.of(new Feedback(first(feedback, "feedback-type").toLowerCase(Locale.ROOT),
                    feedback.getOrDefault("original-rcpt-to", List.of()), headers));
        }
        if (statusPart == null) {
            return Optional.empty();
        }
        List<Recipient> recipients = new ArrayList<>();
        for (List<String> group : groups(statusPart)) {
            Map<String, List<String>> fields = fields(group);
            if (fields.containsKey("action") && recipients.size() < MOST_RECIPIENTS) {
                recipients.add(new Recipient(address(first(fields, "final-recipient")),
                        address(first(fields, "original-recipient")), first(fields, "action").toLowerCase(Locale.ROOT),
                        first(fields, "status"), first(fields, "diagnostic-code")));
            }
        }
        return Optional.of(new DeliveryStatus(recipients, headers));
    }

    private void walk(Part part, int depth) throws MessagingException, IOException {
        if (++parts > MOST_PARTS || depth > DEEPEST) {
            return;
        }
        if (part.isMimeType("multipart/*")) {
            Multipart multipart = part.getContent() instanceof Multipart content
                    ? content
                    : new MimeMultipart(part.getDataHandler().getDataSource());
            for (int i = 0; i < multipart.getCount() && parts <= MOST_PARTS; i++) {
                walk(multipart.getBodyPart(i), depth + 1);
            }
        } else if (part.isMimeType("message/delivery-status") || part.isMimeType("message/global-delivery-status")) {
            // some servers send a first one that has words and no fields
            statusPart = statusPart == null ? text(part) : statusPart + "\n\n" + text(part);
        } else if (part.isMimeType("message/feedback-report")) {
            feedbackPart = feedbackPart == null ? text(part) : feedbackPart;
        } else if (part.isMimeType("message/rfc822") || part.isMimeType("text/rfc822-headers")
                || part.isMimeType("message/global") || part.isMimeType("message/global-headers")
                || part.isMimeType("message/rfc822-headers")) {
            original = original == null
                    ? groups(text(part)).stream().findFirst().map(g -> String.join("\n", g)).orElse("")
                    : original;
        }
    }

    private static String text(Part part) throws MessagingException, IOException {
        try (InputStream in = part.getDataHandler().getDataSource().getInputStream()) {
            return new String(in.readNBytes(LONGEST_PART), StandardCharsets.UTF_8);
        }
    }

    // groups of fields, with empty lines between them
    private static List<List<String>> groups(String text) {
        List<List<String>> groups = new ArrayList<>();
        List<String> group = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (!line.isBlank()) {
                group.add(line);
            } else if (!group.isEmpty()) {
                groups.add(group);
                group = new ArrayList<>();
            }
        }
        if (!group.isEmpty()) {
            groups.add(group);
        }
        return groups;
    }

    private static Map<String, List<String>> fields(List<String> lines) {
        Map<String, List<StringBuilder>> fields = new LinkedHashMap<>();
        StringBuilder last = null;
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (last != null && (line.startsWith(" ") || line.startsWith("\t"))) {
                last.append(' ').append(line.strip());
            } else if (colon > 0) {
                last = new StringBuilder(line.substring(colon + 1).strip());
                fields.computeIfAbsent(line.substring(0, colon).strip().toLowerCase(Locale.ROOT), key -> new ArrayList<>())
                        .add(last);
            }
        }
        Map<String, List<String>> all = new HashMap<>();
        fields.forEach((name, values) -> all.put(name, values.stream().map(StringBuilder::toString).toList()));
        return Map.copyOf(all);
    }

    private static String first(Map<String, List<String>> fields, String name) {
        return fields.getOrDefault(name, List.of("")).get(0);
    }

    // "rfc822; jane@example.com", "utf-8; ...", "<jane@example.com>"
    private static String address(String typed) {
        String bare = typed.substring(typed.indexOf(';') + 1).strip();
        return bare.startsWith("<") && bare.endsWith(">") && bare.length() > 2 ? bare.substring(1, bare.length() - 1) : bare;
    }
}
