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

import java.io.IOException;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.api.PostalAttachment;
import io.github.camelpostal.api.PostalMessage;
import io.github.camelpostal.api.SendResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code mailgoat send}: one message, once. */
@Command(name = "send", sortOptions = false, mixinStandardHelpOptions = true, description = "Sends a message. Postal queues it; what becomes of it tells 'mailgoat deliveries <id>'.", footer = {
        "", "The body comes from --body, or from standard input where there is none:",
        "  df -h | mailgoat send --to ops@example.com --subject 'Disks'"})
final class SendCommand implements Callable<Integer> {

    private static final String HTML_IS_THE_BODY = "\0";

    @ParentCommand
    private MailGoat mailGoat;

    @Spec
    private CommandSpec spec;

    @Option(names = {"-t",
            "--to"}, arity = "1..*", paramLabel = "<address>", description = "Recipients; a list in one argument is fine: 'Doe, \"J\" <j@example.com>, k@example.com'.")
    private List<String> to = List.of();

    @Option(names = "--cc", arity = "1..*", paramLabel = "<address>", description = "Recipients of a copy.")
    private List<String> cc = List.of();

    @Option(names = "--bcc", arity = "1..*", paramLabel = "<address>", description = "Recipients that no other recipient sees.")
    private List<String> bcc = List.of();

    @Option(names = {"-f", "--from"}, paramLabel = "<address>", description = "Sender; without it the setting 'email'.")
    private String from;

    @Option(names = "--reply-to", paramLabel = "<address>", description = "Where answers go to.")
    private String replyTo;

    @Option(names = {"-s", "--subject"}, paramLabel = "<text>", description = "Subject.")
    private String subject;

    @Option(names = {"-b", "--body"}, paramLabel = "<text>", description = "Body; - for standard input.")
    private String body;

    @Option(names = "--html", arity = "0..1", fallbackValue = HTML_IS_THE_BODY, paramLabel = "<html>", description = "Alone: the body is HTML. With a value: the HTML beside the text of --body.")
    private String html;

    @Option(names = "--tag", paramLabel = "<tag>", description = "Postal's tag, shown there and in events.")
    private String tag;

    @Option(names = {"-a", "--attach"}, paramLabel = "<file>", description = "Attaches a file; may be given again.")
    private List<Path> attachments = List.of();

    @Option(names = {"-k",
            "--key"}, paramLabel = "<key>", description = "Names this message: however often the command is repeated with the same key, it is sent once. Up to 255 characters.")
    private String key;

    @Option(names = "--ledger", paramLabel = "<file>", description = "Where keys are written down, an H2 database; without it ~/.mailgoat/sent-keys.")
    private Path ledger;

    @Option(names = "--dry-run", description = "Checks command line and settings, and sends nothing.")
    private boolean dryRun;

    @Override
    public Integer call() throws Exception {
        Settings settings = mailGoat.settings();
        Map<String, Object> headers = headers(settings);
        try (Progress progress = Progress.of(mailGoat.terminal(), attachments)) {
            PostalMessage message = message(progress);
            if (dryRun) {
                mailGoat.output().result(Map.of("dry_run", true), lines -> lines.line("Nothing was sent: this was a dry run."));
                return ExitCode.OK.number();
            }
            try (PostalCalls postal = new PostalCalls(settings, ledgerFile())) {
                SendResult result = postal.send(message, headers);
                progress.close();
                mailGoat.output().result(result.toMap(), lines -> tell(result, lines));
            }
        }
        return ExitCode.OK.number();
    }

    private static void tell(SendResult result, Output.Lines lines) {
        lines.line("Queued by Postal" + (result.messageId() == null ? "" : " as " + result.messageId()));
        result.recipients().forEach((address, copy) -> lines.line(String.format("  %-40s id %d", address, copy.id())));
    }

    private Optional<Path> ledgerFile() {
        if (key == null) {
            return Optional.empty();
        }
        return Optional.of(ledger != null ? ledger : mailGoat.terminal().home().resolve(".mailgoat").resolve("sent-keys"));
    }

    private Map<String, Object> headers(Settings settings) {
        if (to.isEmpty() && cc.isEmpty() && bcc.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "Nobody is named to send to: use --to, --cc or --bcc");
        }
        if (from == null && settings.email().isEmpty()) {
            throw new ConfigException(
                    "Nobody is named who it is from: use --from, or mailgoat config set email you@example.com");
        }
        Map<String, Object> headers = new LinkedHashMap<>();
        list(to).ifPresent(list -> headers.put(PostalConstants.TO, list));
        list(cc).ifPresent(list -> headers.put(PostalConstants.CC, list));
        list(bcc).ifPresent(list -> headers.put(PostalConstants.BCC, list));
        Optional.ofNullable(from).ifPresent(address -> headers.put(PostalConstants.FROM, address));
        Optional.ofNullable(replyTo).ifPresent(list -> headers.put(PostalConstants.REPLY_TO, list));
        Optional.ofNullable(key).ifPresent(given -> headers.put(PostalConstants.IDEMPOTENCY_KEY, given));
        return headers;
    }

    /** One RFC 5322 list, which the component takes apart: a quoted comma inside a name is no separator. */
    private static Optional<String> list(List<String> addresses) {
        return addresses.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", addresses));
    }

    private PostalMessage message(Progress progress) throws IOException {
        boolean bodyIsHtml = HTML_IS_THE_BODY.equals(html);
        boolean htmlAlone = html != null && !bodyIsHtml && body == null;
        String text = htmlAlone ? null : body == null || body.equals("-") ? standardInput() : body;
        PostalMessage.Builder message = PostalMessage.builder()
                .subject(subject)
                .tag(tag)
                .plainBody(bodyIsHtml ? null : text)
                .htmlBody(bodyIsHtml ? text : html);
        for (Path file : attachments) {
            message.attachment(attachment(file, progress));
        }
        return message.build();
    }

    private String standardInput() throws IOException {
        if (mailGoat.terminal().interactive() && body == null) {
            mailGoat.output().hint("Type the body and end it with Ctrl-D.");
        }
        byte[] bytes = mailGoat.terminal().in().readAllBytes();
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new ParameterException(spec.commandLine(),
                    "Standard input is not UTF-8 text; attach other files with --attach", e);
        }
    }

    private PostalAttachment attachment(Path file, Progress progress) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new ParameterException(spec.commandLine(), "There is no readable file " + file);
        }
        String name = file.getFileName().toString();
        return PostalAttachment.of(name, URLConnection.guessContentTypeFromName(name), progress.watch(file));
    }
}
