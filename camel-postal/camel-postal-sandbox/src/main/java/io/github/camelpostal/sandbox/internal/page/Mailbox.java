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
package io.github.camelpostal.sandbox.internal.page;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.github.camelpostal.sandbox.HttpEndpoint;
import io.github.camelpostal.sandbox.Route;
import io.github.camelpostal.sandbox.internal.delivery.MailRouter;
import io.github.camelpostal.sandbox.internal.delivery.ServerRuntime;
import io.github.camelpostal.sandbox.internal.delivery.SmtpTransaction;
import io.github.camelpostal.sandbox.internal.store.Arrival;
import io.github.camelpostal.sandbox.internal.store.Delivery;
import io.github.camelpostal.sandbox.internal.store.Direction;
import io.github.camelpostal.sandbox.internal.store.Installation;
import io.github.camelpostal.sandbox.internal.store.MailServer;
import io.github.camelpostal.sandbox.internal.store.Message;
import io.github.camelpostal.sandbox.internal.store.TrackedLinks;
import io.github.camelpostal.sandbox.internal.store.VerifiedDomain;
import io.github.camelpostal.sandbox.internal.store.Webhook;
import io.github.camelpostal.sandbox.internal.webhook.PostalExchange;
import org.jspecify.annotations.Nullable;

/**
 * All that the page sees and does. Values come as they are, secrets in URLs and headers included: what may be shown is decided
 * by the views. Decides only what may be done with a message of which status.
 */
final class Mailbox {
    private final MailRouter router;
    private final @Nullable String smtpAddress;

    /** @param smtpAddress host and port where mail is taken; null if there is no SMTP server */
    Mailbox(MailRouter router, @Nullable String smtpAddress) {
        this.router = router;
        this.smtpAddress = smtpAddress;
    }

    /** @param key stands in URLs: letters, digits, hyphens */
    record Server(String key, String name) {
    }

    /** Where a message is. */
    record Place(String server, long id) {
    }

    /**
     * A message in a list. All texts may be null, except the status.
     *
     * @param status Postal's word
     */
    record Row(long id, boolean incoming, @Nullable String from, @Nullable String to, @Nullable String subject,
            @Nullable String tag, @Nullable String messageId, String status,
            Instant at, long size, int opens, int clicks) {
    }

    /**
     * A message and its history, oldest first.
     *
     * @param raw         the mail with what Postal has added so far
     * @param nextAttempt null when none is planned, or when it is not known
     * @param holdExpiry  null unless held
     * @param acts        what can be done with it now
     */
    record MessageDetail(Row row, String token, byte[] raw, List<Step> steps, List<Visit> visits, List<Exchange> posts,
            @Nullable Instant nextAttempt,
            @Nullable Instant holdExpiry, Set<Act> acts) {
    }

    /**
     * One delivery row.
     *
     * @param details      null without
     * @param output       null without
     * @param transmission null when nothing was transmitted
     */
    record Step(String status, Instant at, @Nullable String details, @Nullable String output,
            @Nullable Transmission transmission) {
    }

    /** @param seconds null if no connection came about */
    record Transmission(boolean tls, String logId, @Nullable Double seconds) {
    }

    /** @param url the link; null when the mail was opened */
    record Visit(@Nullable String url, String ipAddress, @Nullable String userAgent, Instant at) {
    }

    /**
     * One HTTP request to a receiver and what came back.
     *
     * @param event  null for inbound mail
     * @param mailId 0 when it is about none
     * @param status 0 if there was no response
     * @param response the response's body, or why there was none
     */
    record Exchange(@Nullable String event, long mailId, URI url, int attempt, Map<String, String> headers, byte[] body,
            int status,
            String response, Instant at) {
    }

    /**
     * What is configured.
     *
     * @param apiKey the first that is not flagged <em>hold</em>; null without one
     * @param smtp   host and port where mail is taken; null when it is not
     */
    record Setup(List<String> domains, List<Mapping> routes, List<URI> webhooks, @Nullable String smtp, boolean suspended,
            @Nullable String apiKey) {
    }

    /**
     * Where mail for some addresses goes.
     *
     * @param target null if the mail goes nowhere
     * @param form   in words
     */
    record Mapping(String pattern, @Nullable URI target, String form) {
    }

    /** What a person may do with a message. */
    enum Act {
        RELEASE("release", "Release"), CANCEL_HOLD("cancel-hold", "Cancel hold"), RETRY("retry", "Retry now"), AGAIN("again",
                "Deliver again");

        private final String path;
        private final String label;

        Act(String path, String label) {
            this.path = path;
            this.label = label;
        }

        String path() {
            return path;
        }

        String label() {
            return label;
        }
    }

    /** Cannot be done; the text is for the person who asked. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedException(@Nullable String message) {
            super(message);
        }
    }

    /** At least one; in an order that does not change. */
    List<Server> servers() {
        return router.installation().servers().stream()
                .map(server -> new Server(server.permalink(), server.identity().name())).toList();
    }

    /** Newest first; as it is now. */
    Stream<Row> rows(String server) {
        return server(server).store().newestFirst().map(Mailbox::row);
    }

    Optional<MessageDetail> message(String server, long id) {
        ServerRuntime runtime = server(server);
        return runtime.store().find(id).map(message -> new MessageDetail(row(message), message.token(), message.state().raw(),
                message.state().deliveries().stream().map(Mailbox::step).toList(),
                message.state().visits().stream().map(Mailbox::visit).toList(),
                runtime.log().about(id).stream().map(Mailbox::post).toList(),
                runtime.nextAttempt(id).orElse(null), message.state().holdExpiry(), acts(runtime, message)));
    }

