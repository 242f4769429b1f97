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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import io.github.camelpostal.examples.kafkatomail.broker.Topic;
import io.github.camelpostal.examples.kafkatomail.broker.Topic.Entry;
import io.github.camelpostal.sandbox.StoredMail;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * What happens in the demo, in the order in which it happens. Everything is found out by looking at the topics, or at what the
 * sandbox has got.
 */
final class Story {

    /** For the whole story, of which each part usually takes less than a second. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ROUTE = "records-to-mails";

    private final CamelContext context;
    private final Surroundings surroundings;
    private final Progress progress;
    private final Account account;
    private final List<String> missing = new ArrayList<>();
    private final long end = System.nanoTime() + PATIENCE.toNanos();

    Story(CamelContext context, Surroundings surroundings, Progress progress, Account account) {
        this.context = context;
        this.surroundings = surroundings;
        this.progress = progress;
        this.account = account;
    }

    /** @return what should have arrived, and has not */
    List<String> play() {
        try (Shop shop = new Shop()) {
            recordsBecomeMails(shop);
            deadLetters(shop);
            postalGoesAndComesBack(shop);
        } catch (RuntimeException e) {
            missing.add("the rest of the story, because of " + e);
        }
        return missing;
    }

    private void recordsBecomeMails(Shop shop) {
        account.chapter("Records become mails", "three orders are written to " + surroundings.topic("records"));
        shop.orders("4711", "delivered@customer.example");
        shop.orders("4712", "bounced@customer.example");
        shop.orders("4713", "held@customer.example");
        mail("4711", "delivered@customer.example");
        mail("4712", "bounced@customer.example");
        mail("4713", "held@customer.example");
        account.chapter("Delivery events go back to a topic",
                surroundings.topic("events") + ", keyed by the id of the message");
        // one of a mail that bounces: MessageSent and MessageBounced
        entries("events", 4).forEach(event -> account.event(event.key(), name(event), event.header("outcome"),
                event.header("record")));
    }

    private void deadLetters(Shop shop) {
        account.chapter("What can never be a mail is put aside", surroundings.topic("dead-letters")
                + ": the record as it was, and the reason in its headers");
        shop.writes("4714", "{\"order\": \"4714\", \"email\": ");
        shop.writes("4715", "{\"order\": \"4715\", \"email\": \"delivered@customer.example\", \"name\": \"Zoë\"}");
        shop.orders("4716", "zoë@customer.example");
        entries("dead-letters", 3).forEach(letter -> account.aside(letter.header("failure-record"),
                letter.header("failure-code"), letter.header("failure-text")));
    }

    private void postalGoesAndComesBack(Shop shop) {
        account.chapter("Postal goes away and comes back", "no record is lost, and no mail sent twice");
        surroundings.stopPostal();
        shop.orders("4717", "late@customer.example");
        shop.orders("4718", "later@customer.example");
        ServiceSupport consumer = (ServiceSupport) context.getRoute(ROUTE).getConsumer();
        await("the pause", () -> Optional.of(consumer).filter(ServiceSupport::isSuspended))
                .ifPresent(paused -> account.line("Postal is stopped, two orders are written: the consumer pauses"));
        surroundings.startPostalAgain();
        account.line("Postal is started again");
        mail("4717", "late@customer.example");
        mail("4718", "later@customer.example");
        if (surroundings.postal().sent().size() > 2) {
            missing.add("the promise to send nothing twice");
        }
    }

    private void mail(String order, String recipient) {
        await("the mail for order " + order, () -> surroundings.postal().sent().stream()
                .filter(mail -> mail.rcptTo().equals(recipient)).findFirst())
                .ifPresent(mail -> account.sent("order " + order, recipient, tag(mail), mail.id()));
    }

    private List<Entry> entries(String topic, int count) {
        try (Topic reader = new Topic(surroundings.property(Surroundings.BOOTSTRAP_SERVERS), surroundings.topic(topic))) {
            List<Entry> entries = reader.await(left(), seen -> seen.size() >= count);
            if (entries.size() != count) {
                missing.add(count + " records in " + surroundings.topic(topic) + ", where there are " + entries.size());
            }
            return entries;
        }
    }

    private <T> Optional<T> await(String what, Supplier<Optional<T>> look) {
        Optional<T> found = progress.await(left(), look);
        if (found.isEmpty()) {
            missing.add(what);
        }
        return found;
    }

    private Duration left() {
        return Duration.ofNanos(end - System.nanoTime());
    }

    private static String tag(StoredMail mail) {
        return mail.tag();
    }

    private static String name(Entry event) {
        return event.value().replaceFirst("^.*?\"event\":\"(\\w+)\".*$", "$1");
    }

    /** Who writes the records. */
    private final class Shop implements AutoCloseable {

        private final KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", surroundings.property(Surroundings.BOOTSTRAP_SERVERS)),
                new StringSerializer(), new StringSerializer());

        void orders(String order, String email) {
            writes(order, """
                    {"order": "%s", "email": "%s", "name": "Zoë", "total": "42.00 EUR",
                     "lines": [{"quantity": 2, "article": "Tea <green>"}, {"quantity": 1, "article": "Teapot"}]}
                    """.formatted(order, email));
        }

        void writes(String order, String json) {
            producer.send(new ProducerRecord<>(surroundings.topic("records"), order, json));
            producer.flush();
        }

        @Override
        public void close() {
            producer.close();
        }
    }
}
