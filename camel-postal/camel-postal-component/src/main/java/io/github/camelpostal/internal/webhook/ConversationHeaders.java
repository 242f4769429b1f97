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

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.conversation.Automatic;
import io.github.camelpostal.internal.conversation.AutomaticVerdict;
import io.github.camelpostal.internal.conversation.ConversationRecognizer;
import io.github.camelpostal.internal.conversation.MailHeaders;
import io.github.camelpostal.internal.conversation.Recognition;
import io.github.camelpostal.internal.conversation.Recognition.Match;
import io.github.camelpostal.internal.conversation.ReplyClues;
import io.github.camelpostal.internal.conversation.SingleUse;
import io.github.camelpostal.payload.Direction;
import io.github.camelpostal.payload.InboundMail;
import io.github.camelpostal.payload.MessageEvent;
import io.github.camelpostal.payload.MessageInfo;
import io.github.camelpostal.payload.PostalPayload;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says of a mail who wrote it and which conversation it belongs to, and of an event the conversation of its message.
 */
public final class ConversationHeaders implements HeaderContributor {

    private static final Logger LOG = LoggerFactory.getLogger(ConversationHeaders.class);

    private final Optional<ConversationRecognizer> recognizer;
    private final Optional<SingleUse> singleUse;
    private final WebhookCounters counters;

    /**
     * @param recognizer empty without keys
     * @param singleUse  empty where each reply counts
     */
    public ConversationHeaders(Optional<ConversationRecognizer> recognizer, Optional<SingleUse> singleUse,
            WebhookCounters counters) {
        this.recognizer = recognizer;
        this.singleUse = singleUse;
        this.counters = counters;
    }

    @Override
    public void contribute(PostalPayload payload, Map<String, Object> headers) throws EarlyResponse {
        if (payload instanceof InboundMail mail) {
            AutomaticVerdict verdict = AutomaticVerdict.of(header(mail));
            headers.put(PostalConstants.AUTOMATIC, verdict.automatic().headerValue());
            headers.put(PostalConstants.REPLY_ALLOWED, verdict.replyAllowed());
            if (recognizer.isPresent()) {
                ofMail(mail, verdict, recognizer.get(), headers);
            }
        } else if (payload instanceof MessageEvent event && event.message().direction() == Direction.OUTGOING) {
            recognizer.ifPresent(known -> ofEvent(event.message(), known, headers));
        }
    }

    private void ofMail(InboundMail mail, AutomaticVerdict verdict, ConversationRecognizer known, Map<String, Object> headers)
            throws EarlyResponse {
        ReplyClues clues = new ReplyClues(mail.rcptTo(), mail.inReplyTo(), mail.references(), mail.from());
        if (counted(known.recognize(clues)) instanceof Match reply && counts(reply, mail, verdict)) {
            counters.conversationRecognized();
            headers.put(PostalConstants.CONVERSATION_ID, reply.conversation());
            headers.put(PostalConstants.CONVERSATION_SENDER, reply.sender().headerValue());
        }
    }

    private void ofEvent(MessageInfo message, ConversationRecognizer known, Map<String, Object> headers) {
        if (counted(known.recognizeSent(message.messageId(), message.to())) instanceof Match sent) {
            counters.conversationRecognized();
            headers.put(PostalConstants.CONVERSATION_ID, sent.conversation());
        }
    }

    private Recognition counted(Recognition recognition) {
        recognition.faults().forEach(counters::tokenRefused);
        return recognition;
    }

    /** An out-of-office note must not use up the address that the person wants to reply to later. */
    private boolean counts(Match reply, InboundMail mail, AutomaticVerdict verdict) throws EarlyResponse {
        if (singleUse.isEmpty() || verdict.automatic() != Automatic.HUMAN) {
            return true;
        }
        try {
            boolean first = singleUse.get().take(reply.token(), mail.dedupKey());
            if (!first) {
                counters.tokenUsedBefore();
            }
            return first;
        } catch (RuntimeException e) {
            // without the header the mail would be ordinary mail, and its reply lost
            LOG.error("The conversationRepository cannot be used; Postal will try again", e);
            throw new EarlyResponse(WebhookResponse.REPOSITORY_UNREADABLE);
        }
    }

    private static MailHeaders header(InboundMail mail) {
        if (!mail.raw()) {
            return MailHeaders.ofHash(mail.from(), mail.subject(), mail.inReplyTo(), mail.references(), mail.autoSubmitted(),
                    mail.replyTo().isEmpty() ? null : mail.replyTo().get(0), mail.mailFrom());
        }
        List<MailHeaders.Field> fields = mail.headers().stream()
                .map(field -> new MailHeaders.Field(field.name(), field.value())).toList();
        return MailHeaders.ofRaw(fields, mail.mailFrom());
    }
}
