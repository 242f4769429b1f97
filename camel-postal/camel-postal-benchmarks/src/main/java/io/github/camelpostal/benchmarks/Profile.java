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

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.github.camelpostal.benchmarks.Contest.Call;
import io.github.camelpostal.benchmarks.Contest.Caller;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the time of one call after the other goes: processor time and waits of each kind of thread, and by samples of JFR what
 * runs and what allocates. A wait is a voluntary switch of context: a thread that had nothing to do until another woke it. Linux
 * only.
 */
final class Profile {

    private static final long WARM_UP = Duration.ofSeconds(Long.getLong("warmUp", 8)).toNanos();
    private static final long TURN = Duration.ofMillis(Long.getLong("turn", 10_000)).toNanos();
    private static final String SAMPLE = "jdk.ExecutionSample";
    private static final String ALLOCATION = "jdk.ObjectAllocationSample";
    private static final double SMALLEST_SHARE = 0.01;

    /** The innermost frame that begins with one of these says what a sample is about. */
    private static final List<Part> PARTS = List.of(new Part("sun.security.", "signature: RSA and SHA-256"),
            new Part("java.security.", "signature: RSA and SHA-256"),
            new Part("java.math.BigInteger", "signature: RSA and SHA-256"),
            new Part("java.math.MutableBigInteger", "signature: RSA and SHA-256"), new Part("com.fasterxml.", "Jackson"),
            new Part("org.apache.hc.", "HttpClient"), new Part("io.vertx.", "Vert.x and Netty"),
            new Part("io.netty.", "Vert.x and Netty"), new Part("org.apache.camel.", "Camel"),
            new Part("io.github.camelpostal.benchmarks.", "benchmark"),
            new Part("io.github.camelpostal.internal.codec.", "component: reading the payload"),
            new Part("io.github.camelpostal.", "component: other"));

    private final PrintStream out;

    Profile(PrintStream out) {
        this.out = out;
    }

    void print(Map<String, Caller> contestants) throws Exception {
        for (Map.Entry<String, Caller> contestant : contestants.entrySet()) {
            print(contestant.getKey(), contestant.getValue());
        }
    }

    private void print(String name, Caller caller) throws Exception {
        Path file = Files.createTempFile("profile", ".jfr");
        try (Call call = caller.open(); Recording recording = new Recording()) {
            call.makeFor(WARM_UP);
            recording.enable(SAMPLE).withPeriod(Duration.ofMillis(1));
            recording.enable(ALLOCATION).with("throttle", "1000/s");
            recording.start();
            Map<String, Threads> before = threads();
            long calls = call.makeFor(TURN).calls();
            Map<String, Threads> after = threads();
            recording.dump(file);
            out.printf("%n### %s, %,d calls%n", name, calls);
            printThreads(before, after, calls);
            printParts(RecordingFile.readAllEvents(file));
        } finally {
            Files.delete(file);
        }
    }

    private void printThreads(Map<String, Threads> before, Map<String, Threads> after, long calls) {
        out.printf("%n| threads | CPU a call | waits a call |%n| --- | --- | --- |%n");
        after.forEach((name, threads) -> {
            Threads earlier = before.getOrDefault(name, new Threads(0, 0));
            double micros = (threads.nanos - earlier.nanos) / 1e3 / calls;
            double waits = (double) (threads.waits - earlier.waits) / calls;
            if (micros >= 0.5 || waits >= 0.05) {
                out.printf("| %s | %.1f µs | %.2f |%n", name, micros, waits);
            }
        });
    }

    private void printParts(List<RecordedEvent> events) {
        Map<String, Double> time = new TreeMap<>();
        Map<String, Double> bytes = new TreeMap<>();
        for (RecordedEvent event : events) {
            if (event.getStackTrace() == null) {
                continue;
            }
            String part = part(event.getStackTrace().getFrames());
            if (event.getEventType().getName().equals(SAMPLE)) {
                time.merge(part, 1.0, Double::sum);
            } else if (event.getEventType().getName().equals(ALLOCATION)) {
                bytes.merge(part, (double) event.getLong("weight"), Double::sum);
            }
        }
        printShares("samples of Java code", time);
        printShares("allocated bytes", bytes);
    }

    private void printShares(String what, Map<String, Double> shares) {
        double all = shares.values().stream().mapToDouble(share -> share).sum();
        out.printf("%n| part | of %,.0f %s |%n| --- | --- |%n", all, what);
        shares.entrySet().stream().sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .filter(share -> share.getValue() >= SMALLEST_SHARE * all)
                .forEach(share -> out.printf("| %s | %.0f %% |%n", share.getKey(), 100 * share.getValue() / all));
    }

    private static String part(List<RecordedFrame> frames) {
        for (RecordedFrame frame : frames) {
            String type = frame.getMethod().getType().getName();
            for (Part part : PARTS) {
                if (type.startsWith(part.prefix)) {
                    return part.name;
                }
            }
        }
        return "the JDK's threads and pools";
    }

    /** By the names that Linux keeps, of 15 characters, without numbers. */
    private static Map<String, Threads> threads() throws IOException {
        Map<String, Threads> threads = new TreeMap<>();
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            for (Path task : tasks.toList()) {
                try {
                    String name = Files.readString(task.resolve("comm")).replaceAll("[-#0-9\\s]+", " ").strip();
                    threads.merge(name, Threads.of(task), Threads::plus);
                } catch (IOException e) {
                    // it has ended
                }
            }
        }
        return threads;
    }

    private record Part(String prefix, String name) {
    }

    private record Threads(long nanos, long waits) {

        static Threads of(Path task) throws IOException {
            long waits = Files.readAllLines(task.resolve("status")).stream().filter(line -> line.startsWith("voluntary"))
                    .mapToLong(line -> Long.parseLong(line.split("\\s+")[1])).sum();
            return new Threads(Long.parseLong(Files.readString(task.resolve("schedstat")).split(" ")[0]), waits);
        }

        Threads plus(Threads more) {
            return new Threads(nanos + more.nanos, waits + more.waits);
        }
    }
}
