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
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

import jakarta.mail.Address;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;

import io.github.camelpostal.sandbox.internal.SandboxRuntime;
import io.github.camelpostal.sandbox.internal.delivery.SmtpTransaction;
import io.github.camelpostal.sandbox.internal.webhook.SigningKey;
import org.jspecify.annotations.Nullable;

/**
 * A Postal installation in this JVM, for tests: the HTTP API, signed events and signed inbound mail, and no mail that ever leaves.
 *
 * <pre>{@code
 * try (PostalSandbox postal = PostalSandbox.start()) {
 *     postal.postEventsTo(URI.create("http://127.0.0.1:8080/postal"));
 *     postal.routeTo("support@example.com", URI.create("http://127.0.0.1:8080/postal"));
 *     // a client sends to postal.url() with postal.apiKey(), from an address at example.com
 *     postal.sent().to("delivered@customer.example").withStatus("Sent").await();
 *     postal.receive("alice@customer.example", "support@example.com", rfc5322);
 * }
 * }</pre>
 *
 * <p>What becomes of outgoing mail is chosen by the recipient's local part, at any domain: {@code softfail} is delayed and tried
 * again, {@code hardfail} refused, {@code held} parked, {@code bounced} sent and then bounced; {@code delivered} and everything
 * else is sent. {@link SandboxServer#outcome(String, Outcome)} chooses others. Mail to an address that is routed here comes back
 * in. Outcomes follow after the response to the call, on threads of the sandbox's own; with {@link SandboxBuilder#virtualTime()} nothing
 * happens until {@link #advance} lets time pass, and then at once.
 *
 * <p>An installation has mail servers: {@link #server()} is the default one, {@link #server(String)} gives others. The methods
 * here that are about one mail server are short forms for the default one.
 *
 * <p>It listens on 127.0.0.1 only and sends requests only to the URLs that it was given as webhooks and endpoints. All methods may
 * be called from any thread. After {@link #close()} no thread and no port is left.
 */
public final class PostalSandbox implements AutoCloseable {
    /** The API key unless another is given: plainly not a real one. */
    public static final String DEFAULT_API_KEY = "SandboxKeyNotASecret0000";

    private final SandboxRuntime runtime;

    PostalSandbox(SandboxRuntime runtime) {
        this.runtime = runtime;
    }

    /** All defaults, on a free port. */
    public static PostalSandbox start() {
        return builder().start();
    }

    /** To choose before the start. */
    public static SandboxBuilder builder() {
        return new SandboxBuilder();
    }

    /** The default mail server: the one that {@link SandboxBuilder#apiKey} and {@link SandboxBuilder#domain} are about. */
    public SandboxServer server() {
        return servers().get(0);
    }

    /**
     * One mail server of this installation.
     *
     * @throws IllegalArgumentException if there is none with this permalink
     */
    public SandboxServer server(String permalink) {
        return runtime.router().server(permalink).map(server -> new SandboxServer(runtime, server))
                .orElseThrow(() -> new IllegalArgumentException("There is no mail server " + permalink
                        + ": add it with builder().server(\"" + permalink + "\", ...)"));
    }

    /** All mail servers, the default one first. */
    public List<SandboxServer> servers() {
        return runtime.router().servers().stream().map(server -> new SandboxServer(runtime, server)).toList();
    }

    /** {@code http://127.0.0.1:PORT}: what a client takes for the server's URL. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** Where the API and the page listen, on 127.0.0.1. */
    public int port() {
        return runtime.web().port();
    }

    /**
     * Where SMTP is listening, on 127.0.0.1.
     *
     * @throws IllegalStateException when it was not asked for with {@link SandboxBuilder#smtpPort}
     */
    public int smtpPort() {
        return runtime.optionalServers().smtpPort();
    }

    /**
     * What a client has to trust for STARTTLS; it is good for 127.0.0.1 and localhost.
     *
     * @throws IllegalStateException when it was not asked for with {@link SandboxBuilder#smtpTls()}
     */
    public X509Certificate smtpCertificate() {
        return runtime.optionalServers().certificate();
    }

    /** @throws IllegalStateException when it was not asked for with {@link SandboxBuilder#healthPorts} */
    public int workerHealthPort() {
        return runtime.optionalServers().workerHealthPort();
    }

    /** @throws IllegalStateException when it was not asked for with {@link SandboxBuilder#healthPorts} */
    public int smtpHealthPort() {
        return runtime.optionalServers().smtpHealthPort();
    }

    /** What time it is in the sandbox. */
    public Instant now() {
        return runtime.scheduler().now();
    }

    /**
     * Lets virtual time pass, and returns when everything that became due meanwhile is done, requests and their responses included,
     * in the order in which it was due. {@link Duration#ZERO} does only what is due now, such as first attempts.
     *
     * @throws IllegalStateException when the sandbox was started without {@link SandboxBuilder#virtualTime()}
     */
    public void advance(Duration time) {
        runtime.advance(time);
    }

    /** The signing key's public half as PEM (X.509 SubjectPublicKeyInfo). */
    public String publicKeyPem() {
        return runtime.keys().current().pem();
    }

