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

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What happens to mail for one address or one domain (protocol 4.1).
 *
 * @param pattern   {@code support@example.com}, {@code *@example.com} or {@link #RETURN_PATH}, in lower case
 * @param mode      what is done with the mail
 * @param spamMode  what is done with mail whose spam score is over the server's threshold
 * @param endpoints where the mail is sent; empty unless the mode is {@link Mode#ENDPOINT}. Each gets a message of its own
 * @param token     eight letters or digits: the address {@code token@routes.postal.example.com} leads here too; null until the
 *                  mail server has given it one
 */
public record Route(String pattern, Mode mode, SpamMode spamMode, List<HttpEndpoint> endpoints, @Nullable String token) {
    /** The pattern for mail that comes to the return path and is no bounce of a known message (protocol 4.1). */
    public static final String RETURN_PATH = "__returnpath__";

    /** What is done with mail for a route. */
    public enum Mode {
        /** It is sent to the endpoints. */
        ENDPOINT,
        /** It is taken, and nothing is done with it. */
        ACCEPT,
        /** It is held, and taken like {@link #ACCEPT} when it is released. */
        HOLD,
        /** It is taken, and a bounce goes to its sender. */
        BOUNCE,
        /** The SMTP server refuses it. */
        REJECT
    }

    /** What is done with spam. */
    public enum SpamMode {
        /** It is delivered with {@code spam_status: Spam}. */
        MARK,
        /** It is held. */
        QUARANTINE,
        /** It hard-fails. */
        FAIL
    }

    public Route {
        endpoints = List.copyOf(endpoints);
    }

    /** With a token that the mail server chooses. */
    public Route(String pattern, Mode mode, SpamMode spamMode, List<HttpEndpoint> endpoints) {
        this(pattern, mode, spamMode, endpoints, null);
    }

    /** Posts to one endpoint and marks spam. */
    public static Route to(String pattern, HttpEndpoint endpoint) {
        return new Route(pattern, Mode.ENDPOINT, SpamMode.MARK, List.of(endpoint));
    }

    /** Without endpoints: {@link Mode#ACCEPT}, {@link Mode#HOLD}, {@link Mode#BOUNCE} or {@link Mode#REJECT}. */
    public static Route of(String pattern, Mode mode) {
        return new Route(pattern, mode, SpamMode.MARK, List.of());
    }

    public Route withSpamMode(SpamMode newMode) {
        return new Route(pattern, mode, newMode, endpoints, token);
    }

    public Route withToken(String newToken) {
        return new Route(pattern, mode, spamMode, endpoints, newToken);
    }
}
