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
package io.github.camelpostal.internal.webhook.http;

import java.time.Duration;
import java.util.Map;

import io.github.camelpostal.internal.webhook.HttpRequest;
import io.github.camelpostal.internal.webhook.ServerEngine;
import io.vertx.core.http.HttpServerRequest;
import org.apache.camel.Exchange;

/**
 * platform-http on Vert.x (camel-main, Quarkus), without its body handler, which answers 400 to a form attribute over
 * 8,192 bytes and would so bounce every form delivery with an attachment.
 *
 * <p>What it leaves is the paused request itself: raw bytes, back-pressure and our own bound in one.
 */
public final class VertxEngine implements ServerEngine {

    @Override
    public Map<String, Object> mountParameters() {
        return Map.of("useBodyHandler", "false");
    }

    @Override
    public HttpRequest request(Exchange exchange) {
        HttpServerRequest request = (HttpServerRequest) exchange.getMessage().getBody();
        return new VertxRequest(request, Duration.ofMillis(exchange.getClock().elapsed()));
    }
}
