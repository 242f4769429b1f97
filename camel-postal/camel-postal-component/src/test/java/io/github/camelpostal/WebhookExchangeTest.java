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
package io.github.camelpostal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.camelpostal.testing.Bodies;
import io.github.camelpostal.testing.Wire;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.support.LoggingExceptionHandler;
import org.apache.camel.support.SynchronizationAdapter;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A delivery runs in an exchange of its own, with everything that Camel's other consumers give theirs. */
class WebhookExchangeTest {

    @Test
    void endsTheUnitOfWorkBeforeTheResponse() throws Exception {
        List<String> ended = new CopyOnWriteArrayList<>();
        try (WebhookApp app = WebhookApp.start("", exchange -> exchange.getExchangeExtension()
                .addOnCompletion(new SynchronizationAdapter() {
                    @Override
                    public void onComplete(Exchange completed) {
                        ended.add(completed.getFromRouteId());
                    }
                }))) {
            app.post(Bodies.event("e1"));

            assertThat(ended).containsExactly("webhook");
        }
    }

    @Test
    void isWaitedForByAGracefulShutdown() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch hold = new CountDownLatch(1);
        ExecutorService threads = Executors.newCachedThreadPool();
        try (WebhookApp app = WebhookApp.start("&processingTimeout=20s", exchange -> {
            begun.countDown();
            hold.await();
        })) {
            app.context().getShutdownStrategy().setTimeout(20);
            Future<Wire.Response> response = threads.submit(() -> app.post(Bodies.event("e1")));
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
            Future<?> stop = threads.submit(() -> app.context().stop());
            Awaitility.await().until(() -> app.context().isStopping());
            hold.countDown();

            assertThat(response.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
            stop.get(60, TimeUnit.SECONDS);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void goesToTheExceptionHandlerWhenItFails() throws Exception {
        List<String> handled = new CopyOnWriteArrayList<>();
        try (CamelApp app = CamelApp.create()) {
            ExceptionHandler handler = new LoggingExceptionHandler(app.context(), getClass()) {
                @Override
                public void handleException(String message, Exchange exchange, Throwable exception) {
                    handled.add(exception.getMessage());
                }
            };
            app.context().getRegistry().bind("handler", handler);
            app.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("postal:webhook?verifySignature=false&exceptionHandler=#handler")
                            .throwException(new IllegalStateException("on purpose"));
                }
            });
            app.context().start();

            assertThat(Wire.post(app.port(), "/postal", Bodies.event("e1")).status()).isEqualTo(503);
            assertThat(handled).containsExactly("on purpose");
        }
    }

    @Test
    void hasThePatternThatIsAskedFor() throws Exception {
        try (WebhookApp inOnly = WebhookApp.start();
                WebhookApp inOut = WebhookApp.start("&exchangePattern=InOut", exchange -> {
                })) {
            inOnly.post(Bodies.event("e1"));
            inOut.post(Bodies.event("e1"));

            assertThat(inOnly.routed().take().getPattern()).isEqualTo(ExchangePattern.InOnly);
            assertThat(inOut.routed().take().getPattern()).isEqualTo(ExchangePattern.InOut);
        }
    }
}
