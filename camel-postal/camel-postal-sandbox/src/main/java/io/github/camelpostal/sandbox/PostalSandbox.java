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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

import javax.net.ssl.SSLContext;

import io.github.camelpostal.sandbox.internal.store.Installation;
import io.github.camelpostal.sandbox.internal.store.Journal;
import io.github.camelpostal.sandbox.internal.store.PostalVersion;
import io.github.camelpostal.sandbox.internal.webhook.SigningKey;

/**
 * A Postal in this JVM: the HTTP API, signed events and signed inbound mail, and no mail that ever leaves.
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
 * the sandbox's own. {@link #outcome(String, io.github.camelpostal.sandbox.internal.delivery.Outcome)} chooses others.
 *
 * <p>It is the door to the installation and to its default mail server at once; {@link #server(String)} gives others. With
 * {@link Builder#virtualTime()} nothing happens until {@link #advance} lets time pass, and then at once.
 *
 * <p>It listens on 127.0.0.1 only and posts only to the URLs given to {@link #postEventsTo} and {@link #routeTo}. All methods may
 * be called from any thread. After {@link #close()} no thread and no port is left.
 */
public final class PostalSandbox extends SandboxServer implements AutoCloseable {
    /** The API key unless another is given: plainly not a real one. */
    public static final String DEFAULT_API_KEY = "SandboxKeyNotASecret0000";

    private static final String DEFAULT_SERVER = "sandbox";

