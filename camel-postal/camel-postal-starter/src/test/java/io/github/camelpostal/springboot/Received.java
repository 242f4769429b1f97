package io.github.camelpostal.springboot;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.attachment.AttachmentMessage;

/** An exchange as it was while the route ran: its files are gone afterwards. */
record Received(Object body, Map<String, Object> headers, Map<String, byte[]> attachments) {

    static Received of(Exchange exchange) throws IOException {
        AttachmentMessage message = exchange.getMessage(AttachmentMessage.class);
        Map<String, byte[]> attachments = new LinkedHashMap<>();
        if (message.hasAttachments()) {
            for (String name : message.getAttachmentNames()) {
                try (InputStream in = message.getAttachment(name).getInputStream()) {
                    attachments.put(name, in.readAllBytes());
                }
            }
        }
        return new Received(message.getBody(), Map.copyOf(exchange.getMessage().getHeaders()), attachments);
    }
}
