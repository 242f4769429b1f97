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
package io.github.camelpostal.examples.kafkatomail.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

import io.github.camelpostal.examples.kafkatomail.broker.LocalBroker;
import io.github.camelpostal.sandbox.PostalSandbox;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.util.ObjectHelper;
import org.apache.kafka.clients.admin.Admin;

/** What the routes need around them, and nobody has configured: a Kafka, a Postal, or both. */
final class Surroundings implements AutoCloseable {

    static final String SERVER_URL = "camel.component.postal.server-url";
    static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
    static final List<String> TOPICS = List.of("records", "dead-letters", "review", "events", "inbound");

    private static final String PORT = "camel.server.port";
    private static final String LOOPBACK = "127.0.0.1";
    private static final int PARTITIONS = 3;

    private final PropertiesComponent properties;
    private final String kafka;
    private final String[] topics;
    private final String run = Integer.toString(UUID.randomUUID().hashCode() & 0xfffffff, Character.MAX_RADIX);
    private LocalBroker broker;
    private PostalSandbox postal;
    private URI routes;
    private KeyPair key;

    Surroundings(PropertiesComponent properties) {
        this.properties = properties;
        boolean noKafka = isMissing(BOOTSTRAP_SERVERS);
        boolean noPostal = isMissing(SERVER_URL);
        if (noKafka) {
            broker = LocalBroker.start();
            properties.addOverrideProperty(BOOTSTRAP_SERVERS, broker.bootstrapServers());
        }
        if (noPostal) {
            // Real orders must never be sent to a sandbox: the demo keeps to topics of its own.
            TOPICS.forEach(topic -> properties.addOverrideProperty("kafka-to-mail." + topic, "demo-" + run + "." + topic));
            properties.addOverrideProperty("kafka-to-mail.group", "demo-" + run);
            bringPostal();
        }
        kafka = property(BOOTSTRAP_SERVERS);
        topics = TOPICS.stream().map(this::topic).toArray(String[]::new);
        if (noKafka || noPostal) {
            LocalBroker.createTopics(kafka, PARTITIONS, topics);
        }
    }

    /** Null where a Postal is configured. */
    PostalSandbox postal() {
        return postal;
    }

    boolean hasBroker() {
        return broker != null;
    }

    String property(String name) {
        return properties.resolveProperty(name).orElseThrow();
    }

    String topic(String name) {
        return property("kafka-to-mail." + name);
    }

    /** Gone, as when its process ends. */
    void stopPostal() {
        postal.close();
    }

    /** Another one on the same port, as after a restart. */
    void startPostalAgain() {
        postal = sandbox(postal.port());
    }

    private void bringPostal() {
        String port = properties.resolveProperty(PORT).orElseGet(Surroundings::freePort);
        String password = UUID.randomUUID().toString();
        routes = URI.create("http://postal:" + password + "@" + LOOPBACK + ":" + port);
        key = newKey();
        postal = sandbox(0);
        // A slow machine may take its time, where a real Postal would come again after two minutes.
        properties.addOverrideProperty("camel.component.postal.processing-timeout", "25s");
        properties.addOverrideProperty("kafka-to-mail.events.patience", "20000");
        Map.of(SERVER_URL, postal.url().toString(),
                "camel.component.postal.api-key", postal.apiKey(),
                "camel.component.postal.webhook-username", "postal",
                "camel.component.postal.webhook-password", password,
                "camel.server.host", LOOPBACK,
                PORT, port).forEach(properties::addOverrideProperty);
    }

    private PostalSandbox sandbox(int port) {
        String from = property("kafka-to-mail.from");
        String domain = from.substring(from.indexOf('@') + 1);
        PostalSandbox sandbox = PostalSandbox.builder().port(port).domain(domain).keyPair(key)
                .webhookTimeout(Duration.ofSeconds(30)).start();
        sandbox.postEventsTo(routes.resolve("/postal/events"));
        sandbox.routeTo("*@" + domain, routes.resolve("/postal/mail"));
        return sandbox;
    }

    private boolean isMissing(String name) {
        return properties.resolveProperty(name).filter(ObjectHelper::isNotEmpty).isEmpty();
    }

    /** Postal's signing key outlasts a restart. */
    private static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has RSA", e);
        }
    }

    /** So that the demo runs beside whatever holds 8080. */
    private static String freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
            return String.valueOf(socket.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException("No free port on " + LOOPBACK, e);
        }
    }

    @Override
    public void close() {
        if (postal != null && broker == null) {
            try (Admin admin = Admin.create(Map.of(BOOTSTRAP_SERVERS, kafka))) {
                admin.deleteTopics(List.of(topics)).all().get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("The topics of the demo could not be removed", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (postal != null) {
            postal.close();
        }
        if (broker != null) {
            broker.close();
        }
    }
}
