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
package io.github.camelpostal.examples.yamlroutes;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.dev.SandboxDemo;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;

/** Drops some files and writes a mail to the shop, then shows what the routes made of them. Does nothing beside a real Postal. */
public final class Demo extends SandboxDemo {

    private static final List<String> FILES = List.of("order-confirmation.eml", "invoice.json", "newsletter.json",
            "half-written.json");

    /** Runs until stopped; with {@code --exit}, until the demo is over. */
    public static void main(String[] args) throws Exception {
        new Demo().runOrExit(new Main(), args);
    }

    @Override
    protected String yourTurn(CamelContext camel) {
        return "put an .eml or a .json file into " + folder(camel).resolve("outbox");
    }

    @Override
    protected void play(CamelContext camel, PostalSandbox postal) throws IOException {
        Path folder = folder(camel);
        long before = count(folder);
        Files.createDirectories(folder.resolve("outbox"));
        Files.createDirectories(folder.resolve("sending")); // two routes would make it at the same moment
        for (String file : FILES) {
            Files.copy(resource(file), folder.resolve("outbox").resolve(file));
        }
        postal.receive("ann@customer.example", camel.resolvePropertyPlaceholders("{{yaml.address}}"),
                resource("question.eml").readAllBytes());
        // 4 files and their 4 results, an event for each of 6 mails and a second one for the bounce, the ticket's mail and picture
        int expected = 8 + 7 + 3;
        await().atMost(Duration.ofMinutes(2)).until(() -> count(folder) >= before + expected
                && postal.sent().stream().noneMatch(mail -> mail.status().equals("Pending")));
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile).sorted().forEach(file -> System.out.println("  " + folder.relativize(file)));
        }
    }

    /** What has reached its place; a file on its way does not count. */
    private static long count(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !folder.relativize(file).toString().matches("(outbox|sending|replied).*")).count();
        }
    }

    private static Path folder(CamelContext camel) {
        return Path.of(camel.resolvePropertyPlaceholders("{{yaml.folder}}")).toAbsolutePath().normalize();
    }

    private static InputStream resource(String name) {
        return Demo.class.getResourceAsStream("/demo/" + name);
    }
}
