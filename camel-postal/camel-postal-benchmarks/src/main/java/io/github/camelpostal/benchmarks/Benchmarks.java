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
package io.github.camelpostal.benchmarks;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Runs one of the comparisons and prints its results as Markdown. */
public final class Benchmarks {

    static final PrintStream OUT = new PrintStream(new FileOutputStream(FileDescriptor.out), true,
            StandardCharsets.UTF_8);
    private static final int[] THREADS = {1, 16};

    private Benchmarks() {
    }

    /**
     * @param arguments {@code sending}, {@code newsletter}, {@code send-once}, {@code receiving}, {@code profile-sending},
     *                  {@code profile-receiving}, {@code attachment}, {@code sandbox-page} or {@code sandbox-start}; or {@code jmh} and the arguments of JMH
     */
    public static void main(String[] arguments) {
        int status = 1;
        try {
            run(arguments);
            status = 0;
        } catch (Exception e) {
            System.getLogger(Benchmarks.class.getName()).log(Level.ERROR, "The benchmark has failed", e);
        } finally {
            System.exit(status); // whatever threads are left
        }
    }

    private static void run(String[] arguments) throws Exception {
        switch (arguments.length == 0 ? "" : arguments[0]) {
            case "sending" -> sending();
            case "newsletter" -> Newsletters.run(OUT);
            case "receiving" -> receiving();
            case "send-once" -> sendOnce();
            case "profile-sending" -> profileSending();
            case "profile-receiving" -> profileReceiving();
            case "attachment" -> Attachments.run(OUT);
            case "sandbox-page" -> SandboxPage.run(OUT);
            case "sandbox-start" -> SandboxStart.run(OUT);
            case "jmh" -> org.openjdk.jmh.Main.main(Arrays.copyOfRange(arguments, 1, arguments.length));
            default -> throw new IllegalArgumentException(
                    "Say what to run: sending, newsletter, send-once, receiving, profile-sending, profile-receiving, attachment, "
                            + "sandbox-page, sandbox-start or jmh");
        }
    }

    private static void sending() throws Exception {
        try (Senders senders = new Senders()) {
            for (int threads : THREADS) {
                new Table(OUT).print("Sending a text mail of " + Senders.sizeOfText() + " bytes, " + threads(threads),
                        senders.contest().run(threads), List.of("bare client", "by hand"));
            }
        }
    }

    private static void sendOnce() throws Exception {
        try (KeyedSenders senders = new KeyedSenders()) {
            for (int threads : THREADS) {
                new Table(OUT).printTimes("Sending a text mail of " + Senders.sizeOfText() + " bytes once, "
                        + threads(threads), senders.contest().run(threads), "without a key");
            }
        }
    }

    private static void receiving() throws Exception {
        try (Receivers receivers = new Receivers()) {
            for (Deliveries deliveries : List.of(receivers.events(), receivers.mails())) {
                for (int connections : THREADS) {
                    new Table(OUT).print(
                            "Receiving bodies of %,d bytes, %s".formatted(deliveries.size(), connections(connections)),
                            receivers.contest(deliveries).run(connections), List.of("200 only", "by hand"));
                }
            }
        }
    }

    private static void profileSending() throws Exception {
        try (Senders senders = new Senders()) {
            new Profile(OUT).print(senders.contest().contestants());
        }
    }

    private static void profileReceiving() throws Exception {
        try (Receivers receivers = new Receivers()) {
            new Profile(OUT).print(receivers.contest(receivers.events()).contestants());
        }
    }

    private static String connections(int count) {
        return count == 1 ? "1 connection" : count + " connections";
    }

    private static String threads(int count) {
        return count == 1 ? "1 thread" : count + " threads";
    }
}
