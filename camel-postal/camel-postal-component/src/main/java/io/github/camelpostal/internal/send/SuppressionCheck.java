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
package io.github.camelpostal.internal.send;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.SuppressionMode;
import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.PostalMessage;
import io.github.camelpostal.internal.client.Refusal;
import io.github.camelpostal.internal.mime.compose.AddressList;
import io.github.camelpostal.internal.mime.compose.Mailbox;
import io.github.camelpostal.suppression.PostalSuppressionList;
import io.github.camelpostal.suppression.SuppressionListException;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * Asks the suppression list, once for each mail, which recipients get none. A list that cannot be asked stops the mail: a
 * recipient who has left would get it otherwise.
 */
final class SuppressionCheck {

    /** The list in a database keeps no more of it. */
    private static final int LONGEST_STREAM = 190;

    private final RecipientSettings settings;

    SuppressionCheck(RecipientSettings settings) {
        this.settings = settings;
    }

    /** What the mail is for; null for nothing in particular. */
    static @Nullable String stream(Message camel, RecipientSettings settings) {
        String header = ExchangeText.line(camel, PostalConstants.STREAM);
        String stream = header == null ? settings.stream() : header.strip();
        if (stream != null && stream.length() > LONGEST_STREAM) {
            throw new Refusal(PostalErrorCode.TOO_LONG, "the stream is longer than " + LONGEST_STREAM + " characters");
        }
        return stream == null || stream.isEmpty() ? null : stream;
    }

    /**
     * The recipients that get no mail, as they were given, with their bare addresses.
     *
     * @param  recipients               addresses, with or without display names
     * @throws SuppressionListException if the list cannot be asked
     * @throws Refusal                  if nobody would be left, or the mail must go to all or to none
     */
    Map<String, String> suppressed(Message camel, Collection<String> recipients) {
        PostalSuppressionList list = settings.list();
        String stream = stream(camel, settings);
        if (list == null || settings.mode() == SuppressionMode.OFF || recipients.isEmpty()) {
            return Map.of();
        }
        List<String> bare = new ArrayList<>(recipients.size());
        recipients.forEach(given -> bare.add(bare(given)));
        Set<String> found = find(list, bare, stream);
        Map<String, String> suppressed = new LinkedHashMap<>();
        boolean all = true;
        int place = 0;
        for (String given : recipients) {
            String address = bare.get(place++);
            if (found.contains(address)) {
                suppressed.put(given, address);
            } else {
                all = false;
            }
        }
        if (suppressed.isEmpty()) {
            return Map.of();
        }
        if (all || settings.mode() == SuppressionMode.FAIL) {
            throw new Refusal(PostalErrorCode.SUPPRESSED, all
                    ? "all recipients are on the suppression list"
                    : found.size() + " of " + new LinkedHashSet<>(recipients).size()
                            + " recipients are on the suppression list, and suppression=fail sends to all or to none");
        }
        return suppressed;
    }

    /** The mail to the others. */
    static PostalMessage without(PostalMessage message, Set<String> suppressed) {
        return suppressed.isEmpty()
                ? message
                : message.toBuilder().to(others(message.to(), suppressed)).cc(others(message.cc(), suppressed))
                        .bcc(others(message.bcc(), suppressed)).build();
    }

    /** The same, by the bare addresses. */
    static PostalMessage withoutAddresses(PostalMessage message, Collection<String> suppressed) {
        return without(message, Stream.of(message.to(), message.cc(), message.bcc()).flatMap(List::stream)
                .filter(given -> suppressed.contains(bare(given))).collect(Collectors.toSet()));
    }

    static List<String> others(List<String> recipients, Set<String> suppressed) {
        return recipients.stream().filter(recipient -> !suppressed.contains(recipient)).toList();
    }

    private static Set<String> find(PostalSuppressionList list, Collection<String> addresses, @Nullable String stream) {
        try {
            return list.find(addresses, stream).keySet();
        } catch (SuppressionListException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new SuppressionListException("The suppression list failed", e); // of the user's own list, anything
        }
    }

    /** What is no address is refused later, by a rule that says what is wrong. */
    private static String bare(String given) {
        if (given.indexOf('<') < 0) {
            return given;
        }
        try {
            Mailbox mailbox = AddressList.parseOne("to", given);
            return mailbox == null ? given : mailbox.address();
        } catch (Refusal notAnAddress) {
            return given;
        }
    }
}
