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
package io.github.camelpostal.internal.send;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.camelpostal.api.PostalMessage;
import io.github.camelpostal.internal.mime.compose.HeaderBlock;
import io.github.camelpostal.payload.HeaderField;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns, once per route, about two marks that users try in order to switch tracking off and that do not do it (protocol 3.2).
 */
final class TrackingWarnings {

    private static final Logger LOG = LoggerFactory.getLogger(TrackingWarnings.class);

    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    void warnAbout(Exchange exchange, PostalMessage mail) {
        for (HeaderField header : mail.headers()) {
            if (isSkip(header)) {
                warnAboutSkip(exchange);
            }
        }
        if (hasNoTrackLink(mail.plainBody()) || hasNoTrackLink(mail.htmlBody())) {
            warnOnce(exchange, "+notrack", "A mail of route {} holds a +notrack link: Postal removes the mark only where the"
                    + " sender's domain has a working tracking domain; everywhere else the link arrives broken");
        }
    }

    void warnAbout(Exchange exchange, HeaderBlock header) {
        if (header.values("X-AMP").stream().anyMatch("skip"::equalsIgnoreCase)) {
            warnAboutSkip(exchange);
        }
    }

    private void warnAboutSkip(Exchange exchange) {
        warnOnce(exchange, "X-AMP",
                "A mail of route {} says X-AMP: skip, which has no effect in any version of Postal; tracking is"
                        + " switched off by the tracking domain's settings");
    }

    private void warnOnce(Exchange exchange, String mark, String text) {
        String route = String.valueOf(exchange.getFromRouteId());
        if (warned.add(mark + ' ' + route)) {
            LOG.warn(text, route);
        }
    }

    private static boolean isSkip(HeaderField header) {
        return header.name().equalsIgnoreCase("X-AMP") && header.value().strip().equalsIgnoreCase("skip");
    }

    private static boolean hasNoTrackLink(@Nullable String text) {
        return text != null && text.contains("+notrack://");
    }
}
