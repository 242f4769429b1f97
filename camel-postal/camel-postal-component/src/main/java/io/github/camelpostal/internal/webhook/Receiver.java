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
import java.time.Duration;
import java.util.Optional;

import io.github.camelpostal.internal.codec.PayloadDecoder;
import io.github.camelpostal.internal.signature.SignatureVerifier;
import io.github.camelpostal.payload.PayloadException;
import io.github.camelpostal.payload.PostalPayload;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a delivery, from the request that Postal makes to the answer that it gets, one line a step.
 *
 * <p>The first steps run on the server's thread, which waits no longer than the deadline; the others on a pool of our own,
 * where they go on when the deadline has passed. Each step either lets the delivery pass or says what Postal is told
 * instead ({@link Answered}).
 */
public final class Receiver {

    private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);
    private static final Duration TIME_TO_REFUSE = Duration.ofSeconds(4);
    /** Such bodies the server's own thread gathers, which costs less than to wake another one for every few kilobytes. */
    private static final int LARGEST_PIECE = 256 * 1024;

    private final ReceiverSettings settings;
    private final BodyReader bodies;
    private final Spool spool;
    private final WorkPool pool;
    private final Genuineness genuineness;
    private final PayloadDecoder decoder;
    private final Wanted wanted;
    private final InFlight inFlight;
    private final Completed completed;
    private final RouteRun route;
    private final Counters counters;
    private final Notices notices;

    private Receiver(DefaultConsumer consumer, ReceiverSettings settings, Optional<SignatureVerifier> verifier,
            IdempotentRepository repository, InFlight inFlight, Counters counters) {
        this.settings = settings;
        this.inFlight = inFlight;
        this.counters = counters;
        notices = new Notices(settings.path(), Clock.systemUTC());
        bodies = new BodyReader(settings.maxBodySize());
        spool = new Spool(settings.spoolDirectory(), settings.maxSpoolSize());
        pool = new WorkPool(consumer.getEndpoint().getCamelContext(), this, settings.maxInFlight());
        genuineness = new Genuineness(verifier, counters, notices);
        decoder = new PayloadDecoder(settings.spoolThreshold());
        wanted = new Wanted(settings.accept(), settings.events(), settings.direction(), notices);
        completed = new Completed(repository, counters);
        route = new RouteRun(consumer, settings.bodyFormat(), settings.bridgeErrorHandler(), pool);
    }

    /**
     * @param verifier   empty when signatures are not verified
     * @param repository started; null when deduplication is switched off
     */
    public static Receiver open(DefaultConsumer consumer, ReceiverSettings settings, Optional<SignatureVerifier> verifier,
            IdempotentRepository repository, InFlight inFlight, Counters counters) {
        Receiver receiver = new Receiver(consumer, settings, verifier, repository, inFlight, counters);
        receiver.spool.removeOrphans();
        return receiver;
    }

    /** Answers a request for which there is no receiver, once its body has been read and thrown away. */
    public static Answer refuse(HttpRequest request, Answer answer, Counters counters) {
        Drain.rest(request, Deadline.in(TIME_TO_REFUSE));
        return counters.count(answer);
    }

    /** The same for a request whose body has arrived. */
    public static Reply refuse(Answer answer, Counters counters) {
        return Reply.of(counters.count(answer));
    }

    /** How long a request may take for which there is no receiver. */
    public static Optional<Duration> patienceToRefuse(long bodyLength) {
        return bodyLength <= LARGEST_PIECE ? Optional.of(TIME_TO_REFUSE) : Optional.empty();
    }

    /** What Postal is told about this request, at the latest when {@code processingTimeout} has passed. Never throws. */
    public Answer receive(HttpRequest request) {
        Deadline deadline = Deadline.in(settings.processingTimeout().minus(request.age()));
        DeliveryStore store = new DeliveryStore(spool, settings.spoolThreshold());
        try {
            letIn(request);
            Stored body = bodies.read(request, store, deadline);
            Delivery delivery = Delivery.of(request, body, store.hold());
            return counters.count(pool.run(reply -> work(delivery, reply), deadline, delivery::letGo));
        } catch (Answered early) {
            LOG.debug("{} answers {}", settings.path(), early.answer());
            Drain.rest(request, deadline);
            return counters.count(early.answer());
        } catch (RuntimeException e) {
            return counters.count(broken(e));
        } finally {
            store.letGo();
        }
    }

    /** How long a request may take, and whether its body may be handed over in one piece: {@link FrontDoor.Receptionist}. */
    public Optional<Duration> patience(long bodyLength) {
        boolean inOnePiece = bodyLength <= Math.min(LARGEST_PIECE, settings.spoolThreshold());
        return inOnePiece ? Optional.of(settings.processingTimeout()) : Optional.empty();
    }

    /** As {@link #receive(HttpRequest)}, for a body that has arrived in full, and without waiting. Never throws. */
    public Reply receive(HttpRequest request, byte[] body) {
        Reply reply = begin(request, body);
        reply.whenGiven(counters::count);
        return reply;
    }

    private Reply begin(HttpRequest request, byte[] body) {
        DeliveryStore store = new DeliveryStore(spool, settings.spoolThreshold());
        try {
            letIn(request);
            bodies.checkSize(body.length);
            Delivery delivery = Delivery.of(request, store.keep(body), store);
            return pool.begin(reply -> work(delivery, reply), delivery::letGo);
        } catch (Answered early) {
            LOG.debug("{} answers {}", settings.path(), early.answer());
            return Reply.of(early.answer());
        } catch (RuntimeException e) {
            return Reply.of(broken(e));
        }
    }

    /** Lets no new work begin, and waits for none: what is under way ends by itself, or with the context. */
    public void close() throws IOException {
        pool.close();
        completed.close();
        spool.close();
    }

    private void work(Delivery delivery, Reply reply) throws Answered, IOException {
        genuineness.check(delivery);
        Understood understood = understand(delivery);
        understood.happened().ifPresent(counters::arrived);
        wanted.check(understood);
        Answer answer;
        try (InFlight.Claim claim = inFlight.claim(understood.dedupKey())) {
            completed.check(understood.dedupKey());
            answer = route.run(delivery, understood);
            if (answer.isCompletion()) {
                completed.remember(understood.dedupKey());
            }
            if (!reply.willBeHeard()) {
                lateResult(claim, answer, understood);
            }
        }
        reply.give(answer); // when the key is free again: who hears of a failure may repeat at once
    }

    private void letIn(HttpRequest request) throws Answered {
        if (!request.method().equals("POST")) {
            throw new Answered(Answer.WRONG_METHOD);
        }
        settings.credentials().check(request.header("Authorization"));
    }

    private Answer broken(RuntimeException e) {
        LOG.error("{} failed to receive a delivery; Postal is told to try again later", settings.path(), e);
        return Answer.BROKEN;
    }

    private Understood understand(Delivery delivery) throws Answered, IOException {
        try {
            PostalPayload posted = decoder.decode(delivery.contentType(), delivery.body());
            return new Understood.AsPosted(posted);
        } catch (PayloadException e) {
            if (settings.bridgeErrorHandler()) {
                return Understood.not(delivery.body(), e);
            }
            notices.refused(Answer.NOT_UNDERSTOOD, "it is not in any form in which Postal posts: " + e.getMessage());
            throw new Answered(Answer.NOT_UNDERSTOOD);
        }
    }

    private void lateResult(InFlight.Claim claim, Answer answer, Understood understood) {
        counters.lateResult();
        claim.endedLate(answer);
        LOG.info("{} was told to repeat {}, which has ended meanwhile: {}", settings.path(), understood.dedupKey(), answer);
    }
}
