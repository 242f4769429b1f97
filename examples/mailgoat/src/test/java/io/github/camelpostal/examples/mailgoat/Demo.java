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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.camelpostal.sandbox.PostalSandbox;

/** Types a session's commands against a sandbox, in a home folder of its own below {@code target}. Not in the runnable jar. */
public final class Demo {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final PrintWriter screen = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    private final Path home;
    private boolean failed;

    private Demo(Path home) {
        this.home = home;
    }

    public static void main(String[] args) throws IOException {
        Demo demo = new Demo(Files.createTempDirectory(Files.createDirectories(Path.of("target")), "mailgoat-demo"));
        try (PostalSandbox sandbox = PostalSandbox.start()) {
            demo.play(sandbox);
        }
        if (demo.failed) {
            System.exit(1);
        }
    }

    private void play(PostalSandbox sandbox) throws IOException {
        screen.println("mailgoat, with a sandbox in this process as the Postal; no mail leaves it");
        run(0, "", "config", "set", "server", sandbox.url().toString());
        run(0, "", "config", "set", "email", "shop@example.com");
        run(0, sandbox.apiKey() + "\n", "config", "set", "api_key");
        run(0, "", "config", "validate");
        Path invoice = Files.writeString(home.resolve("invoice.pdf"), "%PDF-1.7 not a real one");
        run(0, "", "send", "--to", "zoe@customer.example", "--subject", "Your invoice", "--body", "Here it is.", "--attach",
                invoice.toString(), "--tag", "invoice");
        run(0, "", "send", "--to", "hardfail@customer.example", "--subject", "Reminder", "--body", "Still a camel here.");
        sandbox.awaitSentTo("zoe@customer.example", TIMEOUT);
        sandbox.awaitSentTo("hardfail@customer.example", TIMEOUT);
        run(0, "", "read", "1");
        run(0, "", "deliveries", "1");
        run(0, "", "deliveries", "2", "--json");
        run(4, "", "read", "999");
        run(4, "", "send", "--from", "boss@elsewhere.example", "--to", "zoe@customer.example", "--body", "Not my domain.");
        screen.println();
        screen.println(failed ? "A command did not end as it should" : "Demo complete");
    }

    private void run(int expected, String standardInput, String... command) {
        screen.println();
        screen.println("$ mailgoat " + Stream.of(command).map(word -> word.contains(" ") ? "'" + word + "'" : word)
                .collect(Collectors.joining(" ")));
        Terminal terminal = new Terminal(new ByteArrayInputStream(standardInput.getBytes(StandardCharsets.UTF_8)), screen,
                screen, Map.of(), home, false);
        int exitCode = MailGoat.run(terminal, command);
        if (exitCode != 0) {
            screen.println("(exit code " + exitCode + ")");
        }
        failed |= exitCode != expected;
    }
}
