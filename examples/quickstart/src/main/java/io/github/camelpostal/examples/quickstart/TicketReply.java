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
package io.github.camelpostal.examples.quickstart;

import java.util.Map;

import io.github.camelpostal.PostalConstants;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Decides who gets a reply, and writes it, such that it can start no loop. Knows mail; must never know where tickets are kept. */
final class TicketReply implements Processor {

    private final String address;

    /** @param address the support address, such as {@code support@example.com} */
    TicketReply(String address) {
        if (address.indexOf('@') < 1) {
            throw new IllegalArgumentException("quickstart.address must be an address, such as support@example.com");
        }
        this.address = address;
    }

    /** Whether this mail gets a reply. A machine gets none (RFC 3834 2), and nobody gets the same one twice. */
    boolean isWanted(Exchange exchange) {
        Message filed = exchange.getMessage();
        boolean machine = !filed.getHeader(PostalConstants.REPLY_ALLOWED, Boolean.class)
                || filed.getHeader(PostalConstants.IS_BOUNCE, false, Boolean.class)
                || "Spam".equals(filed.getHeader(PostalConstants.SPAM_STATUS));
        TicketEntry entry = entry(exchange);
        return !machine && entry.mail().canReply() && !entry.reply().exists();
    }

    @Override
    public void process(Exchange exchange) {
        TicketEntry entry = entry(exchange);
        Message reply = exchange.getMessage();
        reply.setBody(entry.mail().reply()); // from whom, about what, in which thread
        reply.setHeader(PostalConstants.TO, entry.mail().reply().to().get(0)); // a stranger may have named more
        reply.setHeader(PostalConstants.REPLY_TO, address.replaceFirst("@(?=[^@]*$)", "+" + entry.ticket() + "@"));
        reply.setHeader(PostalConstants.HEADERS, Map.of("Auto-Submitted", "auto-replied")); // RFC 3834 5
        reply.setHeader(PostalConstants.PLAIN_BODY, """
                Thank you, your mail has arrived and is part of ticket %s.

                Just answer this mail when you want to add to it.
                """.formatted(entry.ticket()));
    }

    private static TicketEntry entry(Exchange exchange) {
        return exchange.getProperty(TicketDesk.ENTRY, TicketEntry.class);
    }
}
