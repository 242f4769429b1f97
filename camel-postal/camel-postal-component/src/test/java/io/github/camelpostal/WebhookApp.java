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

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import io.github.camelpostal.testing.TestKey;
import io.github.camelpostal.testing.Wire;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;

/** An application with one {@code postal:webhook} at {@code /postal}, and the Postal that posts to it. */
public final class WebhookApp implements AutoCloseable {

    private static final String PATH = "/postal";

    private final CamelApp app;
    private final BlockingQueue<Exchange> routed = new LinkedBlockingQueue<>();

    private WebhookApp(String options, Processor work) throws Exception {
        app = CamelApp.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook?publicKey=RAW(" + TestKey.SHARED.publicKey() + ")" + options).routeId("webhook")
                        .process(exchange -> routed.add(exchange.copy()))
                        .process(work);
            }
        });
    }

    /** Its route does nothing. */
    public static WebhookApp start() throws Exception {
        return start("", exchange -> {
        });
    }

    /**
     * @param options such as {@code &accept=mail}
     * @param work    what the route does
     */
    public static WebhookApp start(String options, Processor work) throws Exception {
        return new WebhookApp(options, work);
    }

    /** Posts a body as Postal does, signed. */
    public Wire.Response post(byte[] body, String... headers) throws IOException {
        String[] all = Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = TestKey.SHARED.signature(body);
        return Wire.post(port(), PATH, body, all);
    }

    /** Sends anything. */
    public Wire.Response send(String method, String path, byte[] body, String... headers) throws IOException {
        return Wire.request(port(), method, path, body, headers);
    }

    /** What the route was given, as it was at its start. */
    public BlockingQueue<Exchange> routed() {
        return routed;
    }

    /** How many deliveries are being worked on. */
    public int inFlight() {
        return ((PostalConsumer) context().getRoute("webhook").getConsumer()).getInFlight();
    }

    public int port() {
        return app.port();
    }

    public CamelContext context() {
        return app.context();
    }

    @Override
    public void close() {
        app.close();
    }
}
