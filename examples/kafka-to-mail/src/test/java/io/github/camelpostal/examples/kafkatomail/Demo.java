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

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.dev.SandboxDemo;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.main.BaseMainSupport;

/** Starts a Kafka where none is configured; without a Postal, writes some orders and shows what the routes made of them. */
public final class Demo extends SandboxDemo {

    private static final String ORDER = "{\"order\": \"4711-%1$s\", \"email\": \"%1$s@customer.example\", \"name\": \"Zoë\", \"total\": \"42 EUR\", \"lines\": []}";
    private static final String NEWS = "{\"email\": \"zoe@customer.example\", \"name\": \"Zoë\", \"title\": \"News\", \"text\": \"Tea!\"}";

    /** Runs until stopped; with {@code --exit}, until the demo is over. */
    public static void main(String[] args) throws Exception {
        new Demo().runOrExit(KafkaToMail.main(new Properties()), args);
    }

    @Override
    protected void prepare(BaseMainSupport main, boolean realPostal) {
        boolean ownBroker = !isSet(main, "bootstrap.servers");
        if (ownBroker) {
            set(main, "bootstrap.servers", closeAtEnd(LocalBroker.start()).bootstrapServers());
        }
        if (!realPostal) { // real orders must never be sent to a sandbox
            String run = "demo-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
            Topic.ROLES.forEach(role -> set(main, "kafka-to-mail." + role, run + "." + role));
            set(main, "kafka-to-mail.group", run);
        }
        if (ownBroker || !realPostal) {
            CamelContext camel = main.getCamelContext();
            String kafka = camel.resolvePropertyPlaceholders("{{bootstrap.servers}}");
            List<String> topics = Topic.ROLES.stream()
                    .map(role -> camel.resolvePropertyPlaceholders("{{kafka-to-mail." + role + "}}")).toList();
            Topic.create(kafka, 3, topics);
            closeAtEnd(() -> Topic.delete(kafka, topics));
        }
    }

    @Override
    protected String yourTurn(CamelContext camel) {
        return camel.resolvePropertyPlaceholders("write records to {{kafka-to-mail.records}} on {{bootstrap.servers}}");
    }

    @Override
    protected void play(CamelContext camel, PostalSandbox postal) {
        ProducerTemplate shop = camel.createProducerTemplate();
        for (String recipient : List.of("delivered", "bounced", "held", "zoë")) {
            shop.sendBodyAndHeader("kafka:{{kafka-to-mail.records}}", ORDER.formatted(recipient), KafkaConstants.KEY,
                    recipient);
        }
        shop.sendBody("kafka:{{kafka-to-mail.records}}", "{\"order\": \"4712\", \"email\": ");
        shop.sendBody("kafka:{{kafka-to-mail.news}}", NEWS);
        show(camel, "dead-letters", 2);
        show(camel, "events", 5); // a mail that bounces has two, MessageSent and MessageBounced
    }

    /** Waits for so many records, and says why they are where they are. */
    private static void show(CamelContext camel, String role, int expected) {
        String name = camel.resolvePropertyPlaceholders("{{kafka-to-mail." + role + "}}");
        try (Topic topic = new Topic(camel.resolvePropertyPlaceholders("{{bootstrap.servers}}"), name)) {
            List<Topic.Entry> found = topic.await(Duration.ofMinutes(5), seen -> seen.size() >= expected);
            found.forEach(record -> System.out.println("  " + name + Stream
                    .of("outcome", "record", "failure-record", "failure-text").map(record::header).filter(Objects::nonNull)
                    .map(header -> "  " + header).collect(Collectors.joining())));
            assertThat(found).hasSize(expected);
        }
    }
}
