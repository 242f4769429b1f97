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
package io.github.camelpostal.sandbox;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.github.camelpostal.sandbox.internal.SandboxRuntime;
import io.github.camelpostal.sandbox.internal.delivery.ServerRuntime;
import io.github.camelpostal.sandbox.internal.store.Direction;
import io.github.camelpostal.sandbox.internal.store.MailServer;
import io.github.camelpostal.sandbox.internal.store.Status;
import io.github.camelpostal.sandbox.internal.store.VerifiedDomain;
import io.github.camelpostal.sandbox.internal.store.Webhook;
import io.github.camelpostal.sandbox.internal.webhook.Event;

/**
 * One mail server of the sandbox: what it has sent and received, where its events and inbound mail go, and what is to become of its outgoing mail. Given by
 * {@link PostalSandbox#server()} and {@link PostalSandbox#server(String)}; all methods may be called from any thread.
 */
public final class SandboxServer {
    private final SandboxRuntime sandbox;
    private final ServerRuntime runtime;

    SandboxServer(SandboxRuntime sandbox, ServerRuntime runtime) {
        this.sandbox = sandbox;
        this.runtime = runtime;
    }

    /** Its permalink. */
    public String name() {
        return runtime.server().permalink();
    }

    /**
     * For {@code X-Server-API-Key}: the first that is not flagged <em>hold</em>.
     *
     * @throws IllegalStateException when it has none
     */
    public String apiKey() {
        return key(MailServer.Credential.Type.API);
    }

    /**
     * The password for SMTP: the first that is not flagged <em>hold</em>.
     *
     * @throws IllegalStateException when it has none
     */
    public String smtpKey() {
        return key(MailServer.Credential.Type.SMTP);
    }

    private String key(MailServer.Credential.Type type) {
        return runtime.server().key(type)
                .orElseThrow(() -> new IllegalStateException(name() + " has no key of type " + type.text()));
    }

    /**
     * Sends events there. More than one webhook is allowed; each gets every event, with a uuid of its own.
     *
     * @param events names of those that are sent; without any, all of them (protocol 5.1)
     */
    public void postEventsTo(URI webhookUrl, String... events) {
        runtime.server().webhook(new Webhook(checked(webhookUrl), Set.of(events)));
    }

    /**
     * A route with an HTTP endpoint of the form {@code Hash}, encoded as JSON. A second call for the same pattern replaces the
     * first.
     *
     * @param addressPattern {@code support@example.com}, {@code *@example.com}, or {@code __returnpath__} for mail that comes to
     *                       the return path and is no bounce of a known message. A tag ({@code support+x@…}) is cut off before
     *                       matching
     */
    public void routeTo(String addressPattern, URI endpoint) {
        routeTo(addressPattern, HttpEndpoint.of(endpoint));
    }

    /** The same with these endpoints. Each gets every mail as a message of its own, with its own retries (protocol 4.1). */
    public void routeTo(String addressPattern, HttpEndpoint... endpoints) {
        route(new Route(addressPattern, Route.Mode.ENDPOINT, Route.SpamMode.MARK, Arrays.asList(endpoints)));
    }

    /**
     * A route of any mode. A second one for the same pattern replaces the first.
     *
     * @return the route with its token: mail to {@code token@routes.postal.example.com} goes there too
     */
    public Route route(Route route) {
        return runtime.server().route(checked(route));
    }

    /** Links and loads of mail from this domain are tracked from now on (protocol 3.2). */
    public void trackDomain(TrackDomain domain) {
        runtime.server().add(domain);
    }

    /** A domain that mail may be sent from, from now on. */
    public void addDomain(String verifiedDomain) {
        runtime.server().add(VerifiedDomain.of(verifiedDomain));
    }

    /** Outgoing mail, oldest first: one for each recipient. */
    public StoredMails sent() {
        return messages(Direction.OUTGOING, "outgoing messages");
    }

    /** Incoming mail, oldest first. */
    public StoredMails received() {
        return messages(Direction.INCOMING, "incoming messages");
    }

    /** The message with this id, of either direction; empty if there is none. */
    public Optional<StoredMail> message(long id) {
        return runtime.store().find(id).map(StoredMail::of);
    }

    /** Where bounces of mail sent from here go to: the envelope sender of all outgoing mail. */
    public String returnPath() {
        return runtime.server().identity().returnPath();
    }

    /**
     * What becomes of outgoing mail to recipients that fit, from the next attempt on. The newest rule that fits counts, before
     * the local parts that {@link PostalSandbox} names.
     *
     * @param recipients {@code *@slow.example}, {@code ann@*}; {@code *} stands for any text
     */
    public void outcome(String recipients, Outcome outcome) {
        runtime.outcomes().add(recipients, outcome);
    }

    /** The same by a rule that looks at the message; empty leaves it to other rules. */
    public void outcome(Function<StoredMail, Optional<Outcome>> rule) {
        runtime.outcomes().add(message -> rule.apply(StoredMail.of(message)));
    }

    /** Forgets all outcomes that were chosen: only the local parts that {@link PostalSandbox} names count again. */
    public void clearOutcomes() {
        runtime.outcomes().clear();
    }

    /** Forgets all messages of both directions and all webhook requests; ids go on as if they were still there. */
    public void deleteAll() {
        runtime.deleteAll();
    }

    /** The score that the spam scanner gives to mail that fits. A header {@code X-Test-Score} in the mail does the same. */
    public void spamScore(Predicate<StoredMail> mail, double score) {
        runtime.spamScores().add(message -> mail.test(StoredMail.of(message)), score);
    }

