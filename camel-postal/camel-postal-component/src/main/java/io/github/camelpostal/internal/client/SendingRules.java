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
package io.github.camelpostal.internal.client;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.github.camelpostal.api.PostalAttachment;
import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.PostalMessage;
import io.github.camelpostal.api.RawMessage;
import io.github.camelpostal.payload.HeaderField;
import org.jspecify.annotations.Nullable;

/**
 * The one list of what stands against sending a message: what no call can carry, what {@code send/message} would refuse or
 * lose, and what it would change. The client refuses by it, and the choice between the two calls is made by it. The order is
 * the one in which Postal reports (protocol 2.5).
 */
public final class SendingRules {

    /** What Postal's database holds of a tag, an address or a Message-ID; more is HTTP 500 (protocol 2.4). */
    public static final int LONGEST_SHORT_TEXT = 255;
    /** In each field, counted before Postal looks for duplicates (protocol 2.7). */
    private static final int MOST_RECIPIENTS = 50;
    /** RFC 5322, 2.1.1: a line has 998 characters at most, and the links of these fields cannot be folded or encoded. */
    private static final int LONGEST_LINK = 990;
    private static final Set<String> MADE_FROM_CONTENT = Set.of("mime-version", "content-type", "content-transfer-encoding",
            "content-disposition", "content-id");
    /** Fields that {@code send/message} sets after ours, so that ours have no effect (protocol 2.7). */
    private static final Set<String> OVERRIDDEN = Set.of("to", "cc", "from", "sender", "subject", "reply-to", "message-id");

    private SendingRules() {
    }

    /** What becomes of a message that breaks a rule. */
    public enum Effect {
        /** No call can carry it. */
        UNSENDABLE,
        /** {@code send/message} would refuse it, or lose something without a word; {@code send/raw} carries it. */
        LOST,
        /** {@code send/message} would carry something else; {@code send/raw} carries it as it is. */
        CHANGED
    }

    /**
     * A rule that a message breaks.
     *
     * @param code for the refusal, Postal's where it has one
     * @param text a sentence for {@link Effect#UNSENDABLE}, else a noun: what {@code send/message} cannot carry
     */
    public record Problem(Effect effect, PostalErrorCode code, String text) {

        /** The refusal of a message for this. */
        public Refusal refusal() {
            return new Refusal(code, effect == Effect.UNSENDABLE
                    ? text
                    : "send/message cannot carry " + text
                            + "; send it as a raw message");
        }
    }

    /** All rules that the message breaks. */
    public static List<Problem> problems(PostalMessage message) {
        List<Problem> problems = new ArrayList<>();
        recipients(message, problems);
        content(message, problems);
        if (isBlank(message.from())) {
            unsendable(problems, PostalErrorCode.FROM_ADDRESS_MISSING,
                    "the mail has no sender; set 'from' by option, body or header CamelPostalFrom");
        }
        if (message.tag() != null && message.tag().length() > LONGEST_SHORT_TEXT) {
            unsendable(problems, PostalErrorCode.TOO_LONG, "the tag is longer than " + LONGEST_SHORT_TEXT + " characters");
        }
        if (message.replyTo().size() > 1) {
            problems.add(new Problem(Effect.CHANGED, PostalErrorCode.NOT_EXPRESSIBLE, "more than one Reply-To address"));
        }
        if (!message.headers().isEmpty()) {
            headers(message.headers(), problems);
        }
        message.attachments().forEach(attachment -> attachment(attachment, problems));
        return problems;
    }

    /** @throws Refusal if {@code send/message} would refuse the message, or lose something of it */
    public static void checkForMessageCall(PostalMessage message) {
        for (Problem problem : problems(message)) {
            if (problem.effect() != Effect.CHANGED) {
                throw problem.refusal();
            }
        }
    }

    /** @throws Refusal if {@code send/raw} would refuse the message, or report success and send nothing */
    public static void check(RawMessage message) {
        if (message.rcptTo().isEmpty()) {
            // Postal would respond with success and send nothing (protocol 2.8)
            throw new Refusal(PostalErrorCode.NO_RECIPIENTS, PostalErrorCode.NO_RECIPIENTS.meaning());
        }
        if (isBlank(message.mailFrom())) {
            throw new Refusal(PostalErrorCode.FROM_ADDRESS_MISSING, PostalErrorCode.FROM_ADDRESS_MISSING.meaning());
        }
    }

    /**
     * Checks the name of a header field that a user adds.
     *
     * @throws Refusal if it is no name, or that of a field which nobody may set beside the structure that we make
     */
    public static void checkHeaderName(String name) {
        Problem problem = problemOfName(name);
        if (problem != null) {
            throw problem.refusal();
        }
    }

    private static void recipients(PostalMessage message, List<Problem> problems) {
        if (message.to().isEmpty() && message.cc().isEmpty() && message.bcc().isEmpty()) {
            unsendable(problems, PostalErrorCode.NO_RECIPIENTS, "the mail has no recipient; set 'to', 'cc' or 'bcc', by option,"
                    + " body or header CamelPostalTo, CamelPostalCc, CamelPostalBcc");
        }
        atMost(message.to(), "to", PostalErrorCode.TOO_MANY_TO_ADDRESSES, problems);
        atMost(message.cc(), "cc", PostalErrorCode.TOO_MANY_CC_ADDRESSES, problems);
        atMost(message.bcc(), "bcc", PostalErrorCode.TOO_MANY_BCC_ADDRESSES, problems);
    }

