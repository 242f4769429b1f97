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
package io.github.camelpostal.examples.mailgoat;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

import io.github.camelpostal.api.DoctorCheck;
import io.github.camelpostal.api.DoctorDomain;
import io.github.camelpostal.api.DoctorLoop;
import io.github.camelpostal.api.DoctorReport;
import io.github.camelpostal.api.PostalDoctor;
import io.github.camelpostal.api.ServerAccess;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code mailgoat doctor}: what keeps mail from going through, and what to do about it. */
@Command(name = "doctor", sortOptions = false, mixinStandardHelpOptions = true, description = "Finds out why mail does not go through, and says what to do. Sends nothing, except with --loop. Ends with 0 only if nothing has failed.", footer = {
        "", "Postal's page of the domain shows the selector and the names:",
        "  mailgoat doctor --domain example.com --dkim-selector postal-AbCdEf"})
final class DoctorCommand implements Callable<Integer> {

    private static final int DNS_PORT = 53;

    @ParentCommand
    private MailGoat mailGoat;

    @Spec
    private CommandSpec spec;

    @Option(names = "--domain", paramLabel = "<domain>", description = "Also looks at the DNS records of a domain that mail is sent from.")
    private String domain;

    @Option(names = "--dkim-selector", paramLabel = "<selector>", description = "The domain's, such as postal-AbCdEf.")
    private String dkimSelector;

    @Option(names = "--spf-include", paramLabel = "<name>", description = "What its SPF record has to include; without it spf. and the name of the server.")
    private String spfInclude;

    @Option(names = "--return-path", paramLabel = "<name>", description = "Where its return path has to lead; without it rp. and the name of the server.")
    private String returnPath;

    @Option(names = "--mx", paramLabel = "<name>", description = "An MX that it must have, because its mail is to come to Postal; may be given again.")
    private List<String> mailExchanges = List.of();

    @Option(names = "--name-server", paramLabel = "<address>", description = "Who is asked about DNS, as address or address:port; without it who this machine asks.")
    private String nameServer;

    @Option(names = "--host-header", paramLabel = "<name>", description = "Postal's own name, where it is reached by another.")
    private String hostHeader;

    @Option(names = "--public-key", paramLabel = "<key>", description = "The key that the application pins.")
    private String publicKey;

    @Option(names = {"-f", "--from"}, paramLabel = "<address>", description = "Sender; without it the setting 'email'.")
    private String from;

    @Option(names = "--loop", paramLabel = "<address>", description = "Sends a mail to an address of a route of this mail server, and follows it to the endpoint.")
    private String loop;

    @Option(names = "--timeout", paramLabel = "<seconds>", defaultValue = "60", description = "How long to wait for each step of the loop; ${DEFAULT-VALUE} without it.")
    private int timeout;

    @Override
    public Integer call() throws Exception {
        Settings settings = mailGoat.settings();
        String sender = from == null ? settings.email().orElse(null) : from;
        if (loop != null && sender == null) {
            throw new ParameterException(spec.commandLine(), "--loop needs a sender: --from, or the setting 'email'");
        }
        DoctorReport report;
        try (CloseableHttpClient http = HttpClients.custom().disableAutomaticRetries().disableRedirectHandling().build()) {
            ServerAccess server = new ServerAccess(URI.create(settings.serverUrl()), () -> settings.apiKey().orElseThrow(),
                    hostHeader);
            report = PostalDoctor.of(http, server).withPublicKey(publicKey).withFrom(sender).withDomain(domain())
                    .withNameServer(nameServer()).withLoop(loop(sender)).examine();
        }
        mailGoat.output().result(report.toMap(), lines -> tell(report, lines));
        return (report.isHealthy() ? ExitCode.OK : ExitCode.OTHER).number();
    }

    private DoctorDomain domain() {
        return domain == null
                ? null
                : new DoctorDomain(domain, dkimSelector, spfInclude, returnPath, mailExchanges);
    }

    private DoctorLoop loop(String sender) {
        return loop == null ? null : DoctorLoop.of(loop, sender).withTimeout(Duration.ofSeconds(timeout));
    }

    private InetSocketAddress nameServer() {
        if (nameServer == null) {
            return null;
        }
        URI address = URI.create("dns://" + nameServer);
        if (address.getHost() == null) {
            throw new ParameterException(spec.commandLine(),
                    "--name-server is an address, such as 192.0.2.53 or [2001:db8::53]:53");
        }
        return new InetSocketAddress(address.getHost(), address.getPort() < 0 ? DNS_PORT : address.getPort());
    }

    private static void tell(DoctorReport report, Output.Lines lines) {
        for (DoctorCheck check : report.checks()) {
            String status = switch (check.status()) {
                case OK -> "ok";
                case WARNING -> "warning";
                case FAILED -> "FAILED";
            };
            lines.line(String.format("%-8s %-14s %s", status, check.name(), check.finding()));
            if (!check.remedy().isEmpty()) {
                lines.line(" ".repeat(24) + "-> " + check.remedy());
            }
        }
    }
}