    private PostalSandbox(Machinery machinery) {
        super(machinery, machinery.postOffice().offices().get(0));
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
        private final Map<String, ServerSetup> servers = new LinkedHashMap<>();
        private final ServerSetup main = new ServerSetup(DEFAULT_SERVER).name("Sandbox").token("sandbx");
        private final Set<String> hosts = new LinkedHashSet<>(Set.of("127.0.0.1"));
        private int port;
        private Clock clock = Clock.systemUTC();
        private boolean virtualTime;
        private KeyPair keyPair;
        private Duration postTimeout = Duration.ofSeconds(5);
        private Journal journal = Journal.NONE;
        private PostalVersion version = PostalVersion.RECORDED;
        private final Set<String> allowedTargets = new LinkedHashSet<>();
        private OtherPorts.Plan otherPorts = OtherPorts.Plan.none();

        private Builder() {
            servers.put(DEFAULT_SERVER, main);
        }

        /** 0, the default, is a free port. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /** The key of the API credential of the default mail server; without a call {@link #DEFAULT_API_KEY}. */
        public Builder apiKey(String key) {
            main.apiKey(key);
            return this;
        }

        /** A second credential, flagged <em>hold</em>: what is sent with it is parked (contract 2.14). */
        public Builder holdingApiKey(String key) {
            main.holdingApiKey(key);
            return this;
        }

        /**
         * A domain that mail may be sent from; may be called several times. Without a call these are example.com, example.org
         * and example.net.
         */
        public Builder domain(String verifiedDomain) {
            main.domain(verifiedDomain);
            return this;
        }

        /** Everything else about the default mail server. */
        public Builder server(Consumer<ServerSetup> setup) {
            setup.accept(main);
            return this;
        }

        /**
         * Another mail server, with messages, keys and routes of its own; may be called again for the same.
         *
         * @param permalink its short name, for {@link PostalSandbox#server(String)}
         */
        public Builder server(String permalink, Consumer<ServerSetup> setup) {
            setup.accept(servers.computeIfAbsent(permalink, ServerSetup::new));
            return this;
        }

        /** A name under which the API answers, besides 127.0.0.1; other {@code Host} headers get 403 (contract 2.1). */
        public Builder host(String webHostname) {
            hosts.add(webHostname.toLowerCase(Locale.ROOT));
            return this;
        }

        /**
         * What time it is written down as. Waiting (retries, time-outs) is in real time whatever it says; with
         * {@link #virtualTime()} it says only when that begins.
         */
        public Builder clock(Clock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /**
         * Time stands still, and everything that follows from a call, first attempts too, waits until
         * {@link PostalSandbox#advance} lets time pass. Only the time-out of a post stays in real time.
         */
        public Builder virtualTime() {
            this.virtualTime = true;
            return this;
        }

        /** The same, beginning at this time. */
        public Builder virtualTime(Instant start) {
            return clock(Clock.fixed(start, ZoneOffset.UTC)).virtualTime();
        }

        /** The RSA key that signs; without it one of 2048 bits is made, once for all sandboxes of the process. */
        public Builder keyPair(KeyPair pair) {
            this.keyPair = Objects.requireNonNull(pair, "pair");
            return this;
        }

        /** How long a post may take in all; 5 seconds by default, as in Postal. */
        public Builder postTimeout(Duration timeout) {
            this.postTimeout = Objects.requireNonNull(timeout, "timeout");
            return this;
        }

        /** Where messages are kept beyond the end of the process, and come from at the start; nowhere by default. */
        public Builder journal(Journal journal) {
            this.journal = Objects.requireNonNull(journal, "journal");
            return this;
        }

        /**
         * Which version of Postal it stands for; 3.3.6 by default. What clients and receivers can notice of others is in contract
         * 11: the API until 3.3.0, the crash of 3.3.1, signatures before 3.2.0, refused targets since 3.3.7.
         *
         * @param text such as {@code 3.3.0}
         */
        public Builder version(String text) {
            this.version = PostalVersion.of(text);
            return this;
        }

        /** Takes mail by SMTP on this port, 0 for a free one. Without a call there is no SMTP server. */
        public Builder smtpPort(int smtpPort) {
            this.otherPorts = otherPorts.withSmtp(smtpPort);
            return this;
        }

        /** SMTP offers STARTTLS, with a certificate that is made at the start: {@link PostalSandbox#smtpCertificate()}. */
        public Builder smtpTls() {
            this.otherPorts = otherPorts.withTls(null);
            return this;
        }

        /** SMTP offers STARTTLS, with the certificate of this context. */
        public Builder smtpTls(SSLContext context) {
            this.otherPorts = otherPorts.withTls(Objects.requireNonNull(context, "context"));
            return this;
        }

        /** The largest mail that SMTP takes, in megabytes of 1024 × 1024 bytes; 14 by default, as in Postal. */
        public Builder maxMessageSize(int megabytes) {
            this.otherPorts = otherPorts.withMaxMessageSize(megabytes);
            return this;
        }

        /**
         * A host that is posted to though it is private, link-local or loopback; of importance since 3.3.7 only, which calls this
         * {@code POSTAL_ALLOWED_REQUEST_DESTINATIONS}.
         *
         * @param host a name or an address, as in the URL
         */
        public Builder allowPostsTo(String host) {
            allowedTargets.add(host.toLowerCase(Locale.ROOT));
            return this;
        }

        /**
         * Answers {@code /health} and {@code /metrics} like Postal's worker and its SMTP server, on these two ports; 0 for a free
         * one. Postal's own are 9090 and 9091. Without a call nothing does.
         */
        public Builder healthPorts(int worker, int smtpServer) {
            this.otherPorts = otherPorts.withHealth(worker, smtpServer);
            return this;
        }

        /** @throws UncheckedIOException when a port cannot be had */
        public PostalSandbox start() {
            if (!main.hasApiKey()) {
                main.apiKey(DEFAULT_API_KEY);
            }
            if (!main.hasDomain()) {
                List.of("example.com", "example.org", "example.net").forEach(main::domain);
            }
            Installation installation = new Installation(Installation.Names.example(), version);
            servers.values().forEach(setup -> installation.add(setup.build(installation.names())));
            try {
                return new PostalSandbox(
                        new Machinery(new Machinery.Plan(port, hosts, installation, clock, virtualTime, keyPair,
                                postTimeout, journal, allowedTargets, otherPorts)));
            } catch (IOException e) {
                throw new UncheckedIOException("The sandbox cannot listen: " + e.getMessage()
                        + ". Give builder().port(...), smtpPort(...) and healthPorts(...) free ones, or 0 to have one chosen",
                        e);
            }
        }
    }

    /**
     * Another mail server of this installation.
     *
     * @throws IllegalArgumentException when there is none with this permalink
     */
    public SandboxServer server(String permalink) {
        return machinery().postOffice().office(permalink).map(office -> new SandboxServer(machinery(), office))
                .orElseThrow(() -> new IllegalArgumentException("There is no mail server " + permalink
                        + ": add it with builder().server(\"" + permalink + "\", ...)"));
    }

    /** {@code http://127.0.0.1:PORT}: what a client takes for the server's URL. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    public int port() {
        return machinery().web().port();
    }

    /**
     * Where SMTP is listening, on 127.0.0.1.
     *
     * @throws IllegalStateException when it was not asked for with {@link Builder#smtpPort}
     */
    public int smtpPort() {
        return machinery().otherPorts().smtpPort();
    }

    /**
     * What a client has to trust for STARTTLS; it is good for 127.0.0.1 and localhost.
     *
     * @throws IllegalStateException when it was not asked for with {@link Builder#smtpTls()}
     */
    public X509Certificate smtpCertificate() {
        return machinery().otherPorts().certificate();
    }

    /** @throws IllegalStateException when it was not asked for with {@link Builder#healthPorts} */
    public int workerHealthPort() {
        return machinery().otherPorts().workerHealthPort();
    }

    /** @throws IllegalStateException when it was not asked for with {@link Builder#healthPorts} */
    public int smtpHealthPort() {
        return machinery().otherPorts().smtpHealthPort();
    }

    /** What time it is in the sandbox. */
    public Instant now() {
        return machinery().agenda().now();
    }

    /**
     * Lets virtual time pass, and returns when everything that became due meanwhile is done, posts and their answers included,
     * in the order in which it was due. {@link Duration#ZERO} does only what is due now, such as first attempts.
     *
     * @throws IllegalStateException when the sandbox was started without {@link Builder#virtualTime()}
     */
    public void advance(Duration time) {
        machinery().advance(time);
    }

    /** The signing key's public half as PEM (X.509 SubjectPublicKeyInfo). */
    public String publicKeyPem() {
        return machinery().keys().current().pem();
    }

    /** The same as base64 on one line: what {@code postal default-dkim-record} prints after {@code p=}. */
    public String publicKeyBase64() {
        return machinery().keys().current().base64();
    }

    /** What stands in {@code X-Postal-Signature-Kid}. */
    public String keyId() {
        return machinery().keys().current().id();
    }

    /** Signs with this key and publishes it from now on; the old one is gone at once, as after a restart of Postal. */
    public void useKey(KeyPair pair) {
        machinery().keys().replace(new SigningKey(pair));
    }

    /**
     * Signs with a key that it does not publish, as an installation whose worker and web processes have different ones, until
     * {@link #signWithPublishedKey()}.
     */
    public void signWithWrongKey() {
        machinery().keys().signWith(SigningKey.generate());
    }

    public void signWithPublishedKey() {
        machinery().keys().signWith(null);
    }

    /** What is to go wrong with requests to the sandbox; what is with its own posts is in {@link #faults()}. */
    public ApiFaults apiFaults() {
        return new ApiFaults(machinery().faults());
    }

    /** {@code /.well-known/jwks.json} is answered 503 until {@link #answerKeysAgain()}. */
    public void stopAnsweringKeys() {
        machinery().web().answerKeys(false);
    }

    public void answerKeysAgain() {
        machinery().web().answerKeys(true);
    }

    /** Stops answering and posting at once; what was still to be tried again is forgotten. May be called again. */
    @Override
    public void close() {
        machinery().close();
    }
}
