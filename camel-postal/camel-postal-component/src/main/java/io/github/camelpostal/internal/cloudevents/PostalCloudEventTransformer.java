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
package io.github.camelpostal.internal.cloudevents;

import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.PostalEndpoint;
import io.github.camelpostal.api.SendResult;
import io.github.camelpostal.internal.client.ShownUrl;
import io.github.camelpostal.payload.DomainDnsErrorEvent;
import io.github.camelpostal.payload.PostalPayload;
import io.github.camelpostal.payload.SendLimitEvent;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.cloudevents.CloudEvent;
import org.apache.camel.cloudevents.CloudEvents;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.DataTypeTransformer;
import org.apache.camel.spi.Transformer;
import org.jspecify.annotations.Nullable;

/**
 * Makes a CloudEvent of what {@code postal:webhook} receives and of what a send returns: sets the headers from which Camel's
 * own transformers write a CloudEvent, and writes the body as JSON, so that whoever gets it needs none of our types.
 */
@DataTypeTransformer(name = "postal:application-cloudevents", description = "Sets CloudEvents headers for Postal's events, inbound"
        + " mail and the results of sends, and writes the body as JSON")
public final class PostalCloudEventTransformer extends Transformer {

    private static final String TYPES = "io.github.camelpostal.event.";
    /** Nothing but ASCII: no charset on the way can harm it. */
    private static final ObjectMapper JSON = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    /** @throws IllegalArgumentException if the message is neither of Postal nor the result of a send */
    @Override
    public void transform(Message message, DataType from, DataType to) throws JsonProcessingException {
        if (message.getBody() instanceof SendResult result) {
            sent(message, result);
        } else if (message.getHeader(PostalConstants.KIND) != null) {
            received(message);
        } else {
            throw new IllegalArgumentException("postal:application-cloudevents needs what postal:webhook received, with its"
                    + " headers, or the result of postal:send; convert before the body or the headers are changed");
        }
    }

    /** The Message-ID identifies a result: a repeated send with a key gives the same event. */
    private static void sent(Message message, SendResult result) throws JsonProcessingException {
        SendResult.Recipient only = result.onlyRecipient();
        Exchange exchange = message.getExchange();
        String id = result.messageId() != null
                ? result.messageId()
                : result.recipients().values().stream().findFirst().map(copy -> copy.id() + "-" + copy.token())
                        .orElse(exchange.getExchangeId());
        describe(message, id, "MailQueued", source(lastEndpoint(exchange), "postal:send"),
                only == null ? null : Long.toString(only.id()), CloudEvents.v1_0.getEventTime(exchange));
        json(message, result.toMap());
    }

    private static void received(Message message) throws JsonProcessingException {
        String event = message.getHeader(PostalConstants.EVENT, String.class);
        String time = message.getHeader(PostalConstants.EVENT_TIME) == null
                ? CloudEvents.v1_0.getEventTime(message.getExchange())
                : message.getHeader(PostalConstants.EVENT_TIME).toString();
        describe(message, message.getHeader(PostalConstants.DEDUP_KEY, String.class), event == null ? "MailReceived" : event,
                source(message.getExchange().getFromEndpoint(), "postal:webhook"), subject(message), time);
        if (message.getBody() instanceof PostalPayload payload) { // raw bodies stay what they are, with their Content-Type
            json(message, payload.toMap());
        }
    }

    private static @Nullable String subject(Message message) {
        if (message.getBody() instanceof DomainDnsErrorEvent about) {
            return about.domain();
        }
        if (message.getBody() instanceof SendLimitEvent about) {
            return about.server().permalink();
        }
        return message.getHeader(PostalConstants.ID, String.class);
    }

    private static void describe(Message message, String id, String type, String source, @Nullable String subject,
            String time) {
        Map<String, Object> headers = message.getHeaders();
        headers.put(CloudEvent.CAMEL_CLOUD_EVENT_VERSION, CloudEvents.v1_0.version());
        headers.put(CloudEvent.CAMEL_CLOUD_EVENT_ID, id);
        headers.put(CloudEvent.CAMEL_CLOUD_EVENT_TYPE, TYPES + type);
        headers.put(CloudEvent.CAMEL_CLOUD_EVENT_SOURCE, source);
        headers.put(CloudEvent.CAMEL_CLOUD_EVENT_TIME, time);
        headers.remove(CloudEvent.CAMEL_CLOUD_EVENT_SUBJECT); // of an event that was here before
        if (subject != null) {
            headers.put(CloudEvent.CAMEL_CLOUD_EVENT_SUBJECT, subject);
        }
    }

    private static void json(Message message, Map<String, Object> fields) throws JsonProcessingException {
        message.setBody(JSON.writeValueAsString(fields));
        message.setHeader(CloudEvent.CAMEL_CLOUD_EVENT_CONTENT_TYPE, "application/json");
    }

    /** The mail server, as far as the endpoint knows it: ids are counted by each server on its own. */
    private static String source(@Nullable Endpoint endpoint, String otherwise) {
        if (!(endpoint instanceof PostalEndpoint postal)) {
            return otherwise;
        }
        return ShownUrl.of(postal.getServiceUrl())
                .map(url -> postal.getServer() == null ? url : url + "#" + postal.getServer())
                .orElseGet(() -> otherwise + (postal.getOperation().isProducer() ? "" : postal.getPath()));
    }

    private static @Nullable Endpoint lastEndpoint(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(Exchange.TO_ENDPOINT, String.class))
                .map(uri -> exchange.getContext().hasEndpoint(uri)).orElse(null);
    }
}
