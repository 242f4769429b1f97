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
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import jakarta.mail.Address;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;

import io.github.camelpostal.sandbox.outbound.Event;
import io.github.camelpostal.sandbox.outbound.SigningKey;
import io.github.camelpostal.sandbox.store.Direction;
import io.github.camelpostal.sandbox.store.HttpEndpoint;
import io.github.camelpostal.sandbox.store.MailServer;
import io.github.camelpostal.sandbox.store.Message;
import io.github.camelpostal.sandbox.store.Route;
import io.github.camelpostal.sandbox.store.Status;
import io.github.camelpostal.sandbox.store.Webhook;

/**
 * A Postal mail server in this JVM: the HTTP API, signed events and signed inbound mail, and no mail that ever leaves.
 *
 * <pre>{@code
 * try (PostalSandbox postal = PostalSandbox.start()) {
 *     postal.postEventsTo(URI.create("http://127.0.0.1:8080/postal"));
 *     postal.routeTo("support@example.com", URI.create("http://127.0.0.1:8080/postal"));
 *     // a client sends to postal.url() with postal.apiKey(), from an address at example.com
 *     postal.awaitSentTo("delivered@customer.example", Duration.ofSeconds(5));
 *     postal.receive("alice@customer.example", "support@example.com", rfc5322);
 * }
 * }</pre>
 *
 * <p>What becomes of outgoing mail is chosen by the recipient's local part, at any domain: {@code softfail} is delayed and tried
 * again, {@code hardfail} refused, {@code held} parked, {@code bounced} sent and then bounced; {@code delivered} and everything
 * else is sent. Mail to an address that is routed here comes back in. Outcomes follow after the call was answered, on threads of
 * the sandbox's own.
 *
 * <p>It listens on 127.0.0.1 only and posts only to the URLs given to {@link #postEventsTo} and {@link #routeTo}. All methods may
 * be called from any thread. After {@link #close()} no thread and no port is left.
 */
public final class PostalSandbox implements AutoCloseable {
    /** The API key unless another is given: plainly not a real one. */
    public static final String DEFAULT_API_KEY = "SandboxKeyNotASecret0000";

    private final Machinery machinery;

    private PostalSandbox(Machinery machinery) {
        this.machinery = machinery;
    }

