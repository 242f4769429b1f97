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
package io.github.camelpostal.internal.webhook;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * What is being worked on in this process, and what ended after its response was due.
 *
 * <p>Unlike a repository it is there when deduplication is switched off, it outlives a restart of the route but not the
 * process, and a late result becomes the response to one retry.
 */
public final class InFlightRegistry {

    /** Late results wait for Postal's next attempt. Losing one costs another run of the route, but no mail. */
    private static final int MAX_LATE_RESULTS = 10_000;

    /** From key to when it was claimed, in {@link System#nanoTime()}. */
    private final Map<String, Long> claimed = new ConcurrentHashMap<>();
    private final Map<String, WebhookResponse> lateResults = new LinkedHashMap<>();

    /**
     * Claims a key for as long as its request is worked on.
     *
     * @throws EarlyResponse if another request of the same key is being worked on, or has ended after its response was due
     */
    Claim claim(String key) throws EarlyResponse {
        if (claimed.putIfAbsent(key, System.nanoTime()) != null) {
            throw new EarlyResponse(WebhookResponse.IN_FLIGHT);
        }
        WebhookResponse late = takeLateResult(key);
        if (late != null) {
            claimed.remove(key);
            throw new EarlyResponse(late);
        }
        return new Claim(key);
    }

    /** The number of keys that are being worked on. */
    public int size() {
        return claimed.size();
    }

    /** For how long the first of them has been worked on; zero when there is none. */
    public Duration longest() {
        long now = System.nanoTime();
        long longest = 0;
        for (long since : claimed.values()) {
            longest = Math.max(longest, now - since);
        }
        return Duration.ofNanos(longest);
    }

    private @Nullable WebhookResponse takeLateResult(String key) {
        synchronized (lateResults) {
            return lateResults.remove(key);
        }
    }

    private void putLateResult(String key, WebhookResponse response) {
        synchronized (lateResults) {
            lateResults.put(key, response);
            Iterator<String> oldest = lateResults.keySet().iterator();
            if (lateResults.size() > MAX_LATE_RESULTS && oldest.hasNext()) {
                oldest.next();
                oldest.remove();
            }
        }
    }

    /** One request's hold on its key. */
    final class Claim implements AutoCloseable {

        private final String key;

        private Claim(String key) {
            this.key = key;
        }

        /** Keeps a result that came too late, for the next retry: a failure is none, the next retry runs again. */
        void endedLate(WebhookResponse result) {
            if (result.isCompletion() || result == WebhookResponse.MAIL_REJECTED) {
                putLateResult(key, result);
            }
        }

        @Override
        public void close() {
            claimed.remove(key);
        }
    }
}
