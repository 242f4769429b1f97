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
package io.github.camelpostal.examples.inboxtoworkflow;

import java.util.Locale;

import io.github.camelpostal.PostalConstants;
import org.apache.camel.Header;
import org.apache.camel.builder.RouteBuilder;

/**
 * The addresses of this inbox.
 *
 * @param orders  such as {@code orders@example.com}
 * @param support such as {@code support@example.com}
 */
record Addresses(String orders, String support) {

    Addresses {
        orders = checked(orders);
        support = checked(support);
    }

    static Addresses of(RouteBuilder routes) throws Exception {
        return new Addresses(routes.propertyInject("inbox.orders", String.class),
                routes.propertyInject("inbox.support", String.class));
    }

    /** Content-based routing: which inbox a mail is for. */
    Inbox inboxOf(@Header(PostalConstants.RCPT_TO) String rcptTo) {
        String address = bare(rcptTo);
        if (address.equals(orders)) {
            return Inbox.ORDERS;
        }
        return address.equals(support) ? Inbox.SUPPORT : Inbox.OTHER;
    }

    /** Whether mail to this address ends here and gets a reply, so that writing to it would be writing to ourselves. */
    boolean isOurs(String address) {
        return inboxOf(address) != Inbox.OTHER;
    }

    /** {@code example.com} */
    String domain() {
        return support.substring(support.indexOf('@') + 1);
    }

    /** Without its tag, and in lower case: the mailbox, whoever wrote it in which way. */
    static String bare(String address) {
        return address.strip().toLowerCase(Locale.ROOT).replaceFirst("^([^+@]+)\\+[^@]*@", "$1@");
    }

    private static String checked(String address) {
        String bare = bare(address);
        if (!bare.matches("[^\\s@+]+@[^\\s@]+")) {
            throw new IllegalArgumentException(
                    "inbox.orders and inbox.support must be addresses without a tag, such as orders@example.com");
        }
        return bare;
    }
}
