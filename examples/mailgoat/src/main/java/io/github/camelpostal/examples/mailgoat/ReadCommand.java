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

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import io.github.camelpostal.api.StoredMessage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code mailgoat read}: one stored message, sent or received. */
@Command(name = "read", sortOptions = false, mixinStandardHelpOptions = true, description = "Shows a message that Postal has stored.")
final class ReadCommand implements Callable<Integer> {

    @ParentCommand
    private MailGoat mailGoat;

    @Parameters(paramLabel = "<id>", description = "Postal's number of the message, as 'mailgoat send' has told it.")
    private long id;

    @Option(names = "--full", description = "With all header fields, attachments, and who opened and clicked.")
    private boolean full;

    @Override
    public Integer call() throws Exception {
        try (PostalCalls postal = new PostalCalls(mailGoat.settings())) {
            StoredMessage message = postal.read(id, full ? "all" : "status,details,plain_body,html_body");
            mailGoat.output().result(message.toMap(), lines -> tell(message, lines));
        }
        return ExitCode.OK.number();
    }

    private void tell(StoredMessage message, Output.Lines lines) {
        lines.field("Id", message.id() + " (" + message.token() + ")");
        if (message.details() != null) {
            tell(message.details(), lines);
        }
        if (message.status() != null) {
            lines.field("Status", message.status().status());
        }
        if (full) {
            message.headers().forEach((name, values) -> values.forEach(value -> lines.line("  " + name + ": " + value)));
            message.attachments().forEach(attachment -> lines.field("Attachment",
                    attachment.filename() + " (" + attachment.contentType() + ", " + attachment.size() + " bytes)"));
            StoredMessage.ActivityEntries activity = message.activityEntries();
            if (activity != null) {
                activity.loads().forEach(load -> lines.field("Opened", load.timestamp().toString()));
                activity.clicks().forEach(click -> lines.field("Clicked", click.timestamp() + " " + click.url()));
            }
        }
        lines.line("");
        lines.line(Stream.of(message.plainBody(), message.htmlBody()).filter(Objects::nonNull).findFirst().orElse("(no text)"));
    }

    private static void tell(StoredMessage.Details details, Output.Lines lines) {
        lines.field("Direction", details.direction());
        lines.field("From", Objects.requireNonNullElse(details.mailFrom(), "<>"));
        lines.field("To", Objects.requireNonNullElse(details.rcptTo(), ""));
        lines.field("Subject", Objects.requireNonNullElse(details.subject(), ""));
        lines.field("Date", details.timestamp().toString());
        if (details.messageId() != null) {
            lines.field("Message-ID", details.messageId());
        }
        if (details.tag() != null) {
            lines.field("Tag", details.tag());
        }
    }
}
