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

import java.util.Map;

import org.apache.camel.Exchange;

/**
 * How one kind of HTTP server hands requests to Camel: what to ask of it when mounting, and how to get at the raw bytes.
 *
 * <p>Chosen once, when a path is mounted.
 */
public interface ServerEngine {

    /** What the server's consumer must be created with, so that nobody parses or decodes the body before us. */
    Map<String, Object> mountParameters();

    /** The request inside the exchange that the server made for it. */
    HttpRequest request(Exchange exchange);
}
