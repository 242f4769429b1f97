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
package io.github.camelpostal.internal.suppression;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once an outage that the brake is on. */
public final class BrakeLog {

    private static final Logger LOG = LoggerFactory.getLogger(BrakeLog.class);
    private static final int MOST_DOMAINS = 1000;

    private final Map<String, Instant> said = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MOST_DOMAINS;
        }
    };

    synchronized void braked(String domain, Instant at, long entries, long results) {
        Instant last = said.get(domain);
        if (last == null || !at.isBefore(last.plus(ListingRules.BRAKE_WINDOW))) {
            said.put(domain, at);
            LOG.warn("{} of {} results of {} within an hour would put recipients on the suppression list. This looks like"
                    + " an outage, so no more are added until it is over", entries, results, domain);
        }
    }
}
