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
package io.github.camelpostal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random histories of requests, duplicates, slow, failing and rejecting routes, crashes, restarts, rotated keys and broken
 * repositories, along Postal's own clock: what Postal takes as delivered was completed by the route, what was recorded is
 * neither bounced nor run again, and every response is the one that the table says.
 *
 * <p>{@code -Dpostal.model.histories=2000} plays more of them, {@code -Dpostal.model.seed=4711 -Dpostal.model.histories=1} plays one
 * again.
 */
@Tag("slow")
@Timeout(1800)
class ReceivingModelTest {

    private static final int HISTORIES = 10;
    private static final int AT_ONCE = 4;

    @TempDir
    Path folder;

    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    @Test
    void keepsItsPromisesInEveryHistory() throws Exception {
        int histories = Integer.getInteger("postal.model.histories", HISTORIES);
        long firstSeed = Long.getLong("postal.model.seed", 1);
        ExecutorService players = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<?>> played = new ArrayList<>();
            for (long seed = firstSeed; seed < firstSeed + histories; seed++) {
                long mine = seed;
                played.add(players.submit(() -> {
                    play(mine);
                    return null;
                }));
            }
            for (Future<?> one : played) {
                one.get();
            }
        } finally {
            players.shutdownNow();
        }
        if (histories >= HISTORIES) {
            assertThat(seen).as("situations that the histories went through").contains("completed", "duplicate", "slow",
                    "late 200", "in flight", "full", "suspended", "unverified", "unreadable", "FAIL", "ROLL_BACK",
                    "mail rejected", "event rejected", "duplicate that could not be recorded", "bounced after the last try",
                    "bounced by rejection", "DISCARDED", "death BEFORE_THE_COMMIT", "death AFTER_THE_COMMIT",
                    "crash with work in flight", "route restarted with work in flight");
        }
    }

    private void play(long seed) throws Exception {
        RandomHistory history = new RandomHistory(seed, Files.createDirectories(folder.resolve("history" + seed)));
        List<String> broken;
        try {
            broken = history.play();
        } catch (Exception e) {
            throw new IllegalStateException("Seed " + seed + " failed after\n" + String.join("\n", history.log()), e);
        }
        seen.addAll(history.seen());
        if (!broken.isEmpty()) {
            fail("Seed " + seed + ": " + broken + "\nafter\n" + String.join("\n", history.log()));
        }
    }
}
