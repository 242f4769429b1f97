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
package io.github.camelpostal.sandbox.internal.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelpostal.sandbox.internal.format.PostalMail;
import io.github.camelpostal.sandbox.internal.format.RawMail;
import io.github.camelpostal.sandbox.internal.format.RubyBase64;
import io.github.camelpostal.sandbox.internal.store.Arrival;
import io.github.camelpostal.sandbox.internal.store.Direction;
import io.github.camelpostal.sandbox.internal.store.MailServer;

/** {@code send/raw} (protocol 2.8): the message is the caller's, down to a missing Message-ID; only its From is checked. */
final class SendRawCall implements ApiCall {
    private final MailServer server;

    SendRawCall(MailServer server) {
        this.server = server;
    }

    @Override
    public CallResult respond(MailServer.Credential credential, ObjectNode call, MessageSink mailbox) {
        if (!call.path("rcpt_to").isArray()) {
            return CallResult.missing("rcpt_to");
        }
        if (RubyText.isBlank(call.path("mail_from"))) {
            return CallResult.missing("mail_from");
        }
        if (RubyText.isBlank(call.path("data"))) {
            return CallResult.missing("data");
        }
        if (!call.path("data").isTextual() || !call.path("mail_from").isTextual()) {
            throw new CrashException("data or mail_from is no string");
        }
        byte[] raw = RawMail.stored(RubyBase64.lenient(call.path("data").textValue()));
        PostalMail mail = PostalMail.of(raw);
        if (!server.maySend(mail)) {
            return CallResult.bareError(ErrorCode.UNAUTHENTICATED_FROM_ADDRESS);
        }
        refuseUnreadableSubject(raw);
        Map<String, Object> messages = new LinkedHashMap<>();
        for (String recipient : recipients(call.path("rcpt_to"))) {
            messages.put(recipient, seen(mailbox.store(new Arrival(Direction.OUTGOING, call.path("mail_from").textValue(),
                    recipient, mail.header("subject"), mail.messageId(), null, isTruthy(call.path("bounce")), 0, true,
                    credential.hold(), raw))));
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("message_id", messages.isEmpty() ? null : mail.messageId());
        data.put("messages", messages);
        return CallResult.success(data);
    }

    /** What the response shows of a stored message. */
    static Map<String, Object> seen(MessageSink.Receipt stored) {
        Map<String, Object> seen = new LinkedHashMap<>();
        seen.put("id", stored.id());
        seen.put("token", stored.token());
        return seen;
    }

    /** Everything except false and null, also {@code "false"} and {@code 0} (protocol 2.7). */
    static boolean isTruthy(JsonNode value) {
        return !value.isMissingNode() && !value.isNull() && !(value.isBoolean() && !value.booleanValue());
    }

    /** Exact duplicates are removed; a display name is not (protocol 2.8). */
    private static Set<String> recipients(JsonNode rcptTo) {
        Set<String> recipients = new LinkedHashSet<>();
        for (JsonNode element : rcptTo) {
            if (!element.isNull()) {
                if (!element.isTextual()) {
                    throw new CrashException("A recipient is no string");
                }
                recipients.add(element.textValue());
            }
        }
        return recipients;
    }

    /** A Subject that is no UTF-8 does not fit into the database (protocol 2.4). */
    private static void refuseUnreadableSubject(byte[] raw) {
        for (String line : new String(raw, StandardCharsets.ISO_8859_1).split("\r\n\r\n", 2)[0].split("\r?\n(?![ \t])")) {
            if (line.regionMatches(true, 0, "subject:", 0, 8)) {
                try {
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line.getBytes(StandardCharsets.ISO_8859_1)));
                } catch (CharacterCodingException e) {
                    throw new CrashException("The subject is no UTF-8");
                }
            }
        }
    }
}
