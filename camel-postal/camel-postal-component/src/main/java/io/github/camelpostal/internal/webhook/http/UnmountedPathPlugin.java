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

import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.ContextServicePlugin;

/**
 * Has the HTTP server respond to Postal with 503 instead of 404 from the moment it listens, long before the routes are made.
 *
 * <p>Camel finds it by {@code META-INF/services}. Where Vert.x is not there, it does nothing.
 */
public class UnmountedPathPlugin implements ContextServicePlugin {

    @Override
    public void load(CamelContext context) {
        if (!WebhookServers.isVertx(context)) {
            return;
        }
        try {
            UnmountedPathHandler.stayBehind(context);
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeException(e);
        }
    }
}