    /** All defaults, on a free port. */
    public static PostalSandbox start() {
        return builder().start();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** What may be chosen before the start. */
    public static final class Builder {
        private final Set<String> domains = new LinkedHashSet<>();
        private final Set<String> hosts = new LinkedHashSet<>(Set.of("127.0.0.1"));
        private final List<MailServer.Credential> credentials = new ArrayList<>();
        private int port;
        private String apiKey = DEFAULT_API_KEY;
        private Clock clock = Clock.systemUTC();
        private KeyPair keyPair;
        private Duration postTimeout = Duration.ofSeconds(5);

        private Builder() {
        }

        /** 0, the default, is a free port. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /** The key of the API credential; the default is {@link #DEFAULT_API_KEY}. */
        public Builder apiKey(String key) {
            this.apiKey = notBlank(key);
            return this;
        }

        /** A second credential, flagged <em>hold</em>: what is sent with it is parked (contract 2.14). */
        public Builder holdingApiKey(String key) {
            credentials.add(new MailServer.Credential(notBlank(key), true));
            return this;
        }

        /**
         * A domain that mail may be sent from; may be called several times. Without a call these are example.com, example.org
         * and example.net.
         */
        public Builder domain(String verifiedDomain) {
            domains.add(verifiedDomain.toLowerCase(Locale.ROOT));
            return this;
        }

        /** A name under which the API answers, besides 127.0.0.1; other {@code Host} headers get 403 (contract 2.1). */
        public Builder host(String webHostname) {
            hosts.add(webHostname.toLowerCase(Locale.ROOT));
            return this;
        }

        /** What time it is written down as. Waiting (retries, time-outs) is in real time whatever it says. */
        public Builder clock(Clock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /** The RSA key that signs; without it a new one of 2048 bits is made. */
        public Builder keyPair(KeyPair pair) {
            this.keyPair = Objects.requireNonNull(pair, "pair");
            return this;
        }

        /** How long a post may take in all; 5 seconds by default, as in Postal. */
        public Builder postTimeout(Duration timeout) {
            this.postTimeout = Objects.requireNonNull(timeout, "timeout");
            return this;
        }

        private static String notBlank(String key) {
            if (key == null || key.isBlank()) {
                throw new IllegalArgumentException("An API key may not be blank: Postal takes that for no key at all");
            }
            return key;
        }

        /** @throws UncheckedIOException when the port cannot be had */
        public PostalSandbox start() {
            List<MailServer.Credential> keys = new ArrayList<>(credentials);
            keys.add(0, new MailServer.Credential(apiKey, false));
            Set<String> verified = domains.isEmpty() ? Set.of("example.com", "example.org", "example.net") : domains;
            try {
                return new PostalSandbox(new Machinery(
                        new Machinery.Plan(port, hosts, verified, keys, clock, keyPair, postTimeout)));
            } catch (IOException e) {
                throw new UncheckedIOException("The sandbox cannot listen on port " + port
                        + ": give builder().port(...) a free one, or 0 to have one chosen", e);
            }
        }
    }

    /** {@code http://127.0.0.1:PORT}: what a client takes for the server's URL. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    public int port() {
        return machinery.web().port();
    }

    /** For {@code X-Server-API-Key}. */
    public String apiKey() {
        return machinery.apiKey();
    }

    /** The signing key's public half as PEM (X.509 SubjectPublicKeyInfo). */
    public String publicKeyPem() {
        return machinery.keys().current().pem();
    }

    /** The same as base64 on one line: what {@code postal default-dkim-record} prints after {@code p=}. */
    public String publicKeyBase64() {
        return machinery.keys().current().base64();
    }

    /** What stands in {@code X-Postal-Signature-Kid}. */
    public String keyId() {
        return machinery.keys().current().id();
    }

    /** Signs with this key and publishes it from now on; the old one is gone at once, as after a restart of Postal. */
    public void useKey(KeyPair pair) {
        machinery.keys().replace(new SigningKey(pair));
    }

    /** A webhook for all events. More than one is allowed; each gets every event, with a uuid of its own. */
    public void postEventsTo(URI webhookUrl) {
        machinery.server().webhook(Webhook.of(checked(webhookUrl)));
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
        if (!addressPattern.equals(MailServer.RETURN_PATH_ROUTE) && !addressPattern.matches("[^@+\\s]+@[^@+\\s]+")) {
            throw new IllegalArgumentException(
                    "A route is an address without tag, such as support@example.com, or *@example.com");
        }
        machinery.server().route(Route.to(addressPattern, HttpEndpoint.of(checked(endpoint))));
    }

    /**
     * Mail from outside arrives: it is stored and then, on another thread, posted to the endpoint of its route.
     *
     * @param mailFrom the envelope sender; null for the null sender
     * @param rfc5322  the mail; line ends become CRLF, as SMTP clients make them
     * @return the mail as stored, before anything was done with it
     * @throws IllegalArgumentException when no route takes this address: a real Postal would refuse it
     */
    public StoredMail receive(String mailFrom, String rcptTo, byte[] rfc5322) {
        if (!machinery.server().isReturnPath(rcptTo) && machinery.server().routeFor(rcptTo).isEmpty()) {
            throw new IllegalArgumentException(
                    "No route takes this address: call routeTo(address or *@domain, endpoint) first");
        }
        return StoredMail.of(machinery.queue().receive(mailFrom, rcptTo, rfc5322));
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
    public List<StoredMail> sent() {
        return messages(Direction.OUTGOING);
    }

    /** Incoming mail, oldest first. */
    public List<StoredMail> received() {
        return messages(Direction.INCOMING);
    }

    public Optional<StoredMail> message(long id) {
        return machinery.store().find(id).map(StoredMail::of);
    }

    /** Where bounces of mail sent from here go to: the envelope sender of all outgoing mail. */
    public String returnPath() {
        return machinery.server().identity().returnPath();
    }

    /** Somebody follows a link of this message: fires {@code MessageLinkClicked}. */
    public void click(long id, String url) {
        Message.Visit click = machinery.visit(url);
        machinery.events().fire(Event.linkClicked(machinery.store().record(id, click), click, machinery.texts().token()));
    }

    /** Somebody opens this message: fires {@code MessageLoaded}. */
    public void open(long id) {
        Message.Visit load = machinery.visit(null);
        machinery.events().fire(Event.loaded(machinery.store().record(id, load), load));
    }

    /** The automatic check finds none of the domain's records: fires {@code DomainDNSError}. */
    public void dnsError(String domain) {
        machinery.events().fire(Event.dnsError(machinery.server().identity(), domain, machinery.clock().instant()));
    }

    /** Fires {@code SendLimitApproaching}. */
    public void sendLimitApproaching(int volume, int limit) {
        machinery.events().fire(Event.sendLimit("SendLimitApproaching", machinery.server().identity(), volume, limit));
    }

    /** Fires {@code SendLimitExceeded}. */
    public void sendLimitExceeded(int volume, int limit) {
        machinery.events().fire(Event.sendLimit("SendLimitExceeded", machinery.server().identity(), volume, limit));
    }

    /**
     * Waits for outgoing mail to this address (letter case aside) whose first attempt is over.
     *
     * @return the newest such mail
     * @throws IllegalStateException when there is none within the time
     */
    public StoredMail awaitSentTo(String address, Duration timeout) {
        return machinery.await("attempt at outgoing mail to " + address, timeout, () -> machinery.store().all().stream()
                .filter(message -> message.direction() == Direction.OUTGOING
                        && address.equalsIgnoreCase(message.arrival().rcptTo()) && message.status() != Status.PENDING)
                .reduce((earlier, later) -> later).map(StoredMail::of));
    }

    /**
     * Waits for a post that was answered, or failed.
     *
     * @return the oldest post that fits
     * @throws IllegalStateException when there is none within the time
     */
    public Post awaitPost(Predicate<Post> wanted, Duration timeout) {
        return machinery.await("such a post", timeout, () -> posts().stream().filter(wanted).findFirst());
    }

    /** What was posted and how it was answered, oldest first. */
    public List<Post> posts() {
        return machinery.log().all().stream().map(Post::of).toList();
    }

    /** {@code /.well-known/jwks.json} is answered 503 until {@link #answerKeysAgain()}. */
    public void stopAnsweringKeys() {
        machinery.web().answerKeys(false);
    }

    public void answerKeysAgain() {
        machinery.web().answerKeys(true);
    }

    /** The mail server is suspended: every call is answered {@code ServerSuspended}, queued mail is held. */
    public void suspend() {
        machinery.server().suspend(true);
    }

    public void unsuspend() {
        machinery.server().suspend(false);
    }

    /** Stops answering and posting at once; what was still to be tried again is forgotten. May be called again. */
    @Override
    public void close() {
        machinery.close();
    }

    private List<StoredMail> messages(Direction direction) {
        return machinery.store().all().stream()
                .filter(message -> message.direction() == direction).map(StoredMail::of).toList();
    }

    private static URI checked(URI url) {
        if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme()) || url.getHost() == null) {
            throw new IllegalArgumentException("Not an absolute http or https URL, such as http://127.0.0.1:8080/postal");
        }
        return url;
    }

    private static String first(Address[] addresses) {
        return addresses == null || addresses.length == 0 ? null : ((InternetAddress) addresses[0]).getAddress();
    }
}
