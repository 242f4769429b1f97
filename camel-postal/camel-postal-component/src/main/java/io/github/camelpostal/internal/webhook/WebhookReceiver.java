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

import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import io.github.camelpostal.internal.codec.PayloadDecoder;
import io.github.camelpostal.internal.signature.SignatureVerifier;
import io.github.camelpostal.payload.PayloadException;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a request from Postal to its response, one line a step.
 *
 * <p>Until the body and the keys are there no thread waits for them. The other steps run on threads of our own, where they go
 * on when the deadline has passed. Each step either lets the request pass or ends its way with an {@link EarlyResponse}.
 */
public final class WebhookReceiver {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookReceiver.class);

    private final WebhookSettings settings;
    private final Spool spool;
    private final BufferPool buffers;
    private final WebhookExecutor executor;
    private final SignatureCheck signature;
    private final PayloadDecoder decoder;
    private final TenantCheck tenant;
    private final WebhookExtensions extensions;
    private final EventFilter filter;
    private final InFlightRegistry inFlight;
    private final IdempotencyCheck idempotency;
    private final RouteInvoker route;
    private final WebhookCounters counters;
    private final RateLimitedLog log;

    private WebhookReceiver(DefaultConsumer consumer, WebhookSettings settings, Optional<SignatureVerifier> verifier,
            @Nullable IdempotentRepository repository, WebhookExtensions extensions, InFlightRegistry inFlight,
            WebhookCounters counters) {
        this.settings = settings;
        this.extensions = extensions;
        this.inFlight = inFlight;
        this.counters = counters;
        log = new RateLimitedLog(settings.path(), Clock.systemUTC());
        spool = new Spool(settings.spoolDirectory(), settings.maxSpoolSize());
        buffers = new BufferPool(spool, settings.spoolThreshold());
        executor = new WebhookExecutor(consumer.getEndpoint().getCamelContext(), this, settings.maxInFlight(),
                inFlight, log);
        decoder = new PayloadDecoder(settings.spoolThreshold(), settings.reasons());
        signature = new SignatureCheck(verifier, counters, log);
        tenant = new TenantCheck(settings.verifyTenant(), extensions.register(), log);
        filter = new EventFilter(settings.accept(), settings.events(), settings.direction(), log);
        idempotency = new IdempotencyCheck(repository, counters);
        route = new RouteInvoker(consumer, settings.bodyFormat(), settings.bridgeErrorHandler(), executor, extensions);
    }

    /**
     * @param verifier   empty when signatures are not verified
     * @param repository started; null when deduplication is switched off
     */
    public static WebhookReceiver open(DefaultConsumer consumer, WebhookSettings settings, Optional<SignatureVerifier> verifier,
            @Nullable IdempotentRepository repository, WebhookExtensions extensions, InFlightRegistry inFlight,
            WebhookCounters counters) {
        WebhookReceiver receiver = new WebhookReceiver(consumer, settings, verifier, repository, extensions, inFlight,
                counters);
        receiver.spool.removeOrphans();
        return receiver;
    }

    /** The response to a request, at the latest when {@code processingTimeout} has passed since its arrival. Never throws. */
    public CompletionStage<WebhookResponse> receive(WebhookRequest request) {
        PendingResponse response = new PendingResponse();
        RequestBuffers room = buffers.newBuffers();
        ReceivedRequest.Head head = ReceivedRequest.Head.of(request);
        IncomingBody body = letIn(request, room);
        response.expireAt(Deadline.in(settings.processingTimeout().minus(request.age())), () -> {
            body.expire();
            response.expire(WebhookResponse.NOT_IN_TIME);
        });
        body.read().thenCompose(content -> signature.of(head.signature())
                .thenAccept(check -> process(new ReceivedRequest(head, content, room), check, response)))
                .exceptionally(failure -> refuse(failure, room, response));
        return response.stage().thenApply(counters::count);
    }

    private IncomingBody letIn(WebhookRequest request, RequestBuffers room) {
        if (!request.method().equals("POST")) {
            return IncomingBody.refused(request, WebhookResponse.WRONG_METHOD);
        }
        if (!settings.credentials().accept(request.header("Authorization"))) {
            return IncomingBody.refused(request, WebhookResponse.WRONG_CREDENTIALS);
        }
        return IncomingBody.of(request, room, settings.maxBodySize());
    }

    private @Nullable Void refuse(Throwable failure, RequestBuffers room, PendingResponse response) {
        WebhookResponse refusal = EarlyResponse.in(failure);
        if (refusal == WebhookResponse.BROKEN) {
            LOG.error("{} failed to receive a request; Postal will try again", settings.path(), failure);
        } else {
            report(refusal);
        }
        room.release();
        response.give(refusal);
        return null;
    }

    /** Whoever looks for missing mail must not have to guess: of these nothing else in the application knows. */
    private void report(WebhookResponse refusal) {
        switch (refusal) {
            case WRONG_CREDENTIALS -> log.refused(refusal, "its Basic credentials are missing or wrong. Compare webhookUsername"
                    + " and webhookPassword with those in the URLs of Postal's webhooks and HTTP endpoints");
            case TOO_LARGE -> log.refused(refusal, "it is larger than maxBodySize, " + settings.maxBodySize()
                    + " bytes. If it was a mail, Postal bounces it: set maxBodySize above the largest mail that Postal takes");
            default -> LOG.debug("{} refuses a request: {}", settings.path(), refusal);
        }
    }

    private void process(ReceivedRequest request, SignatureVerifier.Check check, PendingResponse response) {
        executor.execute(() -> work(request, check, response), response, request.buffers()::release);
    }

    private Optional<WebhookExecutor.Sequel> work(ReceivedRequest request, SignatureVerifier.Check check,
            PendingResponse response)
            throws EarlyResponse, IOException {
        signature.require(check, request);
        request.buffers().verified();
        DecodedRequest decoded = decode(request);
        return Optional.of(new WebhookExecutor.Sequel(tenant.check(decoded), () -> Optional.of(
                new WebhookExecutor.Sequel(extensions.prepare(decoded), () -> deliver(request, decoded, response)))));
    }

    private Optional<WebhookExecutor.Sequel> deliver(ReceivedRequest request, DecodedRequest decoded, PendingResponse response)
            throws EarlyResponse {
        decoded.happened().ifPresent(counters::arrived);
        extensions.observe(decoded);
        filter.check(decoded);
        WebhookResponse result;
        try (InFlightRegistry.Claim claim = inFlight.claim(decoded.dedupKey())) {
            idempotency.check(decoded.dedupKey());
            result = route.invoke(request, decoded);
            if (result.isCompletion()) {
                idempotency.remember(decoded.dedupKey());
            }
            if (!response.willBeSent()) {
                endedLate(claim, result, decoded);
            }
        }
        response.give(result); // when the key is free again: whoever gets a failure may try again at once
        return Optional.empty();
    }

    private DecodedRequest decode(ReceivedRequest request) throws EarlyResponse, IOException {
        try {
            return new DecodedRequest.Payload(decoder.decode(request.contentType(), request.body()));
        } catch (PayloadException e) {
            if (settings.bridgeErrorHandler()) {
                return DecodedRequest.undecodable(request.body(), e);
            }
            log.refused(WebhookResponse.NOT_UNDERSTOOD, "it has none of the forms that Postal sends: " + e.getMessage());
            throw new EarlyResponse(WebhookResponse.NOT_UNDERSTOOD);
        }
    }

    private void endedLate(InFlightRegistry.Claim claim, WebhookResponse result, DecodedRequest decoded) {
        counters.lateResult();
        claim.endedLate(result);
        LOG.info("{} ended after its response was due: {}. Postal will send it to {} again", decoded.dedupKey(), result,
                settings.path());
    }

    /** Lets no new work begin, and waits for none: what is under way ends by itself, or with the context. */
    public void close() throws IOException {
        executor.close();
        idempotency.close();
        spool.close();
    }
}
