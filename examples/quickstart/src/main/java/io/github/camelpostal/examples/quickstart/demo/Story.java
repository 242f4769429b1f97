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
package io.github.camelpostal.examples.quickstart.demo;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import jakarta.mail.MessagingException;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;

/**
 * What happens in the demo, in the order in which it happens. Everything is found out by looking at the files that the routes
 * write, or at what the sandbox has got; the routes are not asked.
 */
final class Story {

    /** For the whole story, of which each part usually takes less than a second. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ANN = "ann@customer.example";

    private final PostalSandbox postal;
    private final String supportAddress;
    private final Folder folder;
    private final Progress progress;
    private final Account account;
    private final List<String> missing = new ArrayList<>();
    private final long end = System.nanoTime() + PATIENCE.toNanos();

    Story(PostalSandbox postal, String supportAddress, Path root, Progress progress, Account account) {
        this.postal = postal;
        this.supportAddress = supportAddress;
        this.folder = new Folder(root);
        this.progress = progress;
        this.account = account;
    }

    void play() throws IOException {
        filesBecomeMails();
        inboundMailsBecomeTickets();
    }

    /** What should have arrived, and has not. */
    List<String> missing() {
        return missing;
    }

    /** A file that is dropped, where it should end, and what should become of the mail to each of its recipients. */
    private record Dropped(String name, String says, String fate, Map<String, String> outcomes) {
    }

    private static final List<Dropped> FILES = List.of(
            new Dropped("order-confirmation.eml", "HTML, an inline picture, unicode", "sent",
                    Map.of("delivered@customer.example", "delivered")),
            new Dropped("invoice.json", "text and HTML, PDF attached", "sent",
                    Map.of("delivered@customer.example", "delivered", "accounting@shop.example", "delivered")),
            new Dropped("newsletter.json", "one will bounce, one is held", "sent",
                    Map.of("bounced@customer.example", "bounced", "held@customer.example", "held")),
            new Dropped("reminder.json", "to an address that is no more", "sent",
                    Map.of("hardfail@customer.example", "failed")),
            new Dropped("half-written.json", "broken on purpose", "failed", Map.of()));

    private void filesBecomeMails() throws IOException {
        account.chapter("Files become mails", "outbox/", FILES.size() + " files were dropped into it");
        for (Dropped file : FILES) {
            folder.drop(file.name(), resource(file.name()));
        }
        for (Dropped file : FILES) {
            await(file.name() + " in " + file.fate() + "/",
                    () -> folder.fateOf(file.name()).filter(path -> folder.name(path).startsWith(file.fate())))
                    .ifPresent(path -> account.file(file.name(), file.says(), folder.name(path), reason(path)));
        }
        account.chapter("Delivery events become status files", "status/", "one per recipient, the newest event wins");
        for (Dropped file : FILES) {
            file.outcomes().forEach((recipient, outcome) -> status(file, recipient, outcome));
        }
    }

    private void status(Dropped file, String recipient, String outcome) {
        String what = "status \"" + outcome + "\" of " + file.name() + " to " + recipient;
        Optional<Path> answer = folder.fateOf(file.name() + ".result.json");
        if (answer.isEmpty()) {
            missing.add(what);
            return;
        }
        JsonNode stored = Folder.json(answer.get()).at("/messages").path(recipient);
        String name = stored.path("id").asText() + "-" + stored.path("token").asText() + ".json";
        await(what,
                () -> folder.file("status", name).filter(path -> Folder.json(path).path("outcome").asText().equals(outcome)))
                .ifPresent(path -> account.status(recipient, outcome, file.name(), folder.name(path)));
    }

    private void inboundMailsBecomeTickets() throws IOException {
        account.chapter("Inbound mails become tickets", "tickets/", "Ann writes to " + supportAddress);
        String run = Long.toString(System.nanoTime(), Character.MAX_RADIX);
        String first = new String(resource("inbound-first.eml"), StandardCharsets.UTF_8).replace("{{run}}", run);
        Optional<Path> opened = arrives("Ann's first mail", supportAddress, first);
        Optional<StoredMail> reply = opened.flatMap(path -> replyBeside("the reply to Ann's first mail", path));
        if (reply.isEmpty()) {
            missing.add("Ann's second mail, because she had no reply to answer");
            return;
        }
        String to = header(reply.get(), "Reply-To");
        String second = new String(resource("inbound-answer.eml"), StandardCharsets.UTF_8).replace("{{run}}", run)
                .replace("{{to}}", to).replace("{{parent}}", "<" + reply.get().messageId() + ">");
        Optional<Path> answered = arrives("Ann's answer to the reply", to, second);
        answered.flatMap(path -> replyBeside("the reply to Ann's answer", path));
        if (answered.isPresent() && !answered.get().getParent().equals(opened.get().getParent())) {
            missing.add("Ann's answer in the ticket of her first mail");
        }
    }

    private Optional<Path> arrives(String what, String rcptTo, String mail) {
        StoredMail stored = postal.receive(ANN, rcptTo, mail.getBytes(StandardCharsets.UTF_8));
        Optional<Path> filed = await(what + " in a ticket",
                () -> folder.inTickets(stored.id() + "-" + stored.token() + ".json"));
        filed.ifPresent(path -> account.mail(what, folder.name(path), Folder.json(path)));
        return filed;
    }

    private Optional<StoredMail> replyBeside(String what, Path filed) {
        Path note = filed.resolveSibling(filed.getFileName().toString().replaceFirst("json$", "reply.json"));
        String parent = "<" + Folder.json(filed).path("message_id").asText() + ">";
        Optional<StoredMail> reply = await(what,
                () -> Optional.of(note).filter(Files::exists).flatMap(path -> postal.sent().stream()
                        .filter(mail -> ANN.equals(mail.rcptTo()) && parent.equals(header(mail, "In-Reply-To")))
                        .findFirst()));
        reply.ifPresent(mail -> await("the status of " + what,
                () -> folder.file("status", mail.id() + "-" + mail.token() + ".json"))
                .ifPresent(path -> account.reply(mail.subject(), header(mail, "Reply-To"), folder.name(path))));
        return reply;
    }

    private <T> Optional<T> await(String what, Supplier<Optional<T>> look) {
        Optional<T> found = progress.await(Duration.ofNanos(end - System.nanoTime()), look);
        if (found.isEmpty()) {
            missing.add(what);
        }
        return found;
    }

    private static String reason(Path file) {
        Path reason = file.resolveSibling(file.getFileName() + ".reason.txt");
        try {
            return Files.exists(reason) ? Files.readString(reason).lines().findFirst().orElse("") : "";
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static String header(StoredMail mail, String name) {
        try {
            return mail.mime().getHeader(name, null);
        } catch (MessagingException e) {
            throw new IllegalStateException("Message " + mail.id() + " has no readable headers", e);
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Story.class.getResourceAsStream("/demo/" + name)) {
            if (in == null) {
                throw new FileNotFoundException("demo/" + name + " is not on the classpath");
            }
            return in.readAllBytes();
        }
    }
}
