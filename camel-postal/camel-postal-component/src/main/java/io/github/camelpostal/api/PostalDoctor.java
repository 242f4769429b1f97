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
package io.github.camelpostal.api;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

import io.github.camelpostal.internal.client.PostalHttp;
import io.github.camelpostal.internal.doctor.DnsExamination;
import io.github.camelpostal.internal.doctor.Findings;
import io.github.camelpostal.internal.doctor.KeyExamination;
import io.github.camelpostal.internal.doctor.LoopExamination;
import io.github.camelpostal.internal.doctor.ServerExamination;
import org.apache.hc.client5.http.classic.HttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Finds out why mail does not go through a Postal mail server, and says what to do: whether the server can be reached, knows
 * its name, takes the key, signs with the expected key, may send from a domain, and what the DNS says.
 *
 * <pre>
 * DoctorReport report = PostalDoctor.of(http, new ServerAccess(url, () -&gt; key, null))
 *         .withDomain(DoctorDomain.of("example.com"))
 *         .examine();
 * report.checks().forEach(check -&gt; log.info("{} {}: {} {}", check.status(), check.name(), check.finding(), check.remedy()));
 * </pre>
 *
 * <p>It changes nothing and sends nothing, unless it is given a {@link DoctorLoop}. DNS takes the library
 * {@code dnsjava:dnsjava} on the classpath. Immutable.
 */
public final class PostalDoctor {

    private static final Duration LONGEST_CALL = Duration.ofSeconds(10);

    private final HttpClient http;
    private final ServerAccess server;
    private final Options options;

    /** All that may be asked for besides the server. */
    private record Options(@Nullable String publicKey, @Nullable String from, @Nullable DoctorDomain domain,
            @Nullable InetSocketAddress nameServer, @Nullable DoctorLoop loop, Clock clock) {
    }

    private PostalDoctor(HttpClient http, ServerAccess server, Options options) {
        this.http = http;
        this.server = server;
        this.options = options;
    }

    /** @param http stays the caller's, as with {@link PostalClient} */
    public static PostalDoctor of(HttpClient http, ServerAccess server) {
        return new PostalDoctor(Objects.requireNonNull(http, "http"), Objects.requireNonNull(server, "server"),
                new Options(null, null, null, null, null, Clock.systemUTC()));
    }

    /** The keys that the application pins, as in the option {@code publicKey}: compared with those that Postal publishes. */
    public PostalDoctor withPublicKey(@Nullable String publicKey) {
        return with(new Options(publicKey, options.from, options.domain, options.nameServer, options.loop, options.clock));
    }

    /** An address that mail is to be sent from. Without one it is {@code postmaster} of the domain. */
    public PostalDoctor withFrom(@Nullable String from) {
        return with(new Options(options.publicKey, from, options.domain, options.nameServer, options.loop, options.clock));
    }

    /** A domain that mail is to be sent from. */
    public PostalDoctor withDomain(@Nullable DoctorDomain domain) {
        return with(new Options(options.publicKey, options.from, domain, options.nameServer, options.loop, options.clock));
    }

    /** Who is asked about DNS; by default who this machine asks. */
    public PostalDoctor withNameServer(@Nullable InetSocketAddress nameServer) {
        return with(new Options(options.publicKey, options.from, options.domain, nameServer, options.loop, options.clock));
    }

    /** Sends a mail to see what becomes of it. */
    public PostalDoctor withLoop(@Nullable DoctorLoop loop) {
        return with(new Options(options.publicKey, options.from, options.domain, options.nameServer, loop, options.clock));
    }

    /** What is compared with Postal's clock. */
    public PostalDoctor withClock(Clock clock) {
        return with(new Options(options.publicKey, options.from, options.domain, options.nameServer, options.loop, clock));
    }

    private PostalDoctor with(Options changed) {
        return new PostalDoctor(http, server, changed);
    }

    /** Looks at everything, which takes seconds, and with a loop a minute or more. Never throws for what it finds. */
    public DoctorReport examine() {
        Findings findings = new Findings();
        PostalHttp api = new PostalHttp(http, server).within(LONGEST_CALL);
        boolean usable = new ServerExamination(api, findings).examine();
        if (!findings.hasFailed("server", "host")) { // it would only say the same again
            new KeyExamination(http, server, options.publicKey, options.clock, findings).examine();
        }
        if (usable) {
            sender().ifPresent(from -> ServerExamination.examineSender(api, from, findings));
        }
        Optional<String> selector = Optional.empty();
        if (options.loop != null) {
            if (usable) {
                selector = new LoopExamination(new PostalClient(http, server), options.loop, options.clock, findings).examine();
            } else {
                findings.failed("loop", "no mail was sent, because the mail server cannot be used",
                        "Solve what is said above, and try again.");
            }
        }
        if (options.domain != null) {
            DoctorDomain domain = options.domain.dkimSelector() == null
                    ? options.domain.withDkimSelector(selector.orElse(null))
                    : options.domain;
            DnsExamination.examine(domain, server, options.nameServer, findings);
        }
        return new DoctorReport(findings.checks());
    }

    private Optional<String> sender() {
        if (options.from != null) {
            return Optional.of(options.from);
        }
        if (options.loop != null) {
            return Optional.of(options.loop.from());
        }
        return Optional.ofNullable(options.domain).map(domain -> "postmaster@" + domain.name());
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "PostalDoctor[" + server + "]";
    }
}
