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
package io.github.camelpostal.examples.quickstart;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

import io.github.camelpostal.sandbox.PostalSandbox;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.MainSupport;

/** Drops some files and writes a mail to the shop, then shows what the routes made of them. Does nothing beside a real Postal. */
public final class Demo extends MainListenerSupport {

    private static final List<String> FILES = List.of("order-confirmation.eml", "invoice.json", "newsletter.json",
            "reminder.json",
            "half-written.json");

    private final boolean exitAfterwards;
    private int exitCode;

    private Demo(boolean exitAfterwards) {
        this.exitAfterwards = exitAfterwards;
    }

    public static void main(String[] args) throws Exception {
        int exitCode = run(new Properties(), args);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    /** Runs until stopped; with {@code --exit}, until the demo is over: 0, or 1 if something did not arrive. */
    static int run(Properties overrides, String... args) throws Exception {
        Main main = Quickstart.main(overrides);
        Demo demo = new Demo(List.of(args).contains("--exit"));
        main.addMainListener(demo);
        main.run();
        return demo.exitCode;
    }

    @Override
    public void afterStart(BaseMainSupport main) {
        CamelContext context = main.getCamelContext();
        Path folder = Path.of(context.resolvePropertyPlaceholders("{{quickstart.folder}}")).toAbsolutePath().normalize();
        PostalSandbox postal = context.getRegistry().findSingleByType(PostalSandbox.class);
        try {
            exitCode = postal == null ? 1 : play(postal, context.resolvePropertyPlaceholders("{{quickstart.address}}"), folder);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("The demo cannot go on", e);
        }
        System.out.println(
                "Now it is your turn: put an .eml or a .json file into " + folder.resolve("outbox") + ". Ctrl-C ends it.");
        if (exitAfterwards) {
            ((MainSupport) main).completed();
        }
    }

    private static int play(PostalSandbox postal, String address, Path folder) throws IOException, InterruptedException {
        System.out.println("No Postal is configured: a sandbox plays its part, see " + postal.url());
        long before = count(folder);
        Files.createDirectories(folder.resolve("outbox"));
        String run = Long.toString(System.currentTimeMillis() / 1000, Character.MAX_RADIX);
        for (String file : FILES) {
            // another name each time: the same file again would be the same mail, and not be sent
            Files.copy(resource(file), folder.resolve("outbox").resolve(run + "-" + file));
        }
        postal.receive("ann@customer.example", address, resource("question.eml").readAllBytes());
        // 5 files and their 5 results, a status for each of 6 mails and of the reply, the ticket with its mail, picture and reply
        int expected = 10 + 7 + 3;
        boolean complete = false;
        for (int tenths = 0; tenths < 600 && !complete; tenths++) {
            Thread.sleep(100);
            complete = count(folder) >= before + expected
                    && postal.sent().stream().noneMatch(mail -> mail.status().equals("Pending"));
        }
        if (complete) {
            postal.awaitEvents("MessageBounced"); // the last word about one of them
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile).sorted().forEach(file -> System.out.println("  " + folder.relativize(file)));
        }
        System.out.println(complete ? "Demo complete" : "Something did not arrive");
        return complete ? 0 : 1;
    }

    /** What has reached its place; a file on its way does not count. */
    private static long count(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !folder.relativize(file).toString().matches("(outbox|sending|waiting).*")).count();
        }
    }

    private static InputStream resource(String name) {
        return Demo.class.getResourceAsStream("/demo/" + name);
    }
}
