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
package io.github.camelpostal.examples.yamlroutes.demo;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;

/**
 * What happens in the demo. Everything is found out by looking at the files that the routes write, or at what the sandbox has
 * got; the routes are not asked.
 */
final class Story {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final String ANN = "ann@customer.example";

    private final PostalSandbox postal;
    private final String address;
    private final Path folder;
    private final Account account;
    private final Set<Path> old;
    private final List<String> missing = new ArrayList<>();
    private final long end = System.nanoTime() + PATIENCE_NANOS;

    Story(PostalSandbox postal, String address, Path folder, Account account) {
        this.postal = postal;
        this.address = address;
        this.folder = folder;
        this.account = account;
        this.old = Stream.of("sent", "failed", "status", "tickets").flatMap(this::files).collect(Collectors.toSet());
    }

    void play() throws IOException, InterruptedException {
        account.chapter("Files become mails");
        List<String> names = List.of("order-confirmation.eml", "invoice.json", "newsletter.json", "half-written.json");
        for (String name : names) {
            drop(name);
        }
        for (String name : names) {
            await(name, Stream.of("sent", "failed"), "-" + name);
        }
        account.chapter("Delivery events become status files");
        for (StoredMail mail : postal.sent()) {
            String outcome = mail.rcptTo().startsWith("bounced")
                    ? "bounced"
                    : mail.rcptTo().startsWith("held") ? "held" : "delivered";
            await(mail.rcptTo(), Stream.of("status"), mail.id() + "-" + mail.token() + "/\\d+-" + outcome + "-[^/]+\\.json");
        }
        account.chapter("Inbound mails become tickets");
        StoredMail first = arrives(address);
        String ticket = first.id() + "-" + first.token().substring(0, 8).toLowerCase();
        filed("Ann's mail", ticket, first);
        await("its attachment", Stream.of("tickets"), key(ticket, first) + "/0\\.attachment");
        answered("our answer to her", ticket, 1);
        filed("Ann's second mail, to the ticket", ticket, arrives(address.replace("@", "+" + ticket + "@")));
        answered("our answer to that", ticket, 2);
    }

    /** What should have arrived, and has not. */
    List<String> missing() {
        return missing;
    }

    private StoredMail arrives(String rcptTo) throws IOException {
        String mail = new String(resource("inbound-first.eml"), StandardCharsets.UTF_8).replace("{{run}}",
                Long.toString(System.nanoTime()));
        return postal.receive(ANN, rcptTo, mail.getBytes(StandardCharsets.UTF_8));
    }

    private void filed(String what, String ticket, StoredMail mail) throws InterruptedException {
        await(what, Stream.of("tickets"), key(ticket, mail) + "\\.json");
    }

    private static String key(String ticket, StoredMail mail) {
        return ticket + "/" + mail.id() + "-" + mail.token();
    }

    private void answered(String what, String ticket, int number) throws InterruptedException {
        Optional<StoredMail> answer = poll(() -> postal.sent().stream().filter(mail -> ANN.equals(mail.rcptTo())
                && new String(mail.raw(), StandardCharsets.UTF_8).contains("+" + ticket + "@")).skip(number - 1L).findFirst());
        if (answer.isEmpty()) {
            missing.add(what);
        } else {
            await("the status of " + what, Stream.of("status"),
                    answer.get().id() + "-" + answer.get().token() + "/\\d+-delivered-[^/]+\\.json");
        }
    }

    private void await(String what, Stream<String> where, String nameEnd) throws InterruptedException {
        List<String> folders = where.toList();
        Optional<Path> found = poll(() -> folders.stream().flatMap(this::files)
                .filter(file -> !old.contains(file) && file.toString().matches(".*" + nameEnd)).findFirst());
        found.ifPresentOrElse(file -> account.file(what, file), () -> missing.add(what));
    }

    private <T> Optional<T> poll(Supplier<Optional<T>> look) throws InterruptedException {
        Optional<T> found = look.get();
        while (found.isEmpty() && System.nanoTime() < end) {
            new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS); // a folder tells nobody that there is a new file
            found = look.get();
        }
        return found;
    }

    private Stream<Path> files(String subfolder) {
        Path start = folder.resolve(subfolder);
        if (!Files.isDirectory(start)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.walk(start)) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        } catch (IOException | java.io.UncheckedIOException e) {
            return Stream.empty(); // something was moved away while we looked: look again
        }
    }

    /** The way any writer should: under another name first, so that nobody reads half of it. */
    private void drop(String name) throws IOException {
        Path outbox = Files.createDirectories(folder.resolve("outbox"));
        Path unfinished = Files.write(outbox.resolve(name + ".part"), resource(name));
        Files.move(unfinished, outbox.resolve(name), StandardCopyOption.ATOMIC_MOVE);
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
