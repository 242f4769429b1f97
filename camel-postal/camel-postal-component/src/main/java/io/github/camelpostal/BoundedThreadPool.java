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

import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

/** Threads beside those of the HTTP server, fixed in number, with a queue that ends: whoever comes when it is full is told so. */
final class BoundedThreadPool {

    private BoundedThreadPool() {
    }

    /** Its executor throws {@link RejectedExecutionException} when more than {@code mostWaiting} wait. Camel shuts it down. */
    static ExecutorService open(CamelContext camel, Object owner, String name, int threads, int mostWaiting) {
        ThreadPoolProfile profile = new ThreadPoolProfile(name);
        profile.setPoolSize(threads);
        profile.setMaxPoolSize(threads);
        profile.setMaxQueueSize(mostWaiting);
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        return camel.getExecutorServiceManager().newThreadPool(owner, name, profile);
    }
}
