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
package io.github.camelpostal.internal.suppression;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;

import io.github.camelpostal.internal.mime.MailReport;
import io.github.camelpostal.internal.reason.ReasonClassifier;
import io.github.camelpostal.payload.FailureReason;
import io.github.camelpostal.suppression.RecipientAddress;
import io.github.camelpostal.suppression.RecipientEvent;

/**
 * What a bounce or a complaint says about a recipient. Anyone can send either, so a bounce must name the recipient of the
 * very message that Postal matched it to, and a complaint must quote a token of ours.
 */
public final class ReportedEvents {

    // not-spam is praise, auth-failure is about DKIM (RFC 6591)
    private static final Set<String> COMPLAINTS = Set.of("abuse", "fraud", "opt-out", "opt-out-list", "other");

    /** One complaint is about one recipient; a hostile one names thousands. */
    private static final int MOST_NAMES = 10;

    private ReportedEvents() {
    }

    /** The reason that a bounce gives for this recipient; empty unless it says that the mail to him failed. */
    public static Optional<FailureReason> reason(MailReport report, String recipient, ReasonClassifier classifier) {
        if (!(report instanceof MailReport.DeliveryStatus status)) {
            return Optional.empty();
        }
        return status.recipients().stream()
                .filter(one -> one.action().equals("failed")
                        && (isSame(one.finalRecipient(), recipient) || isSame(one.originalRecipient(), recipient)))
                .findFirst().map(one -> classifier.classifyReport(one.status(), one.diagnostic()));
    }

    /**
     * What a bounce adds to the list's knowledge.
     *
     * @param message   what identifies the original message
     * @param recipient whom the original message was for
     * @param at        when Postal got the bounce
     */
    public static Optional<RecipientEvent> bounce(MailReport report, String message, String recipient, Instant at,
            ReasonClassifier classifier) {
        return reason(report, recipient, classifier).map(reason -> new RecipientEvent.Failure(recipient, message, at,
                reason.category(), reason.permanent(), true));
    }

    /**
     * What a complaint adds to the list's knowledge; empty without a valid token of ours in the quoted mail.
     *
     * @param sentOnlyTo whether a Message-ID is ours and proves that its mail went to this address and to nobody else
     */
    public static Optional<RecipientEvent> complaint(MailReport report, Instant at, UnsubscribeTokens tokens,
            BiPredicate<String, String> sentOnlyTo) {
        if (!(report instanceof MailReport.Feedback feedback) || !COMPLAINTS.contains(feedback.type())) {
            return Optional.empty();
        }
        Map<String, List<String>> quoted = feedback.originalHeaders();
        return UnsubscribeLink.token(quoted.getOrDefault("list-unsubscribe", List.of())).flatMap(tokens::open)
                .or(() -> byMessageId(feedback, sentOnlyTo))
                .map(target -> new RecipientEvent.Complaint(target.address(), target.stream(), at));
    }

    // the token in a Message-ID does not name the recipient, but proves a name that somebody gives
    private static Optional<UnsubscribeTokens.Target> byMessageId(MailReport.Feedback feedback,
            BiPredicate<String, String> sentOnlyTo) {
        List<String> ids = feedback.originalHeaders().getOrDefault("message-id", List.of());
        List<String> to = feedback.originalHeaders().getOrDefault("to", List.of());
        if (ids.size() != 1) {
            return Optional.empty();
        }
        return Stream.concat(feedback.recipients().stream(), to.stream()).limit(MOST_NAMES)
                .flatMap(field -> address(field).stream()).filter(address -> sentOnlyTo.test(ids.get(0), address))
                .findFirst().map(address -> new UnsubscribeTokens.Target(address, null));
    }

    private static Optional<String> address(String field) {
        try {
            InternetAddress[] addresses = InternetAddress.parseHeader(field, false);
            return addresses.length == 1
                    ? Optional.of(RecipientAddress.normalize(addresses[0].getAddress()))
                    : Optional.empty();
        } catch (AddressException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isSame(String reported, String recipient) {
        try {
            return RecipientAddress.normalize(reported).equals(RecipientAddress.normalize(recipient));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
