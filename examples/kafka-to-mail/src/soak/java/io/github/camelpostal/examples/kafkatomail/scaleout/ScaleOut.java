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
package io.github.camelpostal.examples.kafkatomail.scaleout;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import io.github.camelpostal.testing.scaleout.ScaleOutReport;

/**
 * Several processes of kafka-to-mail share a topic, and one of them is killed in the middle: tells what became of each record.
 *
 * <p>Arguments: how many records (20,000), and how many processes ({@code 2,4}: one run with two, one with four). Broker and
 * sandbox run in this process, everything on 127.0.0.1. Ends with 1 when a record was lost, or sent twice without the kill being
 * the reason.
 */
public final class ScaleOut {

    private ScaleOut() {
    }

    /** See above. */
    public static void main(String[] args) throws Exception {
        int records = args.length > 0 ? Integer.parseInt(args[0]) : 20_000;
        List<Integer> processes = Arrays.stream((args.length > 1 ? args[1] : "2,4").split(",")).map(Integer::valueOf).toList();
        boolean holds = true;
        for (int count : processes) {
            ScaleOutReport report = Trial.run(records, count, Path.of("target", "scale-out"));
            report.lines().forEach(System.out::println);
            holds &= report.broken().isEmpty();
        }
        System.out.println(holds ? "\nEvery record has its outcome" : "\nBROKEN");
        System.exit(holds ? 0 : 1);
    }
}
