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
package io.github.camelpostal.api;

import java.io.IOException;
import java.net.URI;

import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpGet;

/**
 * One of Postal's processes, worker or SMTP server, that tells by HTTP that it runs (contract 8). It is given no API key.
 */
public final class PostalProcess {

    private final URI health;

    /**
     * @param health such as {@code http://postal-worker:9090/health}
     * @throws IllegalArgumentException if that is no HTTP URL
     */
    public PostalProcess(URI health) {
        if (!"http".equalsIgnoreCase(health.getScheme()) && !"https".equalsIgnoreCase(health.getScheme())
                || health.getHost() == null || health.getRawUserInfo() != null) {
            // the URL is not repeated: it may hold a password
            throw new IllegalArgumentException("it must look like http://postal-worker:9090/health");
        }
        this.health = health;
    }

    /**
     * The HTTP status of its answer; 200 if it runs.
     *
     * @throws IOException if there is no answer
     */
    public int status(HttpClient http) throws IOException {
        return http.execute(new HttpGet(health), answer -> answer.getCode());
    }
}
