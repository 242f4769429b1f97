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

import java.util.Locale;
import java.util.Set;

/**
 * A tracking domain of a mail server whose DNS is in order: links and loads of mail from its domain are tracked (protocol 3.2).
 *
 * @param host          where tracked links lead, {@code click.example.com}
 * @param domain        the sender domain it is for, {@code example.com}
 * @param https         whether tracked links begin with {@code https}
 * @param trackClicks   whether links are rewritten
 * @param trackLoads    whether HTML gets a pixel
 * @param excludedHosts links to exactly these hosts stay as they are
 */
public record TrackDomain(String host, String domain, boolean https, boolean trackClicks, boolean trackLoads,
        Set<String> excludedHosts) {
    public TrackDomain {
        host = host.toLowerCase(Locale.ROOT);
        domain = domain.toLowerCase(Locale.ROOT);
        excludedHosts = Set.copyOf(excludedHosts);
    }

    /** Tracks everything, with https, under {@code click.} of the domain. */
    public static TrackDomain of(String domain) {
        return new TrackDomain("click." + domain, domain, true, true, true, Set.of());
    }

    public TrackDomain withHttps(boolean secure) {
        return new TrackDomain(host, domain, secure, trackClicks, trackLoads, excludedHosts);
    }

    public TrackDomain tracking(boolean clicks, boolean loads) {
        return new TrackDomain(host, domain, https, clicks, loads, excludedHosts);
    }

    public TrackDomain excluding(String... hosts) {
        return new TrackDomain(host, domain, https, trackClicks, trackLoads, Set.of(hosts));
    }

    /** The beginning of all tracked links: scheme and host. */
    public String url() {
        return (https ? "https://" : "http://") + host;
    }
}
