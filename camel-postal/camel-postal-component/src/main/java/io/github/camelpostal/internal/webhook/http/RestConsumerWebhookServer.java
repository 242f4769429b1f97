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
package io.github.camelpostal.internal.webhook.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.github.camelpostal.internal.webhook.BodyReceiver;
import io.github.camelpostal.internal.webhook.HttpResponse;
import io.github.camelpostal.internal.webhook.WebhookHandler;
import io.github.camelpostal.internal.webhook.WebhookRequest;
import io.github.camelpostal.internal.webhook.WebhookServer;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.spi.RestConsumerFactory;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Any server below platform-http, by the way to mount a path that all of them have: Camel's {@link RestConsumerFactory}.
 *
 * <p>Such a server reads on the thread on which it called us, so a slow client holds that thread, and the server's own
 * time-outs are the bound. Nothing of a request gets back out: not a header, not a parameter.
 */
final class RestConsumerWebhookServer implements WebhookServer {

    /** The body as a stream; forms neither parsed nor decoded. */
    private static final Map<String, Object> RAW_BODY = Map.of("useStreaming", "true", "populateBodyWithForm", "false");

    private final CamelContext context;
    private final RestConsumerFactory factory;

    RestConsumerWebhookServer(CamelContext context, RestConsumerFactory factory) {
        this.context = context;
        this.factory = factory;
    }

    @Override
    public void mount(String path, WebhookHandler handler) throws Exception {
        ServiceHelper.startService(create(path, RAW_BODY, exchange -> handle(exchange, path, handler)));
        if (!path.equals("/")) {
            Map<String, Object> below = new HashMap<>(RAW_BODY);
            below.put("matchOnUriPrefix", "true");
            ServiceHelper.startService(create(path + "/", below, exchange -> handle(exchange, below(path, exchange), handler)));
        }
    }

    private Consumer create(String path, Map<String, Object> parameters, Processor processor) throws Exception {
        return factory.createConsumer(context, processor, null, path, null, null, null, context.getRestConfiguration(),
                parameters);
    }

    /** The server may have a prefix of its own in front of the mounted path. */
    private static String below(String path, Exchange exchange) {
        String requestPath = exchange.getMessage().getHeader(Exchange.HTTP_PATH, "", String.class);
        return requestPath.substring(Math.max(0, requestPath.indexOf(path + "/")));
    }

    private static void handle(Exchange exchange, String path, WebhookHandler handler) {
        write(handler.handle(new StreamedRequest(exchange, path)).toCompletableFuture().join(), exchange);
    }

    private static void write(HttpResponse response, Exchange exchange) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, response.status());
        // a body that is not null and not blank text, or the server turns 200 into 204
        message.setBody(ByteBuffer.wrap(response.content()));
        response.headers().forEach(message::setHeader);
    }

    private static final class StreamedRequest implements WebhookRequest {

        private static final int PIECE = 16 * 1024;

        private final Exchange exchange;
        private final String path;

        StreamedRequest(Exchange exchange, String path) {
            this.exchange = exchange;
            this.path = path;
        }

        @Override
        public String method() {
            String method = exchange.getMessage().getHeader(Exchange.HTTP_METHOD, "", String.class);
            return method.toUpperCase(Locale.ROOT);
        }

        @Override
        public String path() {
            return path;
        }

        @Override
        public Optional<String> query() {
            return Optional.ofNullable(exchange.getMessage().getHeader(Exchange.HTTP_QUERY, String.class));
        }

        @Override
        public Optional<String> header(String name) {
            Object value = exchange.getMessage().getHeader(name);
            // query parameters stand behind the headers in the same list
            Object first = value instanceof Collection<?> several ? several.stream().findFirst().orElse(null) : value;
            return Optional.ofNullable(first).map(Object::toString);
        }

        @Override
        public Duration age() {
            return Duration.ofMillis(exchange.getClock().elapsed());
        }

        @Override
        public void read(BodyReceiver receiver) {
            try (InputStream body = exchange.getMessage().getBody(InputStream.class)) {
                byte[] piece = new byte[PIECE];
                int count = body == null ? -1 : body.read(piece);
                while (count >= 0 && receiver.isOpen()) {
                    receiver.received(ByteBuffer.wrap(piece, 0, count));
                    count = body.read(piece);
                }
                receiver.completed();
            } catch (IOException e) {
                receiver.failed(e);
            }
        }

        @Override
        public void closeAfterResponse() {
            // no server tells us how; its own time-outs end the connection
        }
    }
}