    /** The same as base64 on one line: what {@code postal default-dkim-record} prints after {@code p=}. */
    public String publicKeyBase64() {
        return runtime.keys().current().base64();
    }

    /** What stands in {@code X-Postal-Signature-Kid}. */
    public String keyId() {
        return runtime.keys().current().id();
    }

    /** Signs with this key and publishes it from now on; the old one is gone at once, as after a restart of Postal. */
    public void useKey(KeyPair pair) {
        runtime.keys().replace(new SigningKey(pair));
    }

    /**
     * Signs with a key that it does not publish, as an installation whose worker and web processes have different ones, until
     * {@link #signWithPublishedKey()}.
     */
    public void signWithWrongKey() {
        runtime.keys().signWith(SigningKey.generate());
    }

    /** Signs with the key that it publishes, as at first. */
    public void signWithPublishedKey() {
        runtime.keys().signWith(null);
    }

    /** Makes requests to the sandbox fail; what goes wrong on the way to receivers is {@link SandboxServer#webhookFaults()}. */
    public ApiFaults apiFaults() {
        return new ApiFaults(runtime.faults());
    }

    /** {@code /.well-known/jwks.json} is a 503 until {@link #publishKeys()}. */
    public void withholdKeys() {
        runtime.web().publishKeys(false);
    }

    /** Ends {@link #withholdKeys()}. */
    public void publishKeys() {
        runtime.web().publishKeys(true);
    }

    /**
     * Mail from outside arrives, for whichever mail server has the route: it is stored and then, on another thread, sent to the
     * endpoint of its route.
     *
     * @param mailFrom the envelope sender; null for the null sender
     * @param rfc5322  the mail; line ends become CRLF, as SMTP clients make them
     * @return the mail as stored, before anything was done with it; for the first endpoint if there are several
     * @throws IllegalArgumentException if no route takes this address, or the route rejects it: Postal would refuse it
     */
    public StoredMail receive(@Nullable String mailFrom, String rcptTo, byte[] rfc5322) {
        return receive(mailFrom, List.of(rcptTo), rfc5322).get(0);
    }

    /**
     * The same for several recipients, which may be those of several mail servers.
     *
     * @return one message for each recipient and each endpoint of its route
     */
    public List<StoredMail> receive(@Nullable String mailFrom, List<String> rcptTo, byte[] rfc5322) {
        return runtime.router().receive(SmtpTransaction.from(mailFrom), rcptTo, rfc5322).stream().map(StoredMail::of).toList();
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

    private static @Nullable String first(Address @Nullable [] addresses) {
        return addresses == null || addresses.length == 0 ? null : ((InternetAddress) addresses[0]).getAddress();
    }

    /** {@link SandboxServer#apiKey()} of the default mail server. */
    public String apiKey() {
        return server().apiKey();
    }

    /** {@link SandboxServer#postEventsTo} of the default mail server. */
    public void postEventsTo(URI webhookUrl, String... events) {
        server().postEventsTo(webhookUrl, events);
    }

    /** {@link SandboxServer#routeTo(String, URI)} of the default mail server. */
    public void routeTo(String addressPattern, URI endpoint) {
        server().routeTo(addressPattern, endpoint);
    }

    /** {@link SandboxServer#routeTo(String, HttpEndpoint...)} of the default mail server. */
    public void routeTo(String addressPattern, HttpEndpoint... endpoints) {
        server().routeTo(addressPattern, endpoints);
    }

    /** {@link SandboxServer#outcome(String, Outcome)} of the default mail server. */
    public void outcome(String recipients, Outcome outcome) {
        server().outcome(recipients, outcome);
    }

    /** {@link SandboxServer#outcome(Function)} of the default mail server. */
    public void outcome(Function<StoredMail, Optional<Outcome>> rule) {
        server().outcome(rule);
    }

    /** {@link SandboxServer#sent()} of the default mail server. */
    public StoredMails sent() {
        return server().sent();
    }

    /** {@link SandboxServer#received()} of the default mail server. */
    public StoredMails received() {
        return server().received();
    }

    /** {@link SandboxServer#message} of the default mail server. */
    public Optional<StoredMail> message(long id) {
        return server().message(id);
    }

    /** {@link SandboxServer#awaitSentTo} of the default mail server. */
    public StoredMail awaitSentTo(String address, Duration timeout) {
        return server().awaitSentTo(address, timeout);
    }

    /** {@link SandboxServer#webhookRequests()} of the default mail server. */
    public WebhookRequests webhookRequests() {
        return server().webhookRequests();
    }

    /** {@link SandboxServer#awaitWebhookRequest} of the default mail server. */
    public WebhookRequest awaitWebhookRequest(Predicate<WebhookRequest> wanted, Duration timeout) {
        return server().awaitWebhookRequest(wanted, timeout);
    }

    /** {@link SandboxServer#awaitEvents} of the default mail server. */
    public List<WebhookRequest> awaitEvents(String... names) {
        return server().awaitEvents(names);
    }

    SandboxRuntime runtime() {
        return runtime;
    }

    /** Stops listening and sending at once; what was still to be tried again is forgotten. May be called again. */
    @Override
    public void close() {
        runtime.close();
    }
}
