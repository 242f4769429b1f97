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
package io.github.camelpostal.sandbox.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

import io.github.camelpostal.sandbox.PostalSandbox;

/**
 * The sandbox as a program: {@code java -jar postal-sandbox.jar [config.yml]}. It runs until it is told to stop.
 *
 * <p>Exit codes: 0 when it was stopped, 1 when it could not start, 2 when the command line or the configuration is wrong.
 */
public final class Standalone {
    static final int CANNOT_START = 1;
    static final int WRONG_CONFIGURATION = 2;

    private static final String USAGE = """
            A stand-in for a Postal mail server, for trying things out: no mail leaves it.

              java -jar postal-sandbox.jar               with what --example prints
              java -jar postal-sandbox.jar config.yml    with a configuration of your own
              java -jar postal-sandbox.jar --example     prints a configuration to start from
            """;

    private Standalone() {
    }

    public static void main(String[] args) throws InterruptedException {
        int exitCode = run(System.out, System.err, args);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    /** @return the exit code, once the process is told to stop */
    static int run(PrintStream out, PrintStream err, String... args) throws InterruptedException {
        if (args.length > 1) {
            err.print(USAGE);
            return WRONG_CONFIGURATION;
        }
        if (args.length == 1 && args[0].startsWith("-")) {
            boolean known = args[0].equals("--example") || args[0].equals("--help") || args[0].equals("-h");
            (known ? out : err).print(args[0].equals("--example") ? example() : USAGE);
            return known ? 0 : WRONG_CONFIGURATION;
        }
        try (PostalSandbox sandbox = start(out, args.length == 0
                ? Config.read(example(), "the example")
                : Config.read(Path.of(args[0])))) {
            CountDownLatch stopped = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                sandbox.close();
                stopped.countDown();
            }, "postal-sandbox-stop"));
            stopped.await();
            return 0;
        } catch (ConfigException e) {
            err.println(e.getMessage());
            return WRONG_CONFIGURATION;
        } catch (UncheckedIOException e) {
            err.println(e.getMessage());
            return CANNOT_START;
        }
    }

    private static PostalSandbox start(Config config) {
        try {
            return Blueprint.of(config).start();
        } catch (IllegalArgumentException e) { // a word that is allowed here, and that the sandbox refuses
            throw new ConfigException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Starts what the configuration describes, and says where it is. */
    static PostalSandbox start(PrintStream out, Config config) {
        PostalSandbox sandbox = start(config);
        out.println("Postal sandbox");
        out.println("   page, HTTP API   " + sandbox.url() + "/");
        if (config.smtp() != null) {
            out.println("   SMTP             127.0.0.1:" + sandbox.smtpPort());
        }
        if (config.health() != null) {
            out.println(
                    "   health, metrics  http://127.0.0.1:" + sandbox.workerHealthPort() + "/health (worker), http://127.0.0.1:"
                            + sandbox.smtpHealthPort() + "/health (SMTP)");
        }
        out.println("   messages         "
                + (config.storage() == null ? "in memory; gone when it ends" : "in " + config.storage()));
        config.servers().forEach(server -> out.println("   mail server      " + server.permalink() + ", sends from "
                + String.join(", ", server.domains())));
        out.println("Ctrl-C ends it.");
        return sandbox;
    }

    private static String example() {
        try (InputStream in = Standalone.class.getResourceAsStream("/example.yml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The jar is damaged", e);
        }
    }
}
