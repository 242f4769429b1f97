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
package io.github.camelpostal.benchmarks;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;

import io.github.camelpostal.PostalConsumer;
import io.github.camelpostal.benchmarks.Contest.Caller;
import io.github.camelpostal.payload.PostalPayload;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;

/**
 * Four ways to receive what Postal posts, each an application of its own on Vert.x: a route that only says 200, one that
 * verifies and parses by hand, and the component, with and without verification.
 */
public final class Receivers implements AutoCloseable {

    /** Who receives. */
    public enum Way {
        RESPONSE_ONLY, BY_HAND, UNVERIFIED, FULL
    }

    private final KeyPair key = key();
    private final Deliveries events = Deliveries.events(key);
    private final Deliveries mails = Deliveries.mails(key);
    private final List<App> apps;

    public Receivers() throws Exception {
        apps = List.of(new App(responseOnly()), new App(byHand()), new App(component("&verifySignature=false")),
                new App(component("")));
    }

    Contest contest(Deliveries deliveries) {
        return new Contest().add("200 only", caller(Way.RESPONSE_ONLY, deliveries))
                .add("by hand", caller(Way.BY_HAND, deliveries))
                .add("`postal:webhook?verifySignature=false`", caller(Way.UNVERIFIED, deliveries))
                .add("`postal:webhook`", caller(Way.FULL, deliveries));
    }

    Caller caller(Way way, Deliveries deliveries) {
        Supplier<byte[]> requests = deliveries.endless(way);
        return () -> new PreparedRequestCall(apps.get(way.ordinal()).port(), requests);
    }

    Deliveries events() {
        return events;
    }

    Deliveries mails() {
        return mails;
    }

    @Override
    public void close() throws Exception {
        for (App app : apps) {
            app.requireNoRepeats();
            app.camel().close();
        }
    }

    private static RouteBuilder responseOnly() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("platform-http:/postal").removeHeaders("*").setBody(constant("ok"));
            }
        };
    }

    private RouteBuilder byHand() {
        PublicKey publicKey = key.getPublic();
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("platform-http:/postal").process(exchange -> requireSignature(exchange.getMessage(), publicKey))
                        .unmarshal().json()
                        .removeHeaders("*").setBody(constant("ok"));
            }
        };
    }

    private static void requireSignature(Message message, PublicKey key) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(key);
        signature.update(message.getBody(byte[].class));
        if (!signature.verify(Base64.getDecoder().decode(message.getHeader("X-Postal-Signature-256", String.class)))) {
            throw new SecurityException("This is not from Postal");
        }
    }

    private static void requireBody(Exchange exchange) {
        if (!(exchange.getMessage().getBody() instanceof PostalPayload)) {
            throw new IllegalStateException("Nothing was understood");
        }
    }

    private RouteBuilder component(String options) {
        String publicKey = Base64.getEncoder().encodeToString(key.getPublic().getEncoded());
        return new RouteBuilder() {
            @Override
            public void configure() {
                bindToRegistry("completed", MemoryIdempotentRepository.memoryIdempotentRepository(Deliveries.REMEMBERED));
                from("postal:webhook?idempotentRepository=#completed&publicKey=RAW(" + publicKey + ")" + options)
                        .process(Receivers::requireBody);
            }
        };
    }

    private static KeyPair key() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private record App(CamelContext camel, VertxPlatformHttpServer server) {

        App(RouteBuilder routes) throws Exception {
            this(new DefaultCamelContext(), newServer());
            camel.addService(server);
            camel.addRoutes(routes);
            camel.start();
        }

        int port() {
            return server.getPort();
        }

        /** A duplicate does less than what is to be measured. */
        void requireNoRepeats() {
            for (Route route : camel.getRoutes()) {
                if (route.getConsumer() instanceof PostalConsumer consumer && consumer.getDuplicates() > 0) {
                    throw new IllegalStateException(consumer.getDuplicates() + " deliveries were taken for duplicates");
                }
            }
        }

        private static VertxPlatformHttpServer newServer() {
            VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
            configuration.setBindHost("127.0.0.1");
            configuration.setBindPort(0);
            return new VertxPlatformHttpServer(configuration);
        }
    }
}
