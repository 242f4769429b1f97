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

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;

import io.github.camelpostal.internal.suppression.UnsubscribeLink;
import io.github.camelpostal.internal.suppression.UnsubscribePages;
import io.github.camelpostal.internal.suppression.UnsubscribeRequest;
import io.github.camelpostal.internal.suppression.UnsubscribeResponse;
import io.github.camelpostal.internal.suppression.UnsubscribeService;
import io.github.camelpostal.internal.webhook.HttpResponse;
import io.github.camelpostal.internal.webhook.WebhookMount;
import io.github.camelpostal.internal.webhook.WebhookRequest;
import io.github.camelpostal.internal.webhook.WebhookResponse;
import io.github.camelpostal.suppression.RecipientEvent;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The page on which recipients leave. The list knows it before the route does, and whatever the route does: who has left must
 * get no mail because some other system is away.
 */
@ManagedResource(description = "Managed Postal Unsubscribe Consumer")
public class PostalUnsubscribeConsumer extends DefaultConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(PostalUnsubscribeConsumer.class);
    private static final int WORKERS = 10;
    private static final int MOST_WAITING = 1000;
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;

    private final UnsubscribeService service;
    private final LongAdder left = new LongAdder();
    private final LongAdder invalidLinks = new LongAdder();
    private final LongAdder listAway = new LongAdder();
    private final WebhookMount mount;
    private volatile @Nullable ExecutorService workers;

    PostalUnsubscribeConsumer(PostalEndpoint endpoint, Processor processor, UnsubscribeService service, WebhookMount mount) {
        super(endpoint, processor);
        this.service = service;
        this.mount = mount;
    }

    /** @throws IllegalArgumentException naming the option that is missing */
    static UnsubscribeService service(PostalEndpoint endpoint) {
        PostalConfiguration options = endpoint.getConfiguration();
        if (options.getSuppressionList() == null) {
            throw new IllegalArgumentException("postal:unsubscribe needs the list on which those who leave are put: set"
                    + " suppressionList, for example suppressionList=#suppressions");
        }
        ClassLoader ofApplication = endpoint.getCamelContext().getApplicationContextClassLoader();
        return new UnsubscribeService(options.getSuppressionList(), RecipientOptions.tokens(options)
                .orElseThrow(() -> new IllegalArgumentException("postal:unsubscribe needs conversationSecret, whose keys open"
                        + " the links of mails: set it to what the producer with unsubscribeUrl has")),
                new UnsubscribePages(
                        ofApplication == null ? PostalUnsubscribeConsumer.class.getClassLoader() : ofApplication),
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
        mount.open(getEndpoint().getCamelContext());
        workers = BoundedThreadPool.open(getEndpoint().getCamelContext(), this, "PostalUnsubscribe", WORKERS, MOST_WAITING);
        mount.attach(this::receive);
        getEndpoint().getComponent().running().add(this);
    }

    /** The path stays mounted, and the response there is 503: who wants to leave must not be told that there is no page. */
    @Override
    protected void doStop() throws Exception {
        getEndpoint().getComponent().running().remove(this);
        mount.detach();
        if (workers != null) {
            getEndpoint().getCamelContext().getExecutorServiceManager().shutdown(workers);
            workers = null;
        }
        super.doStop();
    }

    /** The list and the route may wait for a database, which the threads of an HTTP server must not. */
    private CompletionStage<? extends HttpResponse> receive(WebhookRequest request) {
        ExecutorService current = workers;
        if (current == null) {
            return request.refuse(WebhookResponse.NOT_OPEN);
        }
        UnsubscribeRequest asked = new UnsubscribeRequest(request.method(),
                request.query().flatMap(UnsubscribeLink::tokenOfQuery).orElse(null),
                request.header("Accept-Language").orElse(null));
        CompletableFuture<HttpResponse> response = new CompletableFuture<>();
        request.drain().whenComplete((drained, failure) -> { // the body says nothing, but the client wants to be rid of it
            try {
                current.execute(() -> respond(asked, response));
            } catch (RejectedExecutionException e) {
                response.complete(WebhookResponse.FULL);
            }
        });
        return response;
    }

    private void respond(UnsubscribeRequest asked, CompletableFuture<HttpResponse> to) {
        try {
            UnsubscribeResponse response = service.handle(asked);
            count(response);
            if (response.left() != null) {
                runRoute(response.left());
            }
            to.complete(new PageResponse(response.status(), response.headers(),
                    response.body().getBytes(StandardCharsets.UTF_8)));
        } catch (RuntimeException e) {
            LOG.error("A request to leave failed", e);
            to.complete(WebhookResponse.BROKEN);
        }
    }

    /** The page for the server. */
    private record PageResponse(int status, Map<String, String> headers, byte[] content) implements HttpResponse {
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
                getExceptionHandler().handleException("The route failed after a recipient had left, who stays on the list",
                        exchange, exchange.getException());
            }
        } finally {
            doneUoW(exchange);
            releaseExchange(exchange, false);
        }
    }

    // ---- what JMX shows --------------------------------------------------------------------------------------------

    @ManagedAttribute(description = "Where the page is mounted")
    public String getPath() {
        return mount.path();
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
