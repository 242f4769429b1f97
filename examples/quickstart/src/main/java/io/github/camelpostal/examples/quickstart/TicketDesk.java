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

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.api.PostalException;
import io.github.camelpostal.api.PostalUncertainException;
import io.github.camelpostal.payload.InboundAttachment;
import io.github.camelpostal.payload.InboundMail;
import org.apache.camel.Body;
import org.apache.camel.ExchangeException;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;

/**
 * Files inbound mails in ticket folders. Knows files; must never know how a reply is made or sent.
 *
 * <pre>
 * tickets/17-k3j9x2mq/                       a ticket
 *     17-k3J9x2mQpL0aZ7bC.json               its first mail
 *     17-k3J9x2mQpL0aZ7bC/1-photo.jpg        an attachment of that mail
 *     17-k3J9x2mQpL0aZ7bC.reply.json         what became of our reply
 *     21-Zx81bbQ0plMn7YtR.json               the next mail
 * </pre>
 *
 * All names come from the id and the token of the mail, which are the same however often Postal posts it: filing a mail twice
 * changes nothing.
 */
final class TicketDesk {

    /** Exchange property: the {@link TicketEntry} at hand. */
    static final String ENTRY = "ticketEntry";

    // What stands behind the + was written by a stranger, and becomes part of a path.
    private static final Pattern TICKET_NAME = Pattern.compile("[A-Za-z0-9-]{1,40}");

    private final Path tickets;

    TicketDesk(Path tickets) {
        this.tickets = tickets;
    }

    /**
     * @param  addressTag what stands behind the + in the recipient's address; null when there is none
     * @throws IOException if the mail could not be stored completely; it may be filed again
     */
    TicketEntry file(@Body InboundMail mail, @Header(PostalConstants.ADDRESS_TAG) String addressTag) throws IOException {
        String token = mail.token();
        if (token == null) {
            throw new IllegalArgumentException(
                    "This mail has no token; choose the format Hash for the HTTP endpoint in Postal");
        }
        String ticket = existing(addressTag).orElseGet(() -> newTicket(mail.id(), token));
        String key = mail.id() + "-" + token;
        JsonFile file = new JsonFile(tickets.resolve(ticket).resolve(key + ".json"));
        if (!file.exists()) {
            // The JSON file comes last: where it stands, the mail is complete.
            List<Map<String, Object>> saved = save(mail.attachments(), tickets.resolve(ticket).resolve(key));
            file.write(describe(mail, saved));
        }
        return new TicketEntry(ticket, file.path(), mail);
    }

    /** Our reply was queued by Postal. */
    void noteSent(@ExchangeProperty(ENTRY) TicketEntry entry, @Header(PostalConstants.MESSAGE_ID) String messageId)
            throws IOException {
        note(entry, "sent", "message_id", messageId);
    }

    /** Our reply was refused for good, or nobody knows whether it was queued; it will not be tried again. */
    void noteFailed(@ExchangeProperty(ENTRY) TicketEntry entry, @ExchangeException PostalException reason) throws IOException {
        note(entry, reason instanceof PostalUncertainException ? "uncertain" : "refused", "reason", reason.getMessage());
    }

    private Optional<String> existing(String addressTag) {
        return Optional.ofNullable(addressTag)
                .filter(tag -> TICKET_NAME.matcher(tag).matches())
                .map(tag -> tag.toLowerCase(Locale.ROOT)) // mail systems on the way may have changed the case
                .filter(tag -> Files.isDirectory(tickets.resolve(tag)));
    }

    /** The same for each repeat of the same mail, and not to be guessed by who has not had our reply. */
    private static String newTicket(long id, String token) {
        return id + "-" + token.substring(0, Math.min(8, token.length())).toLowerCase(Locale.ROOT);
    }

    private static List<Map<String, Object>> save(List<InboundAttachment> attachments, Path folder) throws IOException {
        List<Map<String, Object>> saved = new ArrayList<>();
        for (InboundAttachment attachment : attachments) {
            // name() stays in its folder and hides nothing; in ASCII it can be written whatever the locale
            Path target = folder.resolve((saved.size() + 1) + "-" + attachment.name().replaceAll("[^A-Za-z0-9._-]+", "_"));
            Files.createDirectories(folder);
            try (InputStream content = attachment.content().open()) {
                Files.copy(content, target, StandardCopyOption.REPLACE_EXISTING);
            }
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("filename", attachment.filename());
            entry.put("content_type", attachment.contentType());
            entry.put("size", Files.size(target));
            entry.put("saved_as", folder.getFileName() + "/" + target.getFileName());
            saved.add(entry);
        }
        return saved;
    }

    /** As Postal has posted it, and in place of the attachments where they are. */
    private static Map<String, Object> describe(InboundMail mail, List<Map<String, Object>> attachments) {
        Map<String, Object> json = new LinkedHashMap<>(mail.toMap());
        json.put("attachments", attachments);
        return json;
    }

    private static void note(TicketEntry entry, String outcome, String key, String value) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("outcome", outcome);
        json.put(key, value);
        json.put("time", Instant.now().toString());
        entry.reply().write(json);
    }
}
