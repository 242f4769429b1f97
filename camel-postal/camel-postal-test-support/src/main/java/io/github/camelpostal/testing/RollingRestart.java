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
package io.github.camelpostal.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An application that is ended and started again and again at the same port while Postal goes on posting.
 *
 * @param application what is started, with port, public key and JDBC URL as arguments; it reports once when it is up, posts
 *                    go to {@code /postal}, and its route writes into the table {@code effect}
 * @param end         how it is ended
 */
public record RollingRestart(Class<?> application, Consumer<ForkedJava> end, Load load) {

    private static final Logger LOG = LoggerFactory.getLogger(RollingRestart.class);
    private static final int CONNECTIONS = 16;
    /** Requests under way at the end of a life. */
    private static final int BUSY = 3;
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(3);
    private static final List<String> OPTIONS = List.of("-Xmx160m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
            "-Dlog4j.shutdownHookEnabled=false");

    /**
     * How many mails arrive at what rate while there are how many restarts.
     *
     * @param faster how much faster than Postal's its clock is here; an application that starts slowly must not cost a mail all
     *               of its tries
     */
    public record Load(int mails, int perSecond, int restarts, int faster) {

        /** This small in every build, at its full size with {@code -Psoak}. */
        public static Load ofThisBuild(int mails, int restarts, int faster) {
            return new Load(Integer.getInteger("postal.soak.mails", mails),
                    Integer.getInteger("postal.soak.mailsPerSecond", 100), Integer.getInteger("postal.soak.restarts", restarts),
                    Integer.getInteger("postal.soak.faster", faster));
        }
    }

    /** What came of it, each mail's number of effects included. */
    public record Outcome(Load load, PostalDriver driver, Map<Long, Integer> effects, Duration took) {

        public void completedEveryMail() {
            Set<Long> all = LongStream.rangeClosed(1, load.mails()).boxed().collect(Collectors.toSet());
            assertThat(driver.faults()).as("responses for which Postal bounces or drops a mail").isEmpty();
            assertThat(driver.refused()).as("requests while nobody listened").isPositive();
            assertThat(effects.keySet()).isEqualTo(all);
        }

        public Set<Long> repeated() {
            return effects.entrySet().stream().filter(mail -> mail.getValue() > 1).map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
        }

        @Override
        public String toString() {
            return effects.size() + " mails completed, " + repeated().size() + " of them more than once; requests by response "
                    + driver.responses() + " (" + driver.cut().size() + " mails cut off), at most " + driver.mostTries()
                    + " tries, " + took.toSeconds() + " s";
        }
    }

    /** Ends nothing but what it has started, and that in any case. */
    public Outcome run() throws Exception {
        long begin = System.nanoTime();
        int port = FreePort.find();
        try (SharedDatabase database = new SharedDatabase();
                PostalDriver driver = new PostalDriver(port, "/postal", CONNECTIONS, load.faster())) {
            for (int life = 1; life <= load.restarts(); life++) {
                int enough = load.mails() * life / (load.restarts() + 1);
                live(port, database, driver, () -> driver.delivered() >= enough && driver.open() >= BUSY);
            }
            live(port, database, driver, () -> driver.delivered() == load.mails());
            return new Outcome(load, driver, database.effects(), Duration.ofNanos(System.nanoTime() - begin));
        }
    }

    private void live(int port, SharedDatabase database, PostalDriver driver, Condition enough) throws IOException {
        try (ForkedJava process = ForkedJava.start(application, OPTIONS, String.valueOf(port), TestKey.SHARED.publicKey(),
                database.url())) {
            assertThat(process.report()).isEqualTo("started");
            driver.receive(load.mails(), load.perSecond());
            LOG.debug("Started with {} mails delivered, requests so far by response: {}", driver.delivered(),
                    driver.responses());
            await().atMost(LONGEST_LIFE).pollInterval(Duration.ofMillis(5))
                    .failFast(() -> assertThat(driver.faults()).isEmpty())
                    .until(enough::holds);
            end.accept(process);
        }
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds();
    }

}
