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

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator why requests are refused: the first of each kind in a minute at WARN, the others at DEBUG, so that a
 * flood of requests does not become a flood of lines.
 */
final class RateLimitedLog {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookReceiver.class);
    private static final Duration QUIET = Duration.ofMinutes(1);

    private final String path;
    private final Clock clock;
    private final Map<WebhookResponse, Instant> lastWarned = new EnumMap<>(WebhookResponse.class);

    RateLimitedLog(String path, Clock clock) {
        this.path = path;
        this.clock = clock;
    }

    /**
     * @param reason what the operator can do about it; never anything of the request itself
     */
    void refused(WebhookResponse response, String reason) {
        if (isFirstForAWhile(response)) {
            LOG.warn("{} refuses a request with {}: {}", path, response.status(), reason);
        } else {
            LOG.debug("{} refuses a request with {}: {}", path, response.status(), reason);
        }
    }

    private synchronized boolean isFirstForAWhile(WebhookResponse response) {
        Instant now = clock.instant();
        Instant last = lastWarned.get(response);
        if (last != null && now.isBefore(last.plus(QUIET))) {
            return false;
        }
        lastWarned.put(response, now);
        return true;
    }
}