    /** Where mail and events of this server go. */
    Setup setup(String server) {
        MailServer configured = server(server).server();
        return new Setup(configured.domains().stream().map(VerifiedDomain::name).sorted().toList(),
                configured.routes().stream().flatMap(Mailbox::routes).toList(),
                configured.webhooks().stream().map(Webhook::url).toList(), smtpAddress, configured.isSuspended(),
                configured.key(MailServer.Credential.Type.API).orElse(null));
    }

    /** What was sent to receivers, about messages and otherwise; newest first. */
    Stream<Exchange> posts(String server) {
        List<PostalExchange> all = new ArrayList<>(server(server).log().all());
        Collections.reverse(all);
        return all.stream().map(Mailbox::post);
    }

    /**
     * Mail from outside arrives, for whichever mail server has a route for it.
     *
     * @param mailFrom null for the null sender
     * @throws RefusedException if no route takes it
     */
    Place receive(@Nullable String mailFrom, String rcptTo, byte[] rfc5322) throws RefusedException {
        Installation installation = router.installation();
        String server = installation.destinationOf(rcptTo).map(found -> found.server().permalink())
                .orElseThrow(() -> new RefusedException("no route of any mail server takes this address"));
        try {
            List<Message> stored = router.receive(SmtpTransaction.from(mailFrom), List.of(rcptTo), rfc5322);
            return new Place(server, stored.get(0).id());
        } catch (Arrival.TooLongException e) {
            throw new RefusedException("an address is longer than Postal can store");
        } catch (IllegalArgumentException e) {
            throw new RefusedException("the route rejects this address");
        }
    }

    /** Somebody follows a link of this message. */
    void press(String server, long id, String url) throws RefusedException {
        attempt(() -> server(server).click(id, whereItLed(server, id, url)));
    }

    /** A tracked link stands in the mail under another URL, which ends in its token; the event names the one it led to. */
    private String whereItLed(String server, long id, String url) {
        return server(server).server().trackedLinks().find(url.substring(url.lastIndexOf('/') + 1))
                .filter(link -> link.messageId() == id).map(TrackedLinks.Link::url).orElse(url);
    }

    /** Somebody opens this message. */
    void open(String server, long id) throws RefusedException {
        attempt(() -> server(server).open(id));
    }

    /** What {@link MessageDetail#acts()} offers; refused if it is no longer possible. */
    void act(String server, long id, Act act) throws RefusedException {
        attempt(() -> {
            switch (act) {
                case RELEASE -> server(server).release(id);
                case CANCEL_HOLD -> server(server).cancelHold(id);
                case RETRY, AGAIN -> server(server).retryNow(id);
            }
        });
    }

    /** Differs from every earlier value if anything that the page shows has changed. */
    long version() {
        return router.changes().count();
    }

    /** Waits until {@link #version()} is another than the one seen, or the time is over. */
    long awaitChange(long seen, Duration timeout) {
        return router.changes().await(() -> Optional.of(version()).filter(now -> now != seen), timeout).orElse(seen);
    }

    private ServerRuntime server(String permalink) {
        return router.server(permalink).orElseThrow();
    }

    /** The message may have gone, or be in another state by now. */
    private static void attempt(Runnable act) throws RefusedException {
        try {
            act.run();
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw new RefusedException(e.getMessage());
        }
    }

    private static Set<Act> acts(ServerRuntime runtime, Message message) {
        return switch (message.status()) {
            case HELD -> EnumSet.of(Act.RELEASE, Act.CANCEL_HOLD);
            case PENDING -> EnumSet.noneOf(Act.class);
            default -> EnumSet.of(runtime.nextAttempt(message.id()).isPresent() ? Act.RETRY : Act.AGAIN);
        };
    }

    static Row row(Message message) {
        int clicks = (int) message.state().visits().stream().filter(visit -> visit.url() != null).count();
        Arrival arrival = message.arrival();
        return new Row(message.id(), message.direction() == Direction.INCOMING, arrival.mailFrom(), arrival.rcptTo(),
                arrival.subject(), message.state().tag(), arrival.messageId(), message.status().text(), message.timestamp(),
                message.size(), message.state().visits().size() - clicks, clicks);
    }

    private static Step step(Delivery delivery) {
        Delivery.Transmission sent = delivery.attempt().transmission();
        return new Step(delivery.attempt().status().text(), delivery.timestamp(), delivery.attempt().details(),
                delivery.attempt().output(), sent == null ? null : new Transmission(sent.tls(), sent.logId(), sent.seconds()));
    }

    private static Visit visit(Message.Visit visit) {
        return new Visit(visit.url(), visit.ipAddress(), visit.userAgent(), visit.timestamp());
    }

    private static Exchange post(PostalExchange exchange) {
        PostalExchange.Request request = exchange.request();
        int status = exchange.result() instanceof PostalExchange.Response responded ? responded.status() : 0;
        String response = exchange.result() instanceof PostalExchange.Response responded
                ? new String(responded.body(), StandardCharsets.UTF_8)
                : ((PostalExchange.Failure) exchange.result()).message();
        return new Exchange(request.event(), request.mailId(), request.url(), request.attempt(), exchange.headers(),
                request.body(), status,
                response, exchange.at());
    }

    private static Stream<Mapping> routes(Route route) {
        return route.endpoints().isEmpty()
                ? Stream.of(new Mapping(route.pattern(), null, "mode " + route.mode().name().toLowerCase(Locale.ROOT)))
                : route.endpoints().stream()
                        .map(endpoint -> new Mapping(route.pattern(), endpoint.url(), form(endpoint)));
    }

    private static String form(HttpEndpoint endpoint) {
        String format = endpoint.format() == HttpEndpoint.Format.HASH ? "Hash" : "RawMessage";
        return endpoint.encoding() == HttpEndpoint.Encoding.JSON ? format + " as JSON" : format + " as form";
    }
}
