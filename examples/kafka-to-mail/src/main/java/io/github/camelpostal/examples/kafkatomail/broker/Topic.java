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
package io.github.camelpostal.examples.kafkatomail.broker;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Looks at all records of a topic from the beginning, in no group and without leaving a trace. Not for several threads. */
public final class Topic implements AutoCloseable {

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
