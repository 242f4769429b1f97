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
package io.github.camelpostal.examples.mailgoat;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * What a command needs to know: which Postal, as whom, with which key.
 *
 * @param server base URL of the Postal installation; {@code https://} is assumed where there is no scheme
 * @param email  who mail is from, unless {@code --from} says otherwise
 * @param apiKey a credential of type API; never shown
 */
record Settings(Optional<String> server, Optional<String> email, Optional<String> apiKey) {

    static final Settings NONE = new Settings(Optional.empty(), Optional.empty(), Optional.empty());

    /** Each variable wins over the file; the names are MailGoat's. */
    Settings overriddenBy(Map<String, String> environment) {
        return new Settings(variable(environment, "MAILGOAT_SERVER").or(() -> server),
                variable(environment, "MAILGOAT_FROM_ADDRESS").or(() -> variable(environment, "MAILGOAT_EMAIL"))
                        .or(() -> email),
                variable(environment, "MAILGOAT_API_KEY").or(() -> apiKey));
    }

    /** @throws ConfigException when Postal cannot be called with these */
    Settings checked() {
        if (server.isEmpty()) {
            throw new ConfigException("No server is set. Do it with: mailgoat config set server https://postal.example.com");
        }
        if (apiKey.isEmpty()) {
            throw new ConfigException("No API key is set. Do it with: mailgoat config set api_key, which asks for it."
                    + " In Postal it is a credential of type API");
        }
        serverUrl();
        return this;
    }

    /** @throws ConfigException when it is none */
    String serverUrl() {
        String written = server.orElseThrow();
        String url = written.contains("://") ? written : "https://" + written;
        try {
            URI uri = URI.create(url);
            if (uri.getHost() != null && (uri.getScheme().equals("https") || uri.getScheme().equals("http"))) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // said below, without the text that could hold a key written into the wrong place
        }
        throw new ConfigException("The server is not a URL such as https://postal.example.com");
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "Settings[" + server.orElse("no server") + "]";
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }
}
