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
package io.github.camelpostal.examples.jmstomail;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;

import org.apache.camel.CamelContext;
import org.apache.camel.ConsumerTemplate;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;
import org.apache.camel.support.service.ServiceSupport;

/** The example with a broker of its own, which can be stopped and started again, and a Postal at a port. */
final class RunningRoutes implements AutoCloseable {
    static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final Path folder;
    private final int brokerPort = LocalBroker.freePort();
    private final int webhookPort = LocalBroker.freePort();
    private final Main main;
    private final ProducerTemplate producer;
    private final ConsumerTemplate consumer;
    private LocalBroker broker;

    /** @param postalPort where a Postal is, or will be */
    RunningRoutes(Path folder, int postalPort, String apiKey) {
        this(folder, postalPort, apiKey, Map.of());
    }

    RunningRoutes(Path folder, int postalPort, String apiKey, Map<String, String> more) {
        this.folder = folder;
        startBroker();
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "jms-to-mail.broker",
                "tcp://127.0.0.1:" + brokerPort + "?consumerWindowSize=0&callTimeout=3000&retryInterval=100",
                "jms-to-mail.pause", "200ms",
                "jms-to-mail.repeat", "500",
                "jms-to-mail.ledger", folder.resolve("ledger").toAbsolutePath().toString(),
                "camel.component.postal.server-url", "http://127.0.0.1:" + postalPort,
                "camel.component.postal.api-key", apiKey,
                "camel.server.host", "127.0.0.1",
                "camel.server.port", String.valueOf(webhookPort),
                "camel.main.shutdown-timeout", "5"));
        properties.putAll(more);
        main = JmsToMail.main(properties);
        main.start();
        producer = camel().createProducerTemplate();
        consumer = camel().createConsumerTemplate();
    }

    CamelContext camel() {
        return main.getCamelContext();
    }

    URI here(String path) {
        return URI.create("http://127.0.0.1:" + webhookPort + path);
    }

    void put(Object body, Map<String, Object> properties) {
        producer.sendBodyAndHeaders("jms:queue:mails", body, new HashMap<>(properties));
    }

    void put(String text) {
        put(text, Map.of());
    }

    /** The next message of a queue; null when none comes within the time. */
    Exchange take(String queue, Duration time) {
        return consumer.receive("jms:queue:" + queue, time.toMillis());
    }

    Exchange take(String queue) {
        return take(queue, TIMEOUT);
    }

    boolean isEmpty(String queue) {
        return take(queue, Duration.ofMillis(300)) == null;
    }

    boolean isPaused() {
        return ((ServiceSupport) camel().getRoute(MailQueueRoutes.ROUTE).getConsumer()).isSuspended();
    }

    void startBroker() {
        broker = LocalBroker.start(brokerPort, folder);
    }

    void stopBroker() {
        broker.close();
    }

    static void eventually(Callable<Boolean> fact) {
        await().atMost(TIMEOUT).until(fact);
    }

    static String order(String number, String email) {
        return "{\"order\":\"" + number + "\",\"email\":\"" + email + "\",\"name\":\"Zoë & Söhne\","
                + "\"lines\":[{\"quantity\":2,\"article\":\"saddle <brown>\"}]}";
    }

    @Override
    public void close() {
        main.stop();
        broker.close();
    }
}
