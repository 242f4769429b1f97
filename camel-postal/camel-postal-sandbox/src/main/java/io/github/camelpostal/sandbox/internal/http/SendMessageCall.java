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

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelpostal.sandbox.internal.format.Addresses;
import io.github.camelpostal.sandbox.internal.format.MailBuilder;
import io.github.camelpostal.sandbox.internal.format.RubyBase64;
import io.github.camelpostal.sandbox.internal.format.TimeFormat;
import io.github.camelpostal.sandbox.internal.store.Arrival;
import io.github.camelpostal.sandbox.internal.store.Direction;
import io.github.camelpostal.sandbox.internal.store.MailServer;
import org.jspecify.annotations.Nullable;

/** {@code send/message} (protocol 2.7): checks in Postal's order, then builds one mail and stores it once per recipient. */
final class SendMessageCall implements ApiCall {
    private static final int MOST_RECIPIENTS = 50;

    private final MailServer server;
    private final Clock clock;

    SendMessageCall(MailServer server, Clock clock) {
        this.server = server;
        this.clock = clock;
    }

    @Override
    public CallResult respond(MailServer.Credential credential, ObjectNode call, MessageSink mailbox) {
        List<String> to = recipients(call.path("to"));
        List<String> cc = recipients(call.path("cc"));
        List<String> bcc = recipients(call.path("bcc"));
        List<File> files = files(call.path("attachments"));
        ErrorCode error = firstError(call, to, cc, bcc, files);
        if (error != null) {
            return CallResult.error(error);
        }
        String messageId = UUID.randomUUID() + "@" + server.identity().returnPathDomain();
        byte[] raw = build(call, to, cc, files, messageId);
        Map<String, Object> messages = new LinkedHashMap<>();
        for (List<String> field : List.of(to, cc, bcc)) {
            for (String recipient : field) {
                String address = Addresses.bare(recipient);
                // the same address again makes another mail under the same key: only the last id is seen
                messages.put(address, SendRawCall.seen(mailbox.store(arrival(credential, call, address, messageId, raw))));
            }
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("message_id", messageId);
        data.put("messages", messages);
        return CallResult.success(data);
    }

    /** The order in which Postal reports; exactly one code is given (protocol 2.5). */
    private @Nullable ErrorCode firstError(ObjectNode call, List<String> to, List<String> cc, List<String> bcc,
            List<File> files) {
        if (to.isEmpty() && cc.isEmpty() && bcc.isEmpty()) {
            return ErrorCode.NO_RECIPIENTS;
        }
        if (to.size() > MOST_RECIPIENTS) {
            return ErrorCode.TOO_MANY_TO;
        }
        if (cc.size() > MOST_RECIPIENTS) {
            return ErrorCode.TOO_MANY_CC;
        }
        if (bcc.size() > MOST_RECIPIENTS) {
            return ErrorCode.TOO_MANY_BCC;
        }
        if (RubyText.isBlank(call.path("plain_body")) && RubyText.isBlank(call.path("html_body"))) {
            return ErrorCode.NO_CONTENT;
        }
        if (RubyText.isBlank(call.path("from"))) {
            return ErrorCode.FROM_ADDRESS_MISSING;
        }
        if (!call.path("from").isTextual()) {
            throw new CrashException("from is no string");
        }
        if (!maySend(call.path("from").textValue(), call.path("sender"))) {
            return ErrorCode.UNAUTHENTICATED_FROM_ADDRESS;
        }
        for (File file : files) {
            if (file.name().isBlank()) {
                return ErrorCode.ATTACHMENT_MISSING_NAME;
            }
            if (file.bytes().length == 0) {
                return ErrorCode.ATTACHMENT_MISSING_DATA;
            }
        }
        return null;
    }

    /** The sender counts only where the mail server allows it (protocol 2.6). */
    private boolean maySend(String from, JsonNode sender) {
        return server.maySendFrom(Addresses.bare(from)) || server.settings().allowSender() && sender.isTextual()
                && server.maySendFrom(Addresses.bare(sender.textValue()));
    }

    /** Arrays, strings split at every comma, and by accident objects, whose names and values all become recipients (recorded). */
    private static List<String> recipients(JsonNode field) {
        List<String> recipients = new ArrayList<>();
        if (field.isTextual()) {
            for (String part : field.textValue().isEmpty() ? new String[0] : field.textValue().split(",\\s*")) {
                recipients.add(part);
            }
        } else if (field.isArray()) {
            for (JsonNode element : field) {
                if (!element.isNull()) { // Rails removes null from arrays
                    recipients.add(text(element));
                }
            }
        } else if (field.isObject()) {
            field.fields().forEachRemaining(member -> {
                recipients.add(member.getKey());
                recipients.add(text(member.getValue()));
            });
        } else if (!RubyText.isBlank(field)) {
            throw new CrashException("No list of recipients");
        }
        return recipients;
    }

    private static String text(JsonNode element) {
        if (!element.isTextual()) {
            throw new CrashException("A recipient is no string");
        }
        return element.textValue();
    }

    private record File(String name, String contentType, JsonNode data) {
        byte[] bytes() {
            if (!data.isTextual() && !RubyText.isBlank(data)) {
                throw new CrashException("An attachment's data is no string");
            }
            return RubyBase64.lenient(RubyText.of(data));
        }
    }

    private static List<File> files(JsonNode attachments) {
        List<File> files = new ArrayList<>();
        boolean absent = attachments.isMissingNode() || attachments.isNull()
                || attachments.isBoolean() && !attachments.booleanValue();
        if (!absent && !attachments.isContainerNode()) {
            throw new CrashException("attachments is no list");
        }
        if (attachments.isArray()) {
            for (JsonNode attachment : attachments) {
                if (attachment.isObject()) { // others are skipped silently
                    JsonNode type = attachment.path("content_type");
                    files.add(new File(RubyText.of(attachment.path("name")),
                            RubyText.isBlank(type) ? "application/octet-stream" : RubyText.of(type),
                            attachment.path("data")));
                }
            }
        }
        return files;
    }

    private byte[] build(ObjectNode call, List<String> to, List<String> cc, List<File> files, String messageId) {
        MailBuilder mail = new MailBuilder();
        // custom headers first: what the call says itself replaces them
        JsonNode custom = call.path("headers");
        if (custom.isObject()) {
            custom.fields().forEachRemaining(header -> {
                if (!header.getValue().isNull()) {
                    mail.header(header.getKey(), RubyText.of(header.getValue()));
                }
            });
        }
        String now = TimeFormat.mail(clock.instant());
        mail.header("Received", "from api (127.0.0.1 [127.0.0.1]) by 127.0.0.1 with HTTP; " + now);
        if (!mail.has("Date")) {
            mail.header("Date", now);
        }
        mail.addresses("From", call.path("from").textValue());
        addresses(mail, "Sender", call.path("sender"));
        addresses(mail, "Reply-To", call.path("reply_to"));
        boolean onlyBcc = to.isEmpty() && cc.isEmpty() && !mail.has("To");
        if (!to.isEmpty() || onlyBcc) { // then it is empty
            mail.addresses("To", String.join(", ", to));
        }
        if (!cc.isEmpty()) {
            mail.addresses("Cc", String.join(", ", cc));
        }
        mail.header("Message-ID", "<" + messageId + ">");
        if (call.hasNonNull("subject")) {
            mail.header("Subject", RubyText.of(call.path("subject")));
        }
        body(call.path("plain_body"), mail::plain);
        body(call.path("html_body"), mail::html);
        files.forEach(file -> mail.attach(file.name(), file.contentType(), file.bytes()));
        return mail.build();
    }

    private static void addresses(MailBuilder mail, String name, JsonNode value) {
        if (!RubyText.isBlank(value)) {
            mail.addresses(name, RubyText.of(value));
        }
    }

    private static void body(JsonNode value, Consumer<String> part) {
        if (RubyText.isBlank(value)) {
            return;
        }
        if (value.isNumber() || value.isBoolean()) {
            throw new CrashException("A body is no string");
        }
        part.accept(RubyText.of(value));
    }

    private Arrival arrival(MailServer.Credential credential, ObjectNode call, String address, String messageId, byte[] raw) {
        String tag = call.hasNonNull("tag") ? RubyText.of(call.path("tag")) : null;
        String subject = call.hasNonNull("subject") ? RubyText.of(call.path("subject")) : null;
        return new Arrival(Direction.OUTGOING, Addresses.bare(call.path("from").textValue()), address, subject, messageId, tag,
                SendRawCall.isTruthy(call.path("bounce")), 0, true, credential.hold(), raw);
    }
}
