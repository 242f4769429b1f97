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
package io.github.camelpostal.sandbox.internal.delivery;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import io.github.camelpostal.sandbox.internal.format.Addresses;
import io.github.camelpostal.sandbox.internal.format.MailBuilder;
import io.github.camelpostal.sandbox.internal.format.TimeFormat;
import io.github.camelpostal.sandbox.internal.store.Arrival;
import io.github.camelpostal.sandbox.internal.store.Direction;
import io.github.camelpostal.sandbox.internal.store.MailServer;
import io.github.camelpostal.sandbox.internal.store.Message;

/** Mail about mail that did not arrive: what remote mail servers send to Postal, and what Postal sends to senders. */
final class BounceBuilder {
    private BounceBuilder() {
    }

    /** The delivery status notification of a remote host, which carries the headers of the original. */
    static byte[] fromRemote(Message message, MailServer.Identity server, Instant now) {
        String rcptTo = message.arrival().recipient();
        String host = "mx." + Addresses.domain(rcptTo);
        String raw = new String(message.state().raw(), StandardCharsets.ISO_8859_1);
        int blank = raw.indexOf("\r\n\r\n");
        String headers = blank < 0 ? raw : raw.substring(0, blank + 2);
        String text = String.join("\r\n",
                "From: MAILER-DAEMON@" + host,
                "To: " + server.returnPath(),
                "Subject: Undelivered mail returned to sender",
                "Date: " + TimeFormat.mail(now),
                "Message-ID: <dsn-" + message.token() + "@" + host + ">",
                "Auto-Submitted: auto-replied",
                "MIME-Version: 1.0",
                "Content-Type: multipart/report; report-type=delivery-status; boundary=\"=_dsn\"",
                "",
                "--=_dsn",
                "Content-Type: text/plain; charset=us-ascii",
                "",
                "The mailbox does not exist any more.",
                "",
                "--=_dsn",
                "Content-Type: message/delivery-status",
                "",
                "Reporting-MTA: dns; " + host,
                "",
                "Final-Recipient: rfc822; " + rcptTo,
                "Action: failed",
                "Status: 5.1.1",
                "Diagnostic-Code: smtp; 550 5.1.1 mailbox does not exist",
                "",
                "--=_dsn",
                "Content-Type: text/rfc822-headers",
                "",
                headers,
                "--=_dsn--",
                "");
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * What Postal sends to the envelope sender of inbound mail that no endpoint took: null sender, the original attached.
     *
     * @param sender of the refused mail
     * @param uuid   for the Message-ID
     */
    static Arrival toSender(Message refused, String sender, MailServer.Identity server, String uuid, Instant now) {
        String rcptTo = refused.arrival().recipient();
        String messageId = uuid + "@" + server.returnPathDomain();
        String subject = "Mail could not be delivered (" + refused.arrival().subject() + ")";
        byte[] raw = new MailBuilder()
                .header("Date", TimeFormat.mail(now))
                .addresses("From", "Mail Delivery Service <" + rcptTo + ">")
                .addresses("To", sender)
                .header("Message-ID", "<" + messageId + ">")
                .header("Subject", subject)
                .plain("Your mail to " + rcptTo + " could not be delivered. It is attached to this message.\n")
                .attach("Original Message.eml", "message/rfc822", refused.state().raw())
                .build();
        return new Arrival(Direction.OUTGOING, rcptTo, sender, subject, messageId, null, true, refused.id(), false, false, raw);
    }
}
