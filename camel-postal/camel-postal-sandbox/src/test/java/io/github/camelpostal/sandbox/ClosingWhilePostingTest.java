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
package io.github.camelpostal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.camelpostal.sandbox.internal.webhook.HttpPoster;
import io.github.camelpostal.sandbox.internal.webhook.KeyRing;
import io.github.camelpostal.sandbox.internal.webhook.PostalExchange;
import io.github.camelpostal.sandbox.internal.webhook.SigningKey;
import org.junit.jupiter.api.Test;

/** A request that is under way holds nobody up who closes the sandbox. */
class ClosingWhilePostingTest {

    @Test
    void everyRequestEndsWithItsClient() throws Exception {
        KeyRing keys = new KeyRing(CompletableFuture.completedFuture(SigningKey.generate()));
        ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor();
        try (ServerSocket mute = new ServerSocket(0, 1_000)) {
            for (int i = 0; i < 200; i++) {
                HttpPoster poster = new HttpPoster(keys, Clock.systemUTC(), Duration.ofHours(1), deadlines);
                poster.post(request(1)); // nobody listens; the client is made
                CompletableFuture<PostalExchange> response = CompletableFuture
                        .supplyAsync(() -> poster.post(request(mute.getLocalPort())));
                LockSupport.parkNanos(i * 20_000L); // a little later each time, from before the connection to behind the request
                poster.close();

                assertThat(response.get(60, TimeUnit.SECONDS).result()).isInstanceOf(PostalExchange.Failure.class);
            }
        } finally {
            deadlines.shutdownNow();
        }
    }

    private static PostalExchange.Request request(int port) {
        return new PostalExchange.Request("MessageSent", 1, URI.create("http://127.0.0.1:" + port + "/"),
                "{}".getBytes(StandardCharsets.UTF_8), 1);
    }
}
