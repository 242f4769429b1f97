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
package io.github.camelpostal.internal.webhook;

import java.util.Map;

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.internal.text.FoldedText;
import io.github.camelpostal.payload.DeliveryEvent;
import io.github.camelpostal.payload.InboundMail;
import io.github.camelpostal.payload.MessageEvent;
import io.github.camelpostal.payload.MessageInfo;
import io.github.camelpostal.payload.PostalEvent;
import io.github.camelpostal.payload.PostalPayload;
import org.jspecify.annotations.Nullable;

/**
 * The headers of an event or a mail: a summary to route by, with the same names for events and mail.
 *
 * <p>The body has all of it and more. An absent value is an absent header.
 */
final class PayloadHeaders {

    private static final String EVENT = "event";
    private static final String MAIL = "mail";

    private final Map<String, Object> headers;

    private PayloadHeaders(Map<String, Object> headers) {
        this.headers = headers;
    }

    static void put(PostalPayload payload, Map<String, Object> headers) {
        PayloadHeaders filled = new PayloadHeaders(headers);
        filled.put(PostalConstants.OUTCOME, payload.outcome().value());
        filled.put(PostalConstants.DEDUP_KEY, payload.dedupKey());
        if (payload instanceof PostalEvent event) {
            filled.ofEvent(event);
        } else if (payload instanceof InboundMail mail) {
            filled.ofMail(mail);
        }
    }

    private void ofEvent(PostalEvent event) {
        put(PostalConstants.KIND, EVENT);
        put(PostalConstants.EVENT, event.event());
        put(PostalConstants.EVENT_ID, event.uuid());
        put(PostalConstants.EVENT_TIME, event.timestamp());
        if (event instanceof MessageEvent about) {
            ofMessage(about.message());
        }
        if (event instanceof DeliveryEvent delivery) {
            put(PostalConstants.STATUS, delivery.status());
        }
    }

    private void ofMessage(MessageInfo message) {
        put(PostalConstants.ID, message.id());
        put(PostalConstants.TOKEN, message.token());
        put(PostalConstants.DIRECTION, message.direction().value());
        put(PostalConstants.MESSAGE_ID, message.messageId());
        put(PostalConstants.MESSAGE_TAG, message.tag());
        put(PostalConstants.RCPT_TO, message.to());
        put(PostalConstants.ADDRESS_TAG, message.addressTag());
        put(PostalConstants.MAIL_FROM, message.from());
        put(PostalConstants.MAIL_SUBJECT, oneLine(message.subject()));
        put(PostalConstants.SPAM_STATUS, message.spamStatus());
    }

    private void ofMail(InboundMail mail) {
        put(PostalConstants.KIND, MAIL);
        put(PostalConstants.ID, mail.id());
        put(PostalConstants.TOKEN, mail.token());
        put(PostalConstants.EVENT_TIME, mail.timestamp());
        put(PostalConstants.MESSAGE_ID, mail.messageId());
        put(PostalConstants.RCPT_TO, mail.rcptTo());
        put(PostalConstants.MAIL_FROM, mail.mailFrom());
        put(PostalConstants.ADDRESS_TAG, mail.addressTag());
        put(PostalConstants.IS_BOUNCE, mail.bounce());
        put(PostalConstants.SPAM_STATUS, mail.spamStatus());
        put(PostalConstants.AUTO_SUBMITTED, mail.autoSubmitted());
        put(PostalConstants.MAIL_SUBJECT, oneLine(mail.subject()));
        put(PostalConstants.MAIL_FROM_HEADER, oneLine(mail.from()));
        put(PostalConstants.MAIL_IN_REPLY_TO, mail.inReplyToIds().isEmpty() ? null : mail.inReplyToIds().get(0));
        put(PostalConstants.MAIL_UNDECODED, mail.undecoded() ? true : null);
        put(PostalConstants.MAIL_TRUNCATED, mail.truncated() ? true : null);
    }

    private void put(String name, @Nullable Object value) {
        if (value != null) {
            headers.put(name, value);
        }
    }

    /** An encoded word can hold line breaks, which must not reach whatever a route makes of the header. */
    private static @Nullable String oneLine(@Nullable String text) {
        return text == null ? null : FoldedText.withoutLineBreaks(text);
    }
}
