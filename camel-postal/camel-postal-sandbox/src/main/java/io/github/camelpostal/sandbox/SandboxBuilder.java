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
import java.nio.file.Path;
import java.security.KeyPair;
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

import io.github.camelpostal.sandbox.internal.OptionalServers;
import io.github.camelpostal.sandbox.internal.SandboxRuntime;
import io.github.camelpostal.sandbox.internal.store.Installation;
import io.github.camelpostal.sandbox.internal.store.PostalVersion;
import org.jspecify.annotations.Nullable;

/**
 * What may be chosen before a sandbox starts; everything has a default.
 *
 * <pre>{@code
 * PostalSandbox postal = PostalSandbox.builder().domain("acme.example").virtualTime().start();
 * }</pre>
 */
public final class SandboxBuilder {
    private static final String DEFAULT_SERVER = "sandbox";

    private final Map<String, ServerSetup> servers = new LinkedHashMap<>();
    private final ServerSetup main = new ServerSetup(DEFAULT_SERVER).name("Sandbox").token("sandbx");
    private final Set<String> hosts = new LinkedHashSet<>(Set.of("127.0.0.1"));
    private int port;
    private Clock clock = Clock.systemUTC();
    private boolean virtualTime;
    private @Nullable KeyPair keyPair;
    private Duration webhookTimeout = Duration.ofSeconds(5);
    private @Nullable Path storage;
    private PostalVersion version = PostalVersion.RECORDED;
    private final Set<String> allowedDestinations = new LinkedHashSet<>();
    private OptionalServers.Plan optionalServers = OptionalServers.Plan.none();

    SandboxBuilder() {
        servers.put(DEFAULT_SERVER, main);
    }

    /** 0, the default, is a free port. */
    public SandboxBuilder port(int port) {
        this.port = port;
        return this;
    }

    /** The key of the API credential of the default mail server; without a call {@link PostalSandbox#DEFAULT_API_KEY}. */
    public SandboxBuilder apiKey(String key) {
        main.apiKey(key);
        return this;
    }

    /** A second credential, flagged <em>hold</em>: what is sent with it is parked (protocol 2.14). */
    public SandboxBuilder holdingApiKey(String key) {
        main.holdingApiKey(key);
        return this;
    }

    /**
     * A domain that mail may be sent from; may be called several times. Without a call these are example.com, example.org
     * and example.net.
     */
    public SandboxBuilder domain(String verifiedDomain) {
        main.domain(verifiedDomain);
        return this;
    }

    /** Everything else about the default mail server. */
    public SandboxBuilder server(Consumer<ServerSetup> setup) {
        setup.accept(main);
        return this;
    }

    /**
     * Another mail server, with messages, keys and routes of its own; may be called again for the same.
     *
     * @param permalink its short name, for {@link PostalSandbox#server(String)}
     */
    public SandboxBuilder server(String permalink, Consumer<ServerSetup> setup) {
        setup.accept(servers.computeIfAbsent(permalink, ServerSetup::new));
        return this;
    }

    /** A name under which the API can be called, besides 127.0.0.1; other {@code Host} headers get 403 (protocol 2.1). */
    public SandboxBuilder host(String webHostname) {
        hosts.add(webHostname.toLowerCase(Locale.ROOT));
        return this;
    }

    /**
     * What time it is written down as. Waiting (retries, time-outs) is in real time whatever it says; with
     * {@link #virtualTime()} it says only when that begins.
     */
    public SandboxBuilder clock(Clock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
        return this;
    }

    /**
     * Time stands still, and everything that follows from a call, first attempts too, waits until
     * {@link PostalSandbox#advance} lets time pass. Only the timeout of a webhook request stays in real time.
     */
    public SandboxBuilder virtualTime() {
        this.virtualTime = true;
        return this;
    }

    /** The same, beginning at this time. */
    public SandboxBuilder virtualTime(Instant start) {
        return clock(Clock.fixed(start, ZoneOffset.UTC)).virtualTime();
    }

    /** The RSA key that signs; without it one of 2048 bits is made, once for all sandboxes of the process. */
    public SandboxBuilder keyPair(KeyPair pair) {
        this.keyPair = Objects.requireNonNull(pair, "pair");
        return this;
    }

