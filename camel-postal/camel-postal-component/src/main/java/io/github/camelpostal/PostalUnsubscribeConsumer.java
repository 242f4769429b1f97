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
package io.github.camelpostal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

import io.github.camelpostal.internal.suppression.UnsubscribeLink;
import io.github.camelpostal.internal.suppression.UnsubscribePages;
import io.github.camelpostal.internal.suppression.UnsubscribeRequest;
import io.github.camelpostal.internal.suppression.UnsubscribeResponse;
import io.github.camelpostal.internal.suppression.UnsubscribeService;
import io.github.camelpostal.internal.webhook.http.WebhookServers;
import io.github.camelpostal.suppression.RecipientEvent;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;

/**
 * The page on which recipients leave. The list knows it before the route does, and whatever the route does: who has left must
 * get no mail because some other system is away.
 */
@ManagedResource(description = "Managed Postal Unsubscribe Consumer")
public class PostalUnsubscribeConsumer extends DefaultConsumer {

    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;

    private final UnsubscribeService service;
    private final LongAdder left = new LongAdder();
    private final LongAdder invalidLinks = new LongAdder();
    private final LongAdder listAway = new LongAdder();
    private @Nullable Consumer page;

    /** @throws IllegalArgumentException naming the option that is missing */
    PostalUnsubscribeConsumer(PostalEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        PostalConfiguration options = endpoint.getConfiguration();
        if (options.getSuppressionList() == null) {
            throw new IllegalArgumentException("postal:unsubscribe needs the list on which those who leave are put: set"
                    + " suppressionList, for example suppressionList=#suppressions");
        }
        service = new UnsubscribeService(options.getSuppressionList(), RecipientOptions.tokens(options)
                .orElseThrow(() -> new IllegalArgumentException("postal:unsubscribe needs conversationSecret, whose keys open"
                        + " the links of mails: set it to what the producer with unsubscribeUrl has")),
                new UnsubscribePages(endpoint.getCamelContext().getApplicationContextClassLoader() == null
                        ? PostalUnsubscribeConsumer.class.getClassLoader()
                        : endpoint.getCamelContext().getApplicationContextClassLoader()),
                Clock.systemUTC());
    }

    @Override
    public PostalEndpoint getEndpoint() {
        return (PostalEndpoint) super.getEndpoint();
    }

    @Override
    public boolean isHostedService() {
        return true;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        page = WebhookServers.page(getEndpoint().getCamelContext(), getEndpoint().getPath(), this::handle);
        ServiceHelper.startService(page);
        getEndpoint().getComponent().running().add(this);
    }

    @Override
    protected void doStop() throws Exception {
        getEndpoint().getComponent().running().remove(this);
        ServiceHelper.stopAndShutdownService(page);
        page = null;
        super.doStop();
    }

    private void handle(Exchange http) {
        Message request = http.getMessage();
        UnsubscribeResponse response = service.handle(new UnsubscribeRequest(
                request.getHeader(Exchange.HTTP_METHOD, "", String.class).toUpperCase(Locale.ROOT),
                token(request.getHeader(Exchange.HTTP_QUERY, String.class)),
                request.getHeader("Accept-Language", String.class)));
        count(response);
        if (response.left() != null) {
            runRoute(response.left());
        }
        write(response, request);
    }

    private void count(UnsubscribeResponse response) {
        if (response.left() != null) {
            left.increment();
        } else if (response.status() == NOT_FOUND) {
            invalidLinks.increment();
        } else if (response.status() == UNAVAILABLE) {
            listAway.increment();
        }
    }

    /** The first one in the query: the server mixes headers of the request with its parameters. */
    private static @Nullable String token(@Nullable String query) {
        for (String parameter : query == null ? new String[0] : query.split("&")) {
            if (parameter.startsWith(UnsubscribeLink.PARAMETER + "=")) {
                return parameter.substring(UnsubscribeLink.PARAMETER.length() + 1);
            }
        }
        return null;
    }

    private void runRoute(RecipientEvent.Unsubscription left) {
        Exchange exchange = createExchange(false);
        try {
            createUoW(exchange);
            Message message = exchange.getMessage();
            message.setBody(left);
            message.setHeader(PostalConstants.RCPT_TO, left.address());
            if (left.stream() != null) {
                message.setHeader(PostalConstants.UNSUBSCRIBED_STREAM, left.stream());
            }
            getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        try {
            if (exchange.getException() != null) {
                getExceptionHandler().handleException("The route failed after somebody had left; he stays on the list",
                        exchange, exchange.getException());
            }
        } finally {
            doneUoW(exchange);
            releaseExchange(exchange, false);
        }
    }

    private static void write(UnsubscribeResponse response, Message message) {
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, response.status());
        response.headers().forEach(message::setHeader);
        // no text, or the server turns 200 without a body into 204
        message.setBody(ByteBuffer.wrap(response.body().getBytes(StandardCharsets.UTF_8)));
    }

    // ---- what JMX shows --------------------------------------------------------------------------------------------

    @ManagedAttribute(description = "Where the page is mounted")
    public String getPath() {
        return getEndpoint().getPath();
    }

    @ManagedAttribute(description = "Requests by which somebody left a stream, or all mail; also when he had left before")
    public long getLeft() {
        return left.sum();
    }

    @ManagedAttribute(description = "Requests without a valid token")
    public long getInvalidLinks() {
        return invalidLinks.sum();
    }

    @ManagedAttribute(description = "Requests that failed because the suppression list was away")
    public long getListAway() {
        return listAway.sum();
    }
}
