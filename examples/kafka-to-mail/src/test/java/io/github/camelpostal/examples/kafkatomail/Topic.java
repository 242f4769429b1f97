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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Looks at all records of a topic from the beginning, in no group and without leaving a trace. Not for several threads. */
public final class Topic implements AutoCloseable {

    /** What there is a topic for, as in the properties {@code kafka-to-mail.*}. */
    static final List<String> ROLES = List.of("records", "news", "dead-letters", "review", "events", "inbound");

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<Entry> entries = new ArrayList<>();

    /** A record as somebody sees it who looks. */
    public record Entry(String key, byte[] bytes, Map<String, String> headers, int partition, long offset) {

        private static Entry of(ConsumerRecord<byte[], byte[]> seen) {
            Map<String, String> headers = new LinkedHashMap<>();
            for (Header header : seen.headers()) {
                headers.put(header.key(), text(header.value()));
            }
            return new Entry(text(seen.key()), seen.value(), headers, seen.partition(), seen.offset());
        }

        /** The value as UTF-8; null where there is none. */
        public String value() {
            return text(bytes);
        }

        public String header(String name) {
            return headers.get(name);
        }

        private static String text(byte[] bytes) {
            return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
        }
    }

    public Topic(String bootstrapServers, String name) {
        consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", bootstrapServers, "enable.auto.commit", false),
                new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(name).stream()
                .map(partition -> new TopicPartition(name, partition.partition())).toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Creates topics of a broker, which never creates one by accident, and waits until they can be written to. */
    public static void create(String bootstrapServers, int partitions, List<String> names) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(names.stream().map(name -> new NewTopic(name, partitions, (short) -1)).toList()).all().get();
            awaitLeaders(admin, names.stream().flatMap(name -> IntStream.range(0, partitions)
                    .mapToObj(partition -> new TopicPartition(name, partition))).toList());
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("The topics cannot be created", e);
        }
    }

    static void delete(String bootstrapServers, List<String> names) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.deleteTopics(names).all().get();
        }
    }

    /**
     * A partition can be asked for its end only when its leader is ready. Before, of several batches a later one may get in first,
     * and the earlier is refused for ever as out of order.
     */
    private static void awaitLeaders(Admin admin, List<TopicPartition> partitions)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        partitions.forEach(partition -> ends.put(partition, OffsetSpec.latest()));
        for (long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();;) {
            try {
                admin.listOffsets(ends).all().get();
                return;
            } catch (ExecutionException e) {
                // brokers hear of a new topic one after the other
                if (!(e.getCause() instanceof RetriableException) || System.nanoTime() - deadline > 0) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
    }

    /** All that is there by now, in the order of each partition. */
    public List<Entry> all() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            poll(Duration.ofMillis(100));
        }
        return List.copyOf(entries);
    }

    /** All that is there as soon as it is what one waits for, or when the time is over. */
    public List<Entry> await(Duration atMost, Predicate<List<Entry>> wanted) {
        long end = System.nanoTime() + atMost.toNanos();
        List<Entry> seen = all();
        while (!wanted.test(seen) && System.nanoTime() - end < 0) {
            poll(Duration.ofMillis(200));
            seen = List.copyOf(entries);
        }
        return seen;
    }

    private void poll(Duration atMost) {
        consumer.poll(atMost).forEach(record -> entries.add(Entry.of(record)));
    }

    @Override
    public void close() {
        consumer.close();
    }
}
