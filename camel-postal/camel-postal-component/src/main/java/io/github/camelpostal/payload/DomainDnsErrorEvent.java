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
package io.github.camelpostal.payload;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Postal's hourly check found DNS entries of a domain missing or wrong.
 *
 * @param domainUuid of the domain; {@link #uuid()} is the event's
 * @param checked    when the entries were looked up
 */
public record DomainDnsErrorEvent(String event, String uuid, Instant timestamp, ServerInfo server, String domain,
        String domainUuid, Instant checked, Check spf, Check dkim, Check mx, Check returnPath) implements PostalEvent {

    /**
     * What was found for one entry.
     *
     * @param status {@code OK}, {@code Missing} or {@code Invalid}; null where it was not checked
     * @param error  a sentence for people; null where there is nothing to say
     */
    public record Check(@Nullable String status, @Nullable String error) {

        /** Whether the entry is as it should be. */
        public boolean ok() {
            return "OK".equals(status);
        }
    }

    @Override
    public Outcome outcome() {
        return Outcome.DNS;
    }

    @Override
    public Map<String, Object> payload() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("server", server.toMap());
        map.put("domain", domain);
        map.put("uuid", domainUuid);
        map.put("dns_checked_at", UnixTime.of(checked));
        put(map, "spf", spf);
        put(map, "dkim", dkim);
        put(map, "mx", mx);
        put(map, "return_path", returnPath);
        return map;
    }

    private static void put(Map<String, Object> map, String entry, Check check) {
        map.put(entry + "_status", check.status());
        map.put(entry + "_error", check.error());
    }
}
