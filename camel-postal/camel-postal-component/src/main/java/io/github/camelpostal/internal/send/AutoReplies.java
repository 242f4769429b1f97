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

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import jakarta.mail.MessagingException;

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.api.PostalException;
import io.github.camelpostal.api.PostalMessage;
import io.github.camelpostal.api.PostalUncertainException;
import io.github.camelpostal.api.SendResult;
import io.github.camelpostal.internal.conversation.AutoReplyLimit;
import io.github.camelpostal.internal.conversation.AutoReplyLimit.Slot;
import io.github.camelpostal.internal.mime.compose.HeaderBlock;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what {@code CamelPostalAutoReply} marks as written by a program: with Auto-Submitted and the null sender, so that no
 * other program replies to it and no bounce comes back (RFC 3834), and only so many a day to one address.
 *
 * <p>
 * Whoever has had their share gets none, and that is no failure: a route that receives a mail, replies and fails would have Postal
 * deliver the mail for a day, and bounce it in the end (protocol 4.5).
 */
final class AutoReplies {

    private static final Logger LOG = LoggerFactory.getLogger(AutoReplies.class);

    private final AutoReplyLimit limit;

    AutoReplies(AutoReplyLimit limit) {
        this.limit = limit;
    }

    static boolean areAskedFor(Message camel) {
        Object value = camel.getHeader(PostalConstants.AUTO_REPLY);
        return value != null && ExchangeText.truth(camel.getExchange(), PostalConstants.AUTO_REPLY, value);
    }

    /**
     * Sends to those who have not had their share of the day.
     *
     * @return what Postal says; without Message-ID and recipients if nothing was sent
     */
    SendResult send(List<String> recipients, Call call) throws PostalException, IOException, MessagingException {
        List<Slot> slots = new ArrayList<>();
        boolean certainlyNotSent = true;
        try {
            Set<String> allowed = new HashSet<>();
            for (String recipient : recipients) {
                Optional<Slot> slot = limit.take(recipient);
                if (slot.isPresent()) {
                    slots.add(slot.get());
                    allowed.add(recipient);
                }
            }
            if (allowed.size() < recipients.size()) {
                LOG.info("An automatic reply does not go to {} of {} addresses, which have had autoReplyLimit today",
                        recipients.size() - allowed.size(), recipients.size());
            }
            if (allowed.isEmpty() && !recipients.isEmpty()) {
                return new SendResult(null, Map.of());
            }
            certainlyNotSent = false;
            return call.to(allowed);
        } catch (PostalUncertainException e) {
            throw e;
        } catch (PostalException | IOException | MessagingException | RuntimeException e) {
            certainlyNotSent = true;
            throw e;
        } finally {
            if (certainlyNotSent) {
                slots.forEach(limit::giveBack);
            }
        }
    }

    /** The message with the marks, to some of its recipients. */
    static PostalMessage mark(PostalMessage message, Set<String> allowed) {
        PostalMessage.Builder marked = message.toBuilder();
        marked.to(only(message.to(), allowed)).cc(only(message.cc(), allowed)).bcc(only(message.bcc(), allowed));
        if (message.headers().stream().noneMatch(field -> field.is("Auto-Submitted"))) {
            marked.header("Auto-Submitted", "auto-replied");
        }
        return marked.bounce(true).build();
    }

    /** The same for a complete message; the null sender is the envelope's. */
    static void mark(HeaderBlock header) {
        header.remove("Auto-Submitted");
        header.addLiteral("Auto-Submitted", "auto-replied");
    }

    static List<String> recipients(PostalMessage message) {
        if (message.cc().isEmpty() && message.bcc().isEmpty()) {
            return message.to();
        }
        List<String> recipients = new ArrayList<>(message.to());
        recipients.addAll(message.cc());
        recipients.addAll(message.bcc());
        return recipients;
    }

    private static List<String> only(List<String> recipients, Set<String> allowed) {
        return recipients.stream().filter(allowed::contains).toList();
    }

    /** Sends a mail to some of its recipients. */
    @FunctionalInterface
    interface Call {

        SendResult to(Set<String> allowed) throws PostalException, IOException, MessagingException;
    }
}
