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

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.dev.SandboxDemo;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.util.ObjectHelper;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Starts a Kafka where none is configured; without a Postal, writes some orders and shows what the routes made of them. */
public final class Demo extends SandboxDemo implements AutoCloseable {

    private static final String ORDER = "{\"order\": \"%s\", \"email\": \"%s\", \"name\": \"Zoë\", \"total\": \"42 EUR\", \"lines\": []}";
    private static final Map<String, String> ORDERS = Map.of("4711", ORDER.formatted("4711", "delivered@customer.example"),
            "4712", ORDER.formatted("4712", "bounced@customer.example"), "4713",
            ORDER.formatted("4713", "held@customer.example"),
            "4714", "{\"order\": \"4714\", \"email\": ", "4715", ORDER.formatted("4715", "zoë@customer.example"));
    private static final String NEWS = "{\"email\": \"zoe@customer.example\", \"name\": \"Zoë\", \"title\": \"News\", \"text\": \"Tea!\"}";
    // a mail that bounces has two events, MessageSent and MessageBounced; two orders become dead letters
    private static final int EXPECTED = 5 + 2;

    private PropertiesComponent properties;
    private LocalBroker broker;
    private boolean ownTopics;
    private String kafka;
    private List<String> topics;

    public static void main(String[] args) throws Exception {
        int exitCode = run(new Properties(), args);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    /** Runs until stopped; with {@code --exit}, until the demo is over: 0, or 1 if something did not arrive. */
    static int run(Properties overrides, String... args) throws Exception {
        try (Demo demo = new Demo()) {
            return demo.run(KafkaToMail.main(overrides), args);
        }
    }

    @Override
    public void beforeConfigure(BaseMainSupport main) {
        properties = main.getCamelContext().getPropertiesComponent();
        if (isMissing("bootstrap.servers")) {
            broker = LocalBroker.start();
            properties.addOverrideProperty("bootstrap.servers", broker.bootstrapServers());
        }
        ownTopics = isMissing("camel.component.postal.server-url");
        if (ownTopics) { // real orders must never be sent to a sandbox
            String run = "demo-" + UUID.randomUUID().toString().substring(0, 8);
            Stream.of("records", "news", "dead-letters", "review", "events", "inbound")
                    .forEach(topic -> properties.addOverrideProperty("kafka-to-mail." + topic, run + "." + topic));
            properties.addOverrideProperty("kafka-to-mail.group", run);
        }
        kafka = property("bootstrap.servers");
        topics = Stream.of("records", "news", "dead-letters", "review", "events", "inbound")
                .map(topic -> property("kafka-to-mail." + topic)).toList();
        if (ownTopics || broker != null) {
            withAdmin(
                    admin -> admin.createTopics(topics.stream().map(topic -> new NewTopic(topic, 3, (short) -1)).toList()).all()
                            .get());
        }
    }

    @Override
    protected String yourTurn(CamelContext camel) {
        return "write records to " + property("kafka-to-mail.records") + " on " + kafka;
    }

    @Override
    protected void play(CamelContext camel, PostalSandbox postal) {
        Map<String, Object> connection = Map.of("bootstrap.servers", kafka);
        try (KafkaProducer<String, String> shop = new KafkaProducer<>(connection, new StringSerializer(),
                new StringSerializer())) {
            ORDERS.forEach(
                    (number, order) -> shop.send(new ProducerRecord<>(property("kafka-to-mail.records"), number, order)));
            shop.send(new ProducerRecord<>(property("kafka-to-mail.news"), NEWS));
        }
        Set<String> results = new TreeSet<>();
        try (KafkaConsumer<String, String> reader = new KafkaConsumer<>(connection, new StringDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> partitions = Stream.of("kafka-to-mail.events", "kafka-to-mail.dead-letters")
                    .flatMap(topic -> reader.partitionsFor(property(topic)).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition())).toList();
            reader.assign(partitions);
            reader.seekToBeginning(partitions);
            for (int seconds = 0; seconds < 300 && results.size() < EXPECTED; seconds++) {
                reader.poll(Duration.ofSeconds(1)).forEach(record -> {
                    StringBuilder headers = new StringBuilder();
                    Stream.of("outcome", "record", "failure-record", "failure-text").map(record.headers()::lastHeader)
                            .filter(header -> header != null)
                            .forEach(header -> headers.append("  ").append(new String(header.value(), StandardCharsets.UTF_8)));
                    results.add("  " + record.topic() + headers);
                });
            }
        }
        results.forEach(System.out::println);
        assertThat(results).hasSize(EXPECTED);
    }

    @Override
    public void close() {
        if (broker != null) {
            broker.close();
        } else if (ownTopics) {
            withAdmin(admin -> admin.deleteTopics(topics).all().get());
        }
    }

    private interface AdminCall {
        void on(Admin admin) throws ExecutionException, InterruptedException;
    }

    private void withAdmin(AdminCall call) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            call.on(admin);
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("The topics of the demo cannot be created or removed", e);
        }
    }

    private String property(String name) {
        return properties.resolveProperty(name).orElseThrow();
    }

    private boolean isMissing(String name) {
        return properties.resolveProperty(name).filter(ObjectHelper::isNotEmpty).isEmpty();
    }
}
