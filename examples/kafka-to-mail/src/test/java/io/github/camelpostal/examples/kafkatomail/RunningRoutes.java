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
package io.github.camelpostal.examples.kafkatomail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import io.github.camelpostal.sandbox.PostalSandbox;
import org.apache.camel.component.kafka.KafkaConsumer;
import org.apache.camel.main.Main;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The routes as {@link KafkaToMail} starts them, between topics of their own and a given Postal. */
final class RunningRoutes implements AutoCloseable {

    private static final AtomicInteger NEXT_PORT = new AtomicInteger(
            ThreadLocalRandom.current().nextInt(27_000, 27_400));

    static final Duration TIMEOUT = Duration.ofSeconds(60);
    static final String FROM = "shop@shop.example";

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final Properties properties = new Properties();
    private final String kafka;
    private final int port = freePort();
    private final KafkaProducer<String, byte[]> producer;
    private Main main;

    /** Topics of one partition each, so that the order of records is known. */
    RunningRoutes(LocalBroker broker, URI postal) {
        this.kafka = broker.bootstrapServers();
        Topic.create(kafka, 1, Topic.ROLES.stream().map(this::topic).toList());
        this.producer = new KafkaProducer<>(Map.of("bootstrap.servers", kafka), new StringSerializer(),
                new ByteArraySerializer());
        Topic.ROLES.forEach(role -> with("kafka-to-mail." + role, topic(role)));
        with("kafka-to-mail.group", run);
        with("kafka-to-mail.pause.first", "100ms");
        with("kafka-to-mail.pause.most", "500ms");
        with("kafka-to-mail.pause.somebody", "300ms");
        // a loaded machine is no reason to let Postal wait for its next attempt
        with("kafka-to-mail.events.timeout", "60000");
        with("camel.component.postal.processing-timeout", "70s");
        with("bootstrap.servers", kafka);
        with("camel.component.postal.server-url", postal.toString());
        with("camel.component.postal.api-key", PostalSandbox.DEFAULT_API_KEY);
        with("camel.server.host", "127.0.0.1");
        with("camel.server.port", String.valueOf(port));
    }

    RunningRoutes with(String property, String value) {
        properties.setProperty(property, value);
        return this;
    }

    RunningRoutes start() {
        main = KafkaToMail.main(properties);
        main.start();
        return this;
    }

    /** The process ends in an orderly way, and another one takes its place. */
    void restart() {
        main.stop();
        start();
    }

    /** Where Postal posts to. */
    URI url(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    String topic(String name) {
        return run + "." + name;
    }

    void order(String order, String email) {
        write(order, json(order, email));
    }

    void news(String title, String email) {
        write(new ProducerRecord<>(topic("news"), """
                {"title": "%s", "email": "%s", "name": "Zoë", "text": "Tea <green>!"}""".formatted(title, email)
                .getBytes(StandardCharsets.UTF_8)));
    }

    static String json(String order, String email) {
        return """
                {"order": "%s", "email": "%s", "name": "Zoë & Co", "total": "42.00 EUR",
                 "lines": [{"quantity": 2, "article": "Tea <green>"}]}""".formatted(order, email);
    }

    void write(String key, String value) {
        write(new ProducerRecord<>(topic("records"), key, value == null ? null : value.getBytes(StandardCharsets.UTF_8)));
    }

    void write(ProducerRecord<String, byte[]> record) {
        producer.send(record);
        producer.flush();
    }

    List<Topic.Entry> await(String topic, Predicate<List<Topic.Entry>> wanted) {
        try (Topic reader = new Topic(kafka, topic(topic))) {
            return reader.await(TIMEOUT, wanted);
        }
    }

    List<Topic.Entry> in(String topic) {
        return await(topic, seen -> true);
    }

    /** The offset from which the group goes on; 0 before the first commit. */
    long committed() {
        return ask(admin -> admin.listConsumerGroupOffsets(run).partitionsToOffsetAndMetadata().get()).values().stream()
                .mapToLong(offset -> offset.offset()).sum();
    }

    /** The id of the one member, which is another one whenever it joins the group anew. */
    String member() {
        ConsumerGroupDescription group = ask(admin -> admin.describeConsumerGroups(List.of(run)).all().get()).get(run);
        return group.members().stream().map(member -> member.consumerId()).findFirst().orElse("nobody");
    }

    boolean isPaused() {
        return ((KafkaConsumer) main.getCamelContext().getRoute(RecordRoutes.ROUTE).getConsumer()).isKafkaPaused();
    }

    private interface Question<T> {
        T of(Admin admin) throws ExecutionException, InterruptedException;
    }

    private <T> T ask(Question<T> question) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            return question.of(admin);
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (main != null) {
            main.stop();
        }
        producer.close(Duration.ZERO);
    }

    /**
     * One after the other, from a range of this example's own: others are tested at the same time. Below the ports of outgoing
     * connections, one of which could take what is waited for here.
     */
    static int freePort() {
        while (true) {
            try (ServerSocket free = new ServerSocket(NEXT_PORT.getAndIncrement(), 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException taken) {
                // the next one
            }
        }
    }
}