    /** How long one request to a webhook or an endpoint may take in all; 5 seconds by default, as in Postal. */
    public SandboxBuilder webhookTimeout(Duration timeout) {
        this.webhookTimeout = Objects.requireNonNull(timeout, "timeout");
        return this;
    }

    /**
     * A folder in which messages and the signing key outlive the process; made if there is none. Without a call they live in
     * memory. A file in it that cannot be read is logged, renamed to {@code *.damaged} and left out.
     */
    public SandboxBuilder storage(Path folder) {
        this.storage = Objects.requireNonNull(folder, "folder");
        return this;
    }

    /**
     * Which version of Postal it stands for; 3.3.6 by default. What clients and receivers can notice of others (protocol 11):
     * the API until 3.3.0, the crash of 3.3.1, signatures before 3.2.0, refused targets since 3.3.7.
     *
     * @param text such as {@code 3.3.0}
     */
    public SandboxBuilder version(String text) {
        this.version = PostalVersion.of(text);
        return this;
    }

    /** Takes mail by SMTP on this port, 0 for a free one. Without a call there is no SMTP server. */
    public SandboxBuilder smtpPort(int smtpPort) {
        this.optionalServers = optionalServers.withSmtp(smtpPort);
        return this;
    }

    /** SMTP offers STARTTLS, with a certificate that is made at the start: {@link PostalSandbox#smtpCertificate()}. */
    public SandboxBuilder smtpTls() {
        this.optionalServers = optionalServers.withTls(null);
        return this;
    }

    /** SMTP offers STARTTLS, with the certificate of this context. */
    public SandboxBuilder smtpTls(SSLContext context) {
        this.optionalServers = optionalServers.withTls(Objects.requireNonNull(context, "context"));
        return this;
    }

    /** The largest mail that SMTP takes, in megabytes of 1024 × 1024 bytes; 14 by default, as in Postal. */
    public SandboxBuilder maxMessageSize(int megabytes) {
        this.optionalServers = optionalServers.withMaxMessageSize(megabytes);
        return this;
    }

    /**
     * A host to which requests are sent though it is private, link-local or loopback; of importance since 3.3.7 only, which
     * calls this {@code POSTAL_ALLOWED_REQUEST_DESTINATIONS}.
     *
     * @param host a name or an address, as in the URL
     */
    public SandboxBuilder allowDestination(String host) {
        allowedDestinations.add(host.toLowerCase(Locale.ROOT));
        return this;
    }

    /**
     * Serves {@code /health} and {@code /metrics} like Postal's worker and its SMTP server, on these two ports; 0 for a free
     * one. Postal's own are 9090 and 9091. Without a call nothing does.
     */
    public SandboxBuilder healthPorts(int worker, int smtpServer) {
        this.optionalServers = optionalServers.withHealth(worker, smtpServer);
        return this;
    }

    /**
     * @throws UncheckedIOException     if a port or the storage folder is in use, with a text that says which
     * @throws IllegalArgumentException if two mail servers have one permalink
     */
    public PostalSandbox start() {
        if (!main.hasApiKey()) {
            main.apiKey(PostalSandbox.DEFAULT_API_KEY);
        }
        if (!main.hasDomain()) {
            List.of("example.com", "example.org", "example.net").forEach(main::domain);
        }
        Installation installation = new Installation(Installation.Names.example(), version);
        servers.values().stream().map(setup -> setup.build(installation.names())).forEach(server -> {
            if (installation.find(server.permalink()).isPresent()) {
                throw new IllegalArgumentException("Two mail servers have the permalink " + server.permalink());
            }
            installation.add(server);
        });
        try {
            return new PostalSandbox(
                    SandboxRuntime.start(new SandboxRuntime.Plan(port, hosts, installation, clock, virtualTime,
                            keyPair, webhookTimeout, storage, allowedDestinations, optionalServers)));
        } catch (IOException e) {
            throw new UncheckedIOException("The sandbox cannot start: " + e.getMessage()
                    + ". Give builder().port(...), smtpPort(...), healthPorts(...) and storage(...) what no other program uses; "
                    + "port 0 chooses a free one", e);
        }
    }
}
