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
package io.github.camelpostal.api;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What is refused before any call: what Postal would refuse, with its code and in its order (contract 2.5), what makes it
 * answer 500, and what {@code send/message} would silently lose.
 */
final class MessageRules {

    private static final int MOST_RECIPIENTS = 50; // in each field, counted before Postal looks for duplicates
    private static final int LONGEST_TAG = 255; // longer is HTTP 500

    private MessageRules() {
    }

    static void check(PostalMessage message) throws PostalRejectedException {
        if (message.to().isEmpty() && message.cc().isEmpty() && message.bcc().isEmpty()) {
            throw refused(ApiCall.SEND_MESSAGE, PostalErrorCode.NO_RECIPIENTS, null);
        }
        atMost(message.to(), PostalErrorCode.TOO_MANY_TO_ADDRESSES);
        atMost(message.cc(), PostalErrorCode.TOO_MANY_CC_ADDRESSES);
        atMost(message.bcc(), PostalErrorCode.TOO_MANY_BCC_ADDRESSES);
        if (isBlank(message.plainBody()) && isBlank(message.htmlBody())) {
            throw refused(ApiCall.SEND_MESSAGE, PostalErrorCode.NO_CONTENT, null);
        }
        if (isBlank(message.from())) {
            throw refused(ApiCall.SEND_MESSAGE, PostalErrorCode.FROM_ADDRESS_MISSING, null);
        }
        if (message.tag().isPresent() && message.tag().get().length() > LONGEST_TAG) {
            throw refused(ApiCall.SEND_MESSAGE, PostalErrorCode.TOO_LONG, "a tag may have 255 characters");
        }
        checkHeaders(message.headers());
        for (PostalAttachment attachment : message.attachments()) {
            check(attachment);
        }
    }

    static void check(RawMessage message) throws PostalRejectedException {
        if (message.rcptTo().isEmpty()) {
            // Postal would answer success and send nothing (contract 2.8)
            throw refused(ApiCall.SEND_RAW, PostalErrorCode.NO_RECIPIENTS, null);
        }
        if (isBlank(Optional.ofNullable(message.mailFrom()))) {
            throw refused(ApiCall.SEND_RAW, PostalErrorCode.FROM_ADDRESS_MISSING, null);
        }
    }

    private static void checkHeaders(List<MailHeader> headers) throws PostalRejectedException {
        Set<String> names = new HashSet<>();
        for (MailHeader header : headers) {
            if (!names.add(header.name().toLowerCase(Locale.ROOT))) {
                throw refused(ApiCall.SEND_MESSAGE, PostalErrorCode.NOT_EXPRESSIBLE,
                        "send/message cannot carry a header field twice; send it as a raw message");
            }
        }
    }

    private static void check(PostalAttachment attachment) throws PostalRejectedException {
        if (isBlank(Optional.ofNullable(attachment.name()))) {
            throw refused(ApiCall.SEND_MESSAGE, PostalErrorCode.ATTACHMENT_MISSING_NAME, null);
        }
        if (attachment.content().length().orElse(-1) == 0) {
            throw refused(ApiCall.SEND_MESSAGE, PostalErrorCode.ATTACHMENT_MISSING_DATA,
                    "send/message refuses an empty attachment; send it as a raw message");
        }
        if (attachment.inline() || attachment.contentId().isPresent()) {
            throw refused(ApiCall.SEND_MESSAGE, PostalErrorCode.NOT_EXPRESSIBLE,
                    "send/message cannot carry inline attachments; send it as a raw message");
        }
    }

    private static void atMost(List<String> addresses, PostalErrorCode code) throws PostalRejectedException {
        if (addresses.size() > MOST_RECIPIENTS) {
            throw refused(ApiCall.SEND_MESSAGE, code, null);
        }
    }

    private static boolean isBlank(Optional<String> text) {
        return text.isEmpty() || text.get().isBlank();
    }

    private static PostalRejectedException refused(ApiCall call, PostalErrorCode code, String detail) {
        return PostalRejectedException.beforeCall(call.operation(), code, detail);
    }
}
