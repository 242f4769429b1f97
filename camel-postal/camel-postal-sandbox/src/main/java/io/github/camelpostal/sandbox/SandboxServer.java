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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import jakarta.mail.Address;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;

import io.github.camelpostal.sandbox.internal.delivery.Outcome;
import io.github.camelpostal.sandbox.internal.delivery.PostFaults;
import io.github.camelpostal.sandbox.internal.delivery.ServerOffice;
import io.github.camelpostal.sandbox.internal.delivery.Transfer;
import io.github.camelpostal.sandbox.internal.store.Direction;
import io.github.camelpostal.sandbox.internal.store.HttpEndpoint;
import io.github.camelpostal.sandbox.internal.store.MailServer;
import io.github.camelpostal.sandbox.internal.store.Message;
import io.github.camelpostal.sandbox.internal.store.Route;
import io.github.camelpostal.sandbox.internal.store.ServerSettings;
import io.github.camelpostal.sandbox.internal.store.Status;
import io.github.camelpostal.sandbox.internal.store.TrackDomain;
import io.github.camelpostal.sandbox.internal.store.TrackedLinks;
import io.github.camelpostal.sandbox.internal.store.VerifiedDomain;
import io.github.camelpostal.sandbox.internal.store.Webhook;
import io.github.camelpostal.sandbox.internal.webhook.Event;

/**
 * One mail server of the sandbox. The default one is the {@link PostalSandbox} itself, others are given by
 * {@link PostalSandbox#server(String)}. All methods may be called from any thread.
 */
public sealed class SandboxServer permits PostalSandbox {
    private final Machinery machinery;
    private final ServerOffice office;

    SandboxServer(Machinery machinery, ServerOffice office) {
        this.machinery = machinery;
        this.office = office;
    }

    /** Its permalink. */
    public String name() {
        return office.server().permalink();
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
        return office.server().credentials().stream().filter(known -> known.type() == type && !known.hold())
                .map(MailServer.Credential::key).findFirst()
                .orElseThrow(() -> new IllegalStateException(name() + " has no key of type " + type.text()));
    }

    /** A webhook. More than one is allowed; each gets every event, with a uuid of its own. */
    public void postEventsTo(URI webhookUrl) {
        postEventsTo(webhookUrl, new String[0]);
    }

