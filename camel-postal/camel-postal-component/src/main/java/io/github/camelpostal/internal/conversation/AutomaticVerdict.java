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
package io.github.camelpostal.internal.conversation;

import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.camelpostal.conversation.Automatic;

/**
 * Whether a person wrote a mail, and whether an automatic reply to it may be sent.
 * <p>
 * The two are separate questions: Exchange adds {@code X-Auto-Response-Suppress} to mails that a person wrote, and no
 * automatic reply may go there. With the header of a {@code Hash} mail both verdicts are weaker, see
 * {@link MailHeaders#ofHash}.
 *
 * @param automatic    who wrote
 * @param replyAllowed false for everything that is not {@link Automatic#HUMAN}, and for a person's mail whose sender is
 *                     null, who wants replies where a program or nobody reads them, or who asks for silence (RFC 3834, section 2)
 */
public record AutomaticVerdict(Automatic automatic, boolean replyAllowed) {

    /** DR, RN and NRN suppress receipts, and a receipt is no reply. */
    private static final Pattern SUPPRESSED = Pattern.compile("\\b(?:all|oof|autoreply)\\b");

    private static final Pattern YES = Pattern.compile("^yes$");

    private static final Pattern ANY = Pattern.compile("");

    /** Addresses behind which a program sits, whatever the mail says (RFC 3834, section 2; vacation(1)). */
    private static final Pattern PROGRAM = Pattern
            .compile("^(?:mailer-daemon|postmaster|listserv|majordomo|nobody|root|daemon)$"
                    + "|^owner-|-(?:request|owner|bounces?)$|(?:^|[._+-])(?:no|do[._-]?not|dont|never)[._-]?reply(?:$|[._+-])");

    /** Judges a mail. */
    public static AutomaticVerdict of(MailHeaders headers) {
        HeaderTraits traits = new HeaderTraits(headers);
        Automatic automatic = AutomaticRules.instance().decide(traits);
        boolean replyAllowed = automatic == Automatic.HUMAN && traits.any(":from-local", ANY)
                && !traits.any(":null-sender", YES) && !traits.any("x-auto-response-suppress", SUPPRESSED)
                && Stream.of(":from-local", ":reply-to-local", ":envelope-local")
                        .noneMatch(address -> traits.any(address, PROGRAM));
        return new AutomaticVerdict(automatic, replyAllowed);
    }
}
