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

import java.io.IOException;
import java.time.Duration;
import java.util.UUID;

/**
 * A Postal that sends one mail after the other, and expects every one of them to be taken at the first attempt.
 *
 * <p>{@code -Dpostal.slow.connections=500 -Dpostal.slow.small=200 -Dpostal.slow.large=40 -Dpostal.slow.factor=3} is the soak at
 * full size.
 */
public final class SteadyPostal {

    /** Of the attackers. */
    public static final int CONNECTIONS = Integer.getInteger("postal.slow.connections", 100);

    private static final int SMALL = Integer.getInteger("postal.slow.small", 40);
    private static final int LARGE = Integer.getInteger("postal.slow.large", 8);
    /** How much slower than without attackers the slowest mail may be; 0 where the machine has other things to do. */
    private static final int FACTOR = Integer.getInteger("postal.slow.factor", 0);
    private static final Duration SLOWEST_THAT_COUNTS = Duration.ofMillis(100);

    private final int port;

    public SteadyPostal(int port) {
        this.port = port;
    }

    /** The slowest of 2 kB, and the slowest of 1 MB. */
    public record Slowest(Duration small, Duration large) {

        /** Fails if it is much slower than another one. */
        public void assertAsGoodAs(Slowest quiet) {
            if (FACTOR > 0) {
                assertThat(small).isLessThan(limit(quiet.small));
                assertThat(large).isLessThan(limit(quiet.large));
            }
        }

        private static Duration limit(Duration quiet) {
            return quiet.compareTo(SLOWEST_THAT_COUNTS) < 0
                    ? SLOWEST_THAT_COUNTS.multipliedBy(FACTOR)
                    : quiet.multipliedBy(FACTOR);
        }
    }

    public Slowest sendAll() throws IOException {
        return new Slowest(send(SMALL, 2_000), send(LARGE, 1_000_000));
    }

    private Duration send(int count, int size) throws IOException {
        Duration slowest = Duration.ZERO;
        for (int id = 1; id <= count; id++) {
            byte[] body = Bodies.mail(id, UUID.randomUUID().toString(), "x".repeat(size));
            String signature = TestKey.SHARED.signature(body);
            long start = System.nanoTime();
            assertThat(Wire.post(port, "/postal", body, signature).status()).as("mail %d of %d bytes", id, size).isEqualTo(200);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            slowest = took.compareTo(slowest) > 0 ? took : slowest;
        }
        return slowest;
    }
}