    private static void atMost(List<String> field, String name, PostalErrorCode code, List<Problem> problems) {
        if (field.size() > MOST_RECIPIENTS) {
            problems.add(new Problem(Effect.LOST, code,
                    field.size() + " recipients in '" + name + "' (" + MOST_RECIPIENTS + " at most)"));
        }
    }

    private static void content(PostalMessage message, List<Problem> problems) {
        if (!isBlank(message.plainBody()) || !isBlank(message.htmlBody())) {
            return;
        }
        if (message.attachments().isEmpty()) {
            unsendable(problems, PostalErrorCode.NO_CONTENT,
                    "the mail has no content; give it a body, CamelPostalPlainBody, CamelPostalHtmlBody or an attachment");
        } else {
            problems.add(new Problem(Effect.LOST, PostalErrorCode.NO_CONTENT, "attachments with a blank body"));
        }
    }

    private static void headers(List<HeaderField> headers, List<Problem> problems) {
        Set<String> names = new HashSet<>();
        for (HeaderField header : headers) {
            String name = header.name().toLowerCase(Locale.ROOT);
            Problem problem = problemOfName(header.name());
            if (problem != null) {
                problems.add(problem);
            }
            if (name.equals("message-id") && header.value().length() > LONGEST_SHORT_TEXT) {
                unsendable(problems, PostalErrorCode.TOO_LONG,
                        "the Message-ID is longer than " + LONGEST_SHORT_TEXT + " characters");
            }
            if (name.startsWith("list-") && hasTooLongLink(header.value())) {
                unsendable(problems, PostalErrorCode.TOO_LONG,
                        "the header " + header.name() + " holds a link of more than " + LONGEST_LINK
                                + " characters, which is more than a line of a mail can hold");
            }
            if (OVERRIDDEN.contains(name)) {
                problems.add(new Problem(Effect.CHANGED, PostalErrorCode.NOT_EXPRESSIBLE, "an own header " + header.name()));
            }
            if (!names.add(name)) {
                problems.add(new Problem(Effect.LOST, PostalErrorCode.NOT_EXPRESSIBLE, "two headers " + header.name()));
            }
        }
    }

    private static boolean hasTooLongLink(String value) {
        if (value.length() > LONGEST_LINK) {
            for (String link : value.split("[,\\s]+")) {
                if (link.length() > LONGEST_LINK) {
                    return true;
                }
            }
        }
        return false;
    }

    private static @Nullable Problem problemOfName(String name) {
        String lowerCase = name.toLowerCase(Locale.ROOT);
        if (!isFieldName(name)) {
            return new Problem(Effect.UNSENDABLE, PostalErrorCode.INVALID_VALUE, "'" + printable(name)
                    + "' is no name of a header: it must consist of printable ASCII characters without space and colon"
                    + " (RFC 5322, 3.6.8)");
        }
        if (lowerCase.equals("bcc")) {
            return new Problem(Effect.UNSENDABLE, PostalErrorCode.INVALID_VALUE,
                    "Bcc cannot stand in 'headers', where everybody would see it; use 'bcc' or CamelPostalBcc");
        }
        if (MADE_FROM_CONTENT.contains(lowerCase)) {
            return new Problem(Effect.UNSENDABLE, PostalErrorCode.INVALID_VALUE, name + " cannot stand in 'headers': it is made"
                    + " from the content; use postal:sendRaw for a message of your own structure");
        }
        return null;
    }

    private static boolean isFieldName(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) <= ' ' || name.charAt(i) > '~' || name.charAt(i) == ':') {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /** The beginning of a wrong name, which may be anything, so that it can stand in an exception's text. */
    private static String printable(String name) {
        String ascii = name.replaceAll("[^ -~]", "?");
        return ascii.length() <= 40 ? ascii : ascii.substring(0, 40) + "...";
    }

    private static void attachment(PostalAttachment attachment, List<Problem> problems) {
        if (isBlank(attachment.name())) {
            unsendable(problems, PostalErrorCode.ATTACHMENT_MISSING_NAME, "an attachment has no name");
        }
        if (attachment.content().length() == 0) {
            problems.add(new Problem(Effect.LOST, PostalErrorCode.ATTACHMENT_MISSING_DATA, "an empty attachment"));
        } else if (attachment.inline() || attachment.contentId() != null) {
            problems.add(new Problem(Effect.LOST, PostalErrorCode.NOT_EXPRESSIBLE, "an inline attachment"));
        } else if (looksLikeText(attachment)) {
            problems.add(new Problem(Effect.CHANGED, PostalErrorCode.NOT_EXPRESSIBLE,
                    "an attachment that looks like text (Postal rewrites its line ends)"));
        }
    }

    /** By its type, or by its beginning where that is known. */
    private static boolean looksLikeText(PostalAttachment attachment) {
        String type = attachment.mediaType();
        return type.startsWith("text/") || type.startsWith("multipart/") || type.startsWith("message/") || type.endsWith("json")
                || type.endsWith("xml") || attachment.content() instanceof PeekedContent peeked && peeked.looksLikeText();
    }

    private static void unsendable(List<Problem> problems, PostalErrorCode code, String text) {
        problems.add(new Problem(Effect.UNSENDABLE, code, text));
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
