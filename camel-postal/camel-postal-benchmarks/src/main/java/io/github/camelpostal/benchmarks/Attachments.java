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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Sends a file of 25 MB as an attachment, by the component, by hand, and with the least that is possible; each in processes of
 * its own with a small young generation, so that the peak of the heap is what is really held.
 */
final class Attachments {

    private static final int SIZE = 25_000_000;
    private static final int ROUNDS = Integer.getInteger("rounds", 7);
    private static final List<String> WAYS = List.of("minimum", "by-hand", "component");

    private Attachments() {
    }

    static void run(PrintStream out) throws Exception {
        Path small = file(10_000);
        Path large = file(SIZE);
        Map<String, List<double[]>> results = new LinkedHashMap<>();
        WAYS.forEach(way -> results.put(way, new ArrayList<>()));
        try (StubPostalServer postal = new StubPostalServer()) {
            for (int round = 0; round < ROUNDS; round++) {
                for (String way : WAYS) {
                    results.get(way).add(fork(way, postal.url(), small.toString(), large.toString()));
                }
            }
        } finally {
            Files.delete(small);
            Files.delete(large);
        }
        out.printf("%n### Sending an attachment of %,d bytes%n%n", SIZE);
        out.println("| | ms | allocated, MB | peak heap, MB |");
        out.println("| --- | --- | --- | --- |");
        results.forEach((way, rounds) -> out.printf("| %s | %s | %s | %s |%n", way, column(rounds, 0), column(rounds, 1),
                column(rounds, 2)));
    }

    private static String column(List<double[]> rounds, int index) {
        return Table.spread(rounds.stream().mapToDouble(values -> values[index] / 1e6).toArray(), "%,.1f");
    }

    private static double[] fork(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-Xmx1g", "-Xmn16m", "-cp", System.getProperty("java.class.path"),
                AttachmentSend.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        String[] values = line.split(" ");
        if (values.length != 3) {
            throw new IllegalStateException("Said: " + line);
        }
        return new double[]{Double.parseDouble(values[0]), Double.parseDouble(values[1]), Double.parseDouble(values[2])};
    }

    private static Path file(int size) throws IOException {
        byte[] content = new byte[size];
        new Random(1).nextBytes(content);
        return Files.write(Files.createTempFile("postal-benchmark-", ".bin"), content);
    }
}
