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
package io.github.camelpostal.payload;

import java.util.Locale;
import java.util.Objects;

/**
 * Why a mail was not delivered: what to do about an address follows from this, not from Postal's {@code HardFail} and
 * {@code SoftFail}, which say only whether Postal will try again (protocol 2.14).
 *
 * <pre>{@code
 * from("postal:webhook?...").filter(simple("${header.CamelPostalPermanent}")).to("direct:forgetAddress");
 * }</pre>
 *
 * @param category  the kind of failure, never null
 * @param permanent true only if the other server said so and the address itself is at fault: no later mail to this
 *                  address will arrive, whoever sends it and whatever it says. Always false for the sender's, the
 *                  content's and Postal's own reasons, and for every reply of the 4xx class
 * @param rule      the name of the rule that decided, for a look into the rules file; never null
 */
public record FailureReason(Category category, boolean permanent, String rule) {

    public FailureReason {
        Objects.requireNonNull(category, "category");
        Objects.requireNonNull(rule, "rule");
        if (permanent && !category.aboutAddress()) {
            throw new IllegalArgumentException(category + " says nothing about the address, so it is never permanent");
        }
    }

    /** Whose matter the failure is. */
    public Side side() {
        return category.side();
    }

    /** Who has to change something before a mail like this one arrives. */
    public enum Side {
        /** The recipient's mailbox. */
        MAILBOX,
        /** The recipient's domain or its mail server. */
        DOMAIN,
        /** We: our address, our server's name and reputation, our rate. */
        SENDER,
        /** The mail itself. */
        CONTENT,
        /** The Postal installation, which has not tried, or no longer tries. */
        POSTAL;

        /** The word used in headers: {@code mailbox}, {@code domain}, {@code sender}, {@code content}, {@code postal}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The kinds of failure. */
    public enum Category {
        /** There is no such mailbox. */
        UNKNOWN_USER(Side.MAILBOX),
        /** The mailbox is closed, disabled or has moved. */
        INACTIVE(Side.MAILBOX),
        /** The mailbox is over its quota. */
        MAILBOX_FULL(Side.MAILBOX),
        /** The domain does not exist or takes no mail. */
        UNKNOWN_DOMAIN(Side.DOMAIN),
        /** No connection, or it broke; a routing loop. */
        UNREACHABLE(Side.DOMAIN),
        /** The other server has trouble of its own. */
        SYSTEM(Side.DOMAIN),
        /** Nobody took the mail until the time was up. */
        EXPIRED(Side.DOMAIN),
        /** The sending host or domain is on a blocklist or has a bad name. */
        REPUTATION(Side.SENDER),
        /** SPF, DKIM, DMARC, reverse DNS or the HELO name do not convince. */
        AUTHENTICATION(Side.SENDER),
        /** The sender's address or domain is refused. */
        SENDER(Side.SENDER),
        /** Too much, too fast, too many connections. */
        RATE_LIMIT(Side.SENDER),
        /** The usual refusal of a first attempt. */
        GREYLIST(Side.DOMAIN),
        /** The server does not feel responsible for the recipient. */
        RELAY(Side.SENDER),
        /** A local rule of the recipient's organization. */
        POLICY(Side.SENDER),
        /** The mail looks like spam. */
        SPAM(Side.CONTENT),
        /** A virus, or a file of a forbidden kind. */
        VIRUS(Side.CONTENT),
        /** The mail is malformed. */
        CONTENT(Side.CONTENT),
        /** The mail is larger than the server or the mailbox allows. */
        TOO_LARGE(Side.CONTENT),
        /** The SMTP dialogue went wrong. */
        PROTOCOL(Side.SENDER),
        /** Nothing recognizable. */
        UNKNOWN(Side.DOMAIN),
        /** Postal's own suppression list. */
        SUPPRESSED(Side.POSTAL),
        /** The mail server's limit of messages in an hour. */
        SEND_LIMIT(Side.POSTAL),
        /** The credential holds all that is sent with it. */
        CREDENTIAL_HOLD(Side.POSTAL),
        /** The mail server is in development mode. */
        DEVELOPMENT(Side.POSTAL),
        /** The mail server is suspended. */
        SUSPENDED(Side.POSTAL),
        /** Postal's own check of outgoing mail. */
        OUTBOUND_SPAM(Side.POSTAL),
        /** The stored message was removed before it could be sent. */
        RAW_EXPIRED(Side.POSTAL),
        /** The sending domain is no longer known to Postal. */
        NO_DOMAIN(Side.POSTAL),
        /** An error inside Postal. */
        INTERNAL(Side.POSTAL);

        private final Side side;

        Category(Side side) {
            this.side = side;
        }

        public Side side() {
            return side;
        }

        /** The word used in headers and rules: {@code unknown-user}, {@code mailbox-full}, ... */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Whether it can be a lasting property of the address. */
        public boolean aboutAddress() {
            return this == UNKNOWN_USER || this == INACTIVE || this == UNKNOWN_DOMAIN;
        }

        /**
         * The category with this {@link #text()}.
         *
         * @throws IllegalArgumentException if there is none
         */
        public static Category of(String text) {
            for (Category category : values()) {
                if (category.text().equals(text)) {
                    return category;
                }
            }
            throw new IllegalArgumentException("No category is called " + text);
        }
    }
}