    /** A webhook for these events only; without names for all (contract 5.1). */
    public void postEventsTo(URI webhookUrl, String... events) {
        office.server().webhook(new Webhook(checked(webhookUrl), Set.of(events)));
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

    /** The same with these endpoints. Each gets every mail as a message of its own, with its own retries (contract 4.1). */
    public void routeTo(String addressPattern, HttpEndpoint... endpoints) {
        route(new Route(addressPattern, Route.Mode.ENDPOINT, Route.SpamMode.MARK, Arrays.asList(endpoints)));
    }

    /**
     * A route of any mode. A second one for the same pattern replaces the first.
     *
     * @return the route with its token: mail to {@code token@routes.postal.example.com} goes there too
     */
    public Route route(Route route) {
        return office.server().route(checked(route));
    }

    /** Links and loads of mail from this domain are tracked from now on (contract 3.2). */
    public void trackDomain(TrackDomain domain) {
        office.server().add(domain);
    }

    /** A domain that mail may be sent from, from now on. */
    public void addDomain(String verifiedDomain) {
        office.server().add(VerifiedDomain.of(verifiedDomain));
    }

    /**
     * Mail from outside arrives: it is stored and then, on another thread, posted to the endpoint of its route.
     *
     * @param mailFrom the envelope sender; null for the null sender
     * @param rfc5322  the mail; line ends become CRLF, as SMTP clients make them
     * @return the mail as stored, before anything was done with it; for the first endpoint when there are several
     * @throws IllegalArgumentException when no route takes this address, or the route rejects it: Postal would refuse it
     */
    public StoredMail receive(String mailFrom, String rcptTo, byte[] rfc5322) {
        return receive(mailFrom, List.of(rcptTo), rfc5322).get(0);
    }

    /**
     * The same for several recipients, which may be those of several mail servers.
     *
     * @return one message for each recipient and each endpoint of its route
     */
    public List<StoredMail> receive(String mailFrom, List<String> rcptTo, byte[] rfc5322) {
        return machinery.postOffice().receive(Transfer.from(mailFrom), rcptTo, rfc5322).stream().map(StoredMail::of).toList();
    }

    /** The same, with the envelope taken from the first address in From and in To. */
    public StoredMail receive(MimeMessage message) {
        try {
            ByteArrayOutputStream raw = new ByteArrayOutputStream();
            message.writeTo(raw);
            String rcptTo = first(message.getRecipients(RecipientType.TO));
            if (rcptTo == null) {
                throw new IllegalArgumentException("The message has no To: use receive(mailFrom, rcptTo, bytes)");
            }
            return receive(first(message.getFrom()), rcptTo, raw.toByteArray());
        } catch (MessagingException | IOException e) {
            throw new IllegalArgumentException("The message cannot be written", e);
        }
    }

    /** Outgoing mail, oldest first: one for each recipient. */
    public StoredMails sent() {
        return new StoredMails(messages(Direction.OUTGOING), "outgoing messages");
    }

    /** Incoming mail, oldest first. */
    public StoredMails received() {
        return new StoredMails(messages(Direction.INCOMING), "incoming messages");
    }

    public Optional<StoredMail> message(long id) {
        return office.store().find(id).map(StoredMail::of);
    }

    /** Where bounces of mail sent from here go to: the envelope sender of all outgoing mail. */
    public String returnPath() {
        return office.server().identity().returnPath();
    }

    /**
     * What becomes of outgoing mail to recipients that fit, from the next attempt on. The newest rule that fits counts, before
     * the names of {@link PostalSandbox}.
     *
     * @param recipients {@code *@slow.example}, {@code ann@*}; {@code *} stands for any text
     */
    public void outcome(String recipients, Outcome outcome) {
        office.outcomes().add(recipients, outcome);
    }

    /** The same by a rule that looks at the message; empty leaves it to other rules. */
    public void outcome(Function<StoredMail, Optional<Outcome>> rule) {
        office.outcomes().add(message -> rule.apply(StoredMail.of(message)));
    }

    /** The score that the spam scanner gives to mail that fits. A header {@code X-Test-Score} in the mail does the same. */
    public void spamScore(Predicate<StoredMail> mail, double score) {
        office.spamScores().add(message -> mail.test(StoredMail.of(message)), score);
    }

    /** Mode, send limit, spam thresholds and the like, from now on. */
    public void settings(UnaryOperator<ServerSettings> change) {
        office.server().change(change);
    }

    /** Somebody releases a held message: it is attempted again, past most holds (contract 2.14). */
    public void release(long id) {
        office.release(id);
    }

    /** Somebody ends a hold: {@code HoldCancelled}, and no event. */
    public void cancelHold(long id) {
        office.cancelHold(id);
    }

    /** Somebody presses "retry": a waiting message is attempted now, any other once more, whatever its status is. */
    public void retryNow(long id) {
        office.retryNow(id);
    }

    /** Somebody follows a link of this message: fires {@code MessageLinkClicked}. */
    public void click(long id, String url) {
        Message.Visit click = machinery.visit(url);
        office.events().fire(Event.linkClicked(office.store().record(id, click), click, linkToken(id, url)));
    }

    /** That of the link in the mail, if it was tracked. */
    private String linkToken(long id, String url) {
        return office.server().trackedLinks().find(id, url).map(TrackedLinks.Link::token).orElseGet(machinery.texts()::token);
    }

    /** Somebody opens this message: fires {@code MessageLoaded}. */
    public void open(long id) {
        Message.Visit load = machinery.visit(null);
        office.events().fire(Event.loaded(office.store().record(id, load), load));
    }

    /** The automatic check finds none of the domain's records: fires {@code DomainDNSError}. */
    public void dnsError(String domain) {
        office.events().fire(Event.dnsError(office.server().identity(), domain, machinery.clock().instant()));
    }

    /** The automatic check finds records of another mail server: fires {@code DomainDNSError} too, with other texts. */
    public void invalidDns(String domain) {
        office.events().fire(Event.invalidDns(office.server().identity(), domain, machinery.clock().instant()));
    }

    /** Fires {@code SendLimitApproaching}. */
    public void sendLimitApproaching(int volume, int limit) {
        office.events().fire(Event.sendLimit("SendLimitApproaching", office.server().identity(), volume, limit));
    }

    /** Fires {@code SendLimitExceeded}. */
    public void sendLimitExceeded(int volume, int limit) {
        office.events().fire(Event.sendLimit("SendLimitExceeded", office.server().identity(), volume, limit));
    }

    /**
     * Waits for outgoing mail to this address (letter case aside) whose first attempt is over. In virtual time another thread
     * must let it pass.
     *
     * @return the newest such mail
     * @throws IllegalStateException when there is none within the time
     */
    public StoredMail awaitSentTo(String address, Duration timeout) {
        return machinery.await(office, "attempt at outgoing mail to " + address, timeout, () -> office.store().newestFirst()
                .filter(message -> message.direction() == Direction.OUTGOING
                        && address.equalsIgnoreCase(message.arrival().rcptTo()) && message.status() != Status.PENDING)
                .findFirst().map(StoredMail::of));
    }

    /**
     * Waits for a post that was answered, or failed.
     *
     * @return the oldest post that fits
     * @throws IllegalStateException when there is none within the time
     */
    public Post awaitPost(Predicate<Post> wanted, Duration timeout) {
        return machinery.await(office, "such a post", timeout,
                () -> office.log().find(posted -> wanted.test(Post.of(posted))).map(Post::of));
    }

    /** What was posted and how it was answered, oldest first. */
    public Posts posts() {
        return new Posts(machinery.source(() -> office.log().all().stream().map(Post::of).toList()));
    }

    /** What was posted about this message, the mail itself and its events, oldest first. */
    public Posts postsAbout(long id) {
        return new Posts(machinery.source(() -> office.log().about(id).stream().map(Post::of).toList()));
    }

    /**
     * Waits up to 10 seconds until an event of each of these names was posted and accepted, in whatever order.
     *
     * @return the oldest accepted post of each, in the order of the names
     * @throws AssertionError when one is missing; it names what there is
     */
    public List<Post> awaitEvents(String... names) {
        return Arrays.stream(names).map(name -> posts().events(name).accepted().await().get(0)).toList();
    }

    /** What goes wrong between this server and its receivers, on demand. */
    public PostFaults faults() {
        return office.faults();
    }

    /** The mail server is suspended: every call is answered {@code ServerSuspended}, queued mail is held. */
    public void suspend() {
        office.server().suspend(true);
    }

    public void unsuspend() {
        office.server().suspend(false);
    }

    final Machinery machinery() {
        return machinery;
    }

    private Found.Source<StoredMail> messages(Direction direction) {
        return machinery.source(() -> office.store().stream()
                .filter(message -> message.direction() == direction).map(StoredMail::of).toList());
    }

    static Route checked(Route route) {
        if (!route.pattern().equals(MailServer.RETURN_PATH_ROUTE) && !route.pattern().matches("[^@+\\s]+@[^@+\\s]+")) {
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

    private static String first(Address[] addresses) {
        return addresses == null || addresses.length == 0 ? null : ((InternetAddress) addresses[0]).getAddress();
    }
}