    /** Mode, send limit, spam thresholds and the like, from now on. */
    public void settings(UnaryOperator<ServerSettings> change) {
        runtime.server().change(change);
    }

    /** Somebody releases a held message: it is attempted again, past most holds (protocol 2.14). */
    public void release(long id) {
        runtime.release(id);
    }

    /** Somebody ends a hold: {@code HoldCancelled}, and no event. */
    public void cancelHold(long id) {
        runtime.cancelHold(id);
    }

    /** Somebody presses "retry": a waiting message is attempted now, any other once more, whatever its status is. */
    public void retryNow(long id) {
        runtime.retryNow(id);
    }

    /** Somebody follows a link of this message: fires {@code MessageLinkClicked}. */
    public void click(long id, String url) {
        runtime.click(id, url);
    }

    /** Somebody opens this message: fires {@code MessageLoaded}. */
    public void open(long id) {
        runtime.open(id);
    }

    /** The automatic check finds none of the domain's records: fires {@code DomainDNSError}. */
    public void dnsError(String domain) {
        runtime.events().fire(Event.dnsError(runtime.server().identity(), domain, sandbox.clock().instant()));
    }

    /** The automatic check finds records of another mail server: fires {@code DomainDNSError} too, with other texts. */
    public void invalidDns(String domain) {
        runtime.events().fire(Event.invalidDns(runtime.server().identity(), domain, sandbox.clock().instant()));
    }

    /** Fires {@code SendLimitApproaching}. */
    public void sendLimitApproaching(int volume, int limit) {
        runtime.events().fire(Event.sendLimit("SendLimitApproaching", runtime.server().identity(), volume, limit));
    }

    /** Fires {@code SendLimitExceeded}. */
    public void sendLimitExceeded(int volume, int limit) {
        runtime.events().fire(Event.sendLimit("SendLimitExceeded", runtime.server().identity(), volume, limit));
    }

    /**
     * Waits for outgoing mail to this address (letter case aside) whose first attempt is over. In virtual time another thread
     * must let it pass.
     *
     * @return the newest such mail
     * @throws IllegalStateException if there is none within the time
     */
    public StoredMail awaitSentTo(String address, Duration timeout) {
        return await("attempt at outgoing mail to " + address, timeout, () -> runtime.store().newestFirst()
                .filter(message -> message.direction() == Direction.OUTGOING
                        && address.equalsIgnoreCase(message.arrival().rcptTo()) && message.status() != Status.PENDING)
                .findFirst().map(StoredMail::of));
    }

    /**
     * Waits for a request to a webhook or an endpoint that got its response, or failed.
     *
     * @return the oldest that fits
     * @throws IllegalStateException if there is none within the time
     */
    public WebhookRequest awaitWebhookRequest(Predicate<WebhookRequest> wanted, Duration timeout) {
        return await("such webhook request", timeout,
                () -> runtime.log().find(exchange -> wanted.test(WebhookRequest.of(exchange))).map(WebhookRequest::of));
    }

    private <T> T await(String what, Duration timeout, Supplier<Optional<T>> look) {
        return sandbox.changes().await(look, timeout).orElseThrow(() -> new IllegalStateException(
                "There was no " + what + " within " + timeout.toMillis() + " ms. There are " + runtime.store().size()
                        + " messages, and these webhook requests: " + List.copyOf(webhookRequests())));
    }

    /** What was sent to webhooks and endpoints and what came back, oldest first. */
    public WebhookRequests webhookRequests() {
        return new WebhookRequests(sandbox.changes(), () -> runtime.log().all().stream().map(WebhookRequest::of).toList());
    }

    /**
     * Waits up to a minute until an event of each of these names was sent and accepted, in whatever order.
     *
     * @return the oldest accepted request of each, in the order of the names
     * @throws AssertionError if one is missing; it names what there is
     */
    public List<WebhookRequest> awaitEvents(String... names) {
        return Arrays.stream(names).map(name -> webhookRequests().events(name).accepted().await().get(0)).toList();
    }

    /** Makes rows look as they may look in a real Postal: gaps, rows of others, rows that are there twice or never queued. */
    public MessageFaults faults() {
        return new MessageFaults(runtime);
    }

    /** Makes something go wrong between this server and its receivers. */
    public WebhookFaults webhookFaults() {
        return new WebhookFaults(runtime.webhookFaults());
    }

    /** The mail server is suspended: every call gets the error {@code ServerSuspended}, queued mail is held. */
    public void suspend() {
        runtime.server().suspend(true);
    }

    /** Ends {@link #suspend()}. */
    public void unsuspend() {
        runtime.server().suspend(false);
    }

    private StoredMails messages(Direction direction, String wanted) {
        return new StoredMails(sandbox.changes(), () -> runtime.store().stream()
                .filter(message -> message.direction() == direction).map(StoredMail::of).toList(), wanted);
    }

    static Route checked(Route route) {
        if (!route.pattern().equals(Route.RETURN_PATH) && !route.pattern().matches("[^@+\\s]+@[^@+\\s]+")) {
            throw new IllegalArgumentException(
                    "A route is an address without tag, such as support@example.com, or *@example.com");
        }
        if (route.mode() == Route.Mode.ENDPOINT && route.endpoints().isEmpty()) {
            throw new IllegalArgumentException("A route of mode Endpoint needs an endpoint");
        }
        route.endpoints().forEach(endpoint -> checked(endpoint.url()));
        return route;
    }

    static URI checked(URI url) {
        if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme()) || url.getHost() == null) {
            throw new IllegalArgumentException("Not an absolute http or https URL, such as http://127.0.0.1:8080/postal");
        }
        return url;
    }
}
