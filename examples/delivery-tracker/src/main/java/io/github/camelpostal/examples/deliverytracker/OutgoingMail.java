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
package io.github.camelpostal.examples.deliverytracker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;

/**
 * A row of the outbox.
 *
 * @param recipients those that are left
 * @param refused    those that were taken out, with the reason
 */
record OutgoingMail(long id, List<InternetAddress> recipients, Map<String, String> refused, Map<String, Object> row) {

    /** Exchange property: the mail at hand. */
    static final String PROPERTY = "mail";

    /** @throws AddressException if the recipients are no list of addresses */
    static OutgoingMail of(Map<String, Object> row) throws AddressException {
        InternetAddress[] recipients = InternetAddress.parse((String) row.get("recipients"));
        if (recipients.length == 0) {
            throw new AddressException("No recipients");
        }
        return new OutgoingMail(((Number) row.get("id")).longValue(), List.of(recipients), Map.of(), row);
    }

    /** As they stand in the suppression table. */
    public List<String> addresses() {
        return recipients.stream().map(OutgoingMail::key).toList();
    }

    /** @param suppressed rows with {@code address} and {@code reason} */
    OutgoingMail without(List<Map<String, Object>> suppressed) {
        Map<String, String> reasons = suppressed.stream()
                .collect(Collectors.toMap(row -> (String) row.get("address"), row -> (String) row.get("reason")));
        List<InternetAddress> left = new ArrayList<>(recipients);
        left.removeIf(recipient -> reasons.containsKey(key(recipient)));
        return new OutgoingMail(id, List.copyOf(left), Map.copyOf(reasons), row);
    }

    public boolean hasRecipients() {
        return !recipients.isEmpty();
    }

    public List<Map<String, Object>> refusals() {
        return refused.entrySet().stream()
                .map(refusal -> Map.<String, Object>of("address", refusal.getKey(), "reason", refusal.getValue())).toList();
    }

    String tag() {
        return (String) row.get("tag");
    }

    /** With the field names of Postal's API. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new HashMap<>();
        fields.put("to", recipients.stream().map(InternetAddress::toUnicodeString).toList());
        for (String name : List.of("subject", "plain_body", "html_body", "tag")) {
            if (row.get(name) != null) {
                fields.put(name, row.get(name));
            }
        }
        return fields;
    }

    private static String key(InternetAddress recipient) {
        return recipient.getAddress().toLowerCase(Locale.ROOT);
    }
}
