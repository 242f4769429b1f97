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
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.camelpostal.Transport;
import io.github.camelpostal.api.MailHeader;
import io.github.camelpostal.api.PostalErrorCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether Postal's structured call carries a mail as it is meant.
 */
final class TransportChoice {

    private static final Logger LOG = LoggerFactory.getLogger(TransportChoice.class);

    /** Contract 2.7. */
    private static final int MOST_RECIPIENTS_A_FIELD = 50;

    /** Fields that {@code send/message} sets after ours, so that ours have no effect (contract 2.7). */
    private static final Set<String> OVERRIDDEN = Set.of("to", "cc", "from", "sender", "subject", "reply-to", "message-id");

    private TransportChoice() {
    }

    /**
     * Whether to send the mail raw.
     *
     * @throws Refusal if only the structured call may be used, and Postal would refuse the mail or change it
     */
    static boolean isRaw(Mail mail, Transport allowed) {
        return switch (allowed) {
            case RAW -> true;
            case AUTO -> {
                List<Obstacle> obstacles = obstacles(mail);
                if (!obstacles.isEmpty()) {
                    LOG.debug("A mail goes by send/raw, because send/message cannot carry {}", names(obstacles));
                }
                yield !obstacles.isEmpty();
            }
            case MESSAGE -> {
                List<Obstacle> obstacles = obstacles(mail);
                if (!obstacles.isEmpty()) {
                    throw new Refusal(obstacles.get(0).code(), "send/message cannot carry "
                            + names(obstacles)
                            + "; set transport=auto or transport=raw");
                }
                yield false;
            }
        };
    }

    /** Something that {@code send/message} would refuse or change, with the code for it. */
    private record Obstacle(PostalErrorCode code, String what) {

        Obstacle(String what) {
            this(PostalErrorCode.NOT_EXPRESSIBLE, what);
        }
    }

    private static List<Obstacle> obstacles(Mail mail) {
        List<Obstacle> found = new ArrayList<>();
        tooMany(mail.to(), "to", PostalErrorCode.TOO_MANY_TO_ADDRESSES, found);
        tooMany(mail.cc(), "cc", PostalErrorCode.TOO_MANY_CC_ADDRESSES, found);
        tooMany(mail.bcc(), "bcc", PostalErrorCode.TOO_MANY_BCC_ADDRESSES, found);
        if (mail.hasBlankBody()) {
            found.add(new Obstacle(PostalErrorCode.NO_CONTENT, "attachments with a blank body"));
        }
        if (mail.replyTo().size() > 1) {
            found.add(new Obstacle("more than one Reply-To address"));
        }
        headers(mail.headers(), found);
        mail.attachments().forEach(attached -> attachment(attached, found));
        return found;
    }

    private static String names(List<Obstacle> obstacles) {
        return obstacles.stream().map(Obstacle::what).collect(Collectors.joining(", "));
    }

    private static void tooMany(List<Mailbox> field, String name, PostalErrorCode code, List<Obstacle> found) {
        if (field.size() > MOST_RECIPIENTS_A_FIELD) {
            found.add(new Obstacle(code, field.size() + " recipients in '" + name + "' (" + MOST_RECIPIENTS_A_FIELD
                    + " at most)"));
        }
    }

    private static void headers(List<MailHeader> headers, List<Obstacle> found) {
        Set<String> names = new HashSet<>();
        for (MailHeader header : headers) {
            String name = header.name().toLowerCase(Locale.ROOT);
            if (OVERRIDDEN.contains(name)) {
                found.add(new Obstacle("an own header " + header.name()));
            }
            if (!names.add(name)) {
                found.add(new Obstacle("two headers " + header.name()));
            }
        }
    }

    private static void attachment(Attached attached, List<Obstacle> found) {
        if (attached.content().isEmpty()) {
            found.add(new Obstacle(PostalErrorCode.ATTACHMENT_MISSING_DATA, "an empty attachment"));
        } else if (attached.isPartOfBody()) {
            found.add(new Obstacle("an inline attachment"));
        } else if (attached.looksLikeText()) {
            found.add(new Obstacle("an attachment that looks like text (Postal rewrites its line ends)"));
        }
    }
}
