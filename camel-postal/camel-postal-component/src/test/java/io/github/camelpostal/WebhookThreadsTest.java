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
package io.github.camelpostal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.camelpostal.testing.Bodies;
import org.junit.jupiter.api.Test;

/** What a consumer costs its process while little arrives. */
class WebhookThreadsTest {

    private static final int EVENTS = 40;

    /** The threads are for many requests at once. To make one takes longer than the work on an event does. */
    @Test
    void areNotMadeForEachRequestWhileOthersAreIdle() throws Exception {
        Set<Thread> used = ConcurrentHashMap.newKeySet();
        try (WebhookApp app = WebhookApp.start("", exchange -> used.add(Thread.currentThread()))) {
            for (int i = 0; i < EVENTS; i++) {
                assertThat(app.post(Bodies.event("e" + i)).status()).isEqualTo(200);
            }
        }

        assertThat(used).hasSizeLessThan(EVENTS / 2);
    }
}
