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

import jakarta.activation.DataHandler;

import io.github.camelpostal.BodyFormat;
import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.internal.attachment.ReceivedSource;
import io.github.camelpostal.payload.InboundAttachment;
import io.github.camelpostal.payload.InboundMail;
import io.github.camelpostal.payload.PostalPayload;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.attachment.AttachmentMessage;

/**
 * Puts a delivery into an exchange: body, our own headers, attachments. Nothing of the request itself gets there.
 */
final class ExchangeFiller {

    private final BodyFormat bodyFormat;

    ExchangeFiller(BodyFormat bodyFormat) {
        this.bodyFormat = bodyFormat;
    }

    void fill(Exchange exchange, PostalPayload payload, ReceivedRequest delivery) {
        PayloadHeaders.put(payload, exchange.getMessage().getHeaders());
        switch (bodyFormat) {
            case RAW -> putRawBody(exchange.getMessage(), delivery);
            case OBJECT -> {
                exchange.getMessage().setBody(payload);
                if (payload instanceof InboundMail mail) {
                    attach(mail, exchange);
                }
            }
        }
    }

    /** What could not be understood goes as it came, whatever the format. */
    void fillRaw(Exchange exchange, DecodedRequest.Undecodable undecodable, ReceivedRequest delivery) {
        exchange.getMessage().setHeader(PostalConstants.DEDUP_KEY, undecodable.dedupKey());
        putRawBody(exchange.getMessage(), delivery);
    }

    private static void putRawBody(Message message, ReceivedRequest delivery) {
        message.setBody(new RawBodyCache(delivery.body(), delivery.buffers()));
        delivery.knownContentType().ifPresent(type -> message.setHeader(Exchange.CONTENT_TYPE, type));
        delivery.signature().sha256().ifPresent(value -> message.setHeader(PostalConstants.SIGNATURE_256, value));
        delivery.signature().sha1().ifPresent(value -> message.setHeader(PostalConstants.SIGNATURE, value));
        delivery.signature().keyId().ifPresent(value -> message.setHeader(PostalConstants.SIGNATURE_KID, value));
    }

    private static void attach(InboundMail mail, Exchange exchange) {
        if (mail.attachments().isEmpty()) {
            return;
        }
        AttachmentMessage message = exchange.getMessage(AttachmentMessage.class);
        for (InboundAttachment attachment : mail.attachments()) {
            message.addAttachment(attachment.name(), new DataHandler(new ReceivedSource(attachment)));
        }
    }
}
