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

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * A command line for Postal: sends a mail, reads one, shows what became of it, and keeps the configuration for that.
 *
 * <p>The commands do what is on their line and know nothing of HTTP: {@link PostalCalls} runs them through the {@code postal:}
 * component. What went wrong is told by {@link ErrorReport}, and to scripts by {@link ExitCode}.
 */
@Command(name = "mailgoat", description = "Sends and reads mail through a Postal mail server.", mixinStandardHelpOptions = true, version = "mailgoat of camel-postal 0.1.0-SNAPSHOT", sortOptions = false, usageHelpAutoWidth = true, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
        "0:done", "1:something else went wrong",
        "2:the command line is wrong", "3:the configuration is missing or wrong",
        "4:refused; the message or the id has to change",
        "5:no message will pass until somebody acts: key, server, certificate",
        "6:Postal cannot be reached; nothing was sent, try again",
        "7:nobody knows whether it was sent; trying again is safe with --key, and without it may send it twice"}, subcommands = {
                SendCommand.class,
                ReadCommand.class, DeliveriesCommand.class, DoctorCommand.class, ConfigCommand.class})
public final class MailGoat {

    private final Terminal terminal;

    @Option(names = "--profile", paramLabel = "<name>", scope = ScopeType.INHERIT, description = "Use ~/.mailgoat/profiles/<name>.yml; also by the environment variable MAILGOAT_PROFILE.")
    private String profile;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print one JSON document, errors too.")
    private boolean json;

    private MailGoat(Terminal terminal) {
        this.terminal = terminal;
    }

    public static void main(String[] args) {
        System.exit(run(Terminal.ofThisProcess(), args));
    }

    /** @return the exit code, see {@link ExitCode} */
    public static int run(Terminal terminal, String... args) {
        MailGoat mailGoat = new MailGoat(terminal);
        return new CommandLine(mailGoat)
                .setOut(terminal.out())
                .setErr(terminal.err())
                .setExecutionExceptionHandler((failure, line, parsed) -> mailGoat.errorReport().write(failure))
                .execute(args);
    }

    Terminal terminal() {
        return terminal;
    }

    /** How results are told: to a person, or as JSON. */
    Output output() {
        return new Output(terminal, json);
    }

    /** Where the settings of the chosen profile are. */
    ConfigFiles configFiles() {
        return ConfigFiles.of(terminal, profile);
    }

    /** The settings with what the environment says, complete enough to call Postal. */
    Settings settings() {
        return configFiles().load().overriddenBy(terminal.environment()).checked();
    }

    private ErrorReport errorReport() {
        return new ErrorReport(output());
    }
}
