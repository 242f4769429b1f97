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
package io.github.camelpostal.springboot;

import java.io.IOException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import io.github.camelpostal.internal.webhook.HttpResponse;
import io.github.camelpostal.internal.webhook.WebhookHandler;
import io.github.camelpostal.internal.webhook.WebhookResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a request handled and its response written, without a thread that waits for either: the container's threads belong to
 * the whole application, and slow clients must not hold them.
 */
final class AsyncDispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(AsyncDispatcher.class);

    private AsyncDispatcher() {
    }

    static void dispatch(HttpServletRequest request, HttpServletResponse response, ServletWebhookRequest postal,
            WebhookHandler handler) throws IOException {
        if (!request.isAsyncSupported()) {
            postal.write(handler.handle(postal).toCompletableFuture().join());
            return;
        }
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(0); // the receiver's own deadline is in force
        postal.assume(WebhookResponse.BROKEN);
        Exchange exchange = new Exchange(async, postal);
        async.addListener(exchange);
        CompletionStage<? extends HttpResponse> stage = handler.handle(postal);
        stage.whenComplete((given, failure) -> exchange.respond(failure == null ? given : WebhookResponse.BROKEN));
    }

    /** One request and its response, which is written once: after that both belong to the container again. */
    private static final class Exchange implements AsyncListener {

        private final AsyncContext async;
        private final ServletWebhookRequest postal;
        private final AtomicBoolean over = new AtomicBoolean();

        Exchange(AsyncContext async, ServletWebhookRequest postal) {
            this.async = async;
            this.postal = postal;
        }

        void respond(HttpResponse given) {
            if (!over.compareAndSet(false, true)) {
                return;
            }
            try {
                postal.write(given);
            } catch (IOException | RuntimeException e) {
                LOG.debug("A client went away before its response", e);
            } finally {
                async.complete();
            }
        }

        @Override
        public void onError(AsyncEvent event) {
            if (over.compareAndSet(false, true)) {
                LOG.debug("A client went away", event.getThrowable());
                async.complete();
            }
        }

        @Override
        public void onComplete(AsyncEvent event) {
            over.set(true);
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            // there is none
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // nobody starts it again
        }
    }
}
