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

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommit;
import org.apache.camel.component.kafka.consumer.KafkaManualCommit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The record that an exchange is about: where it stands, and what its consumer may be told about it.
 *
 * <p>Written {@code orders-3@1042}, it is the tag of the mail, so it stands beside the message in Postal and in each event.
 */
final class SourceRecord {

    /** The header of a record by which its writer calls it, if it has one. */
    static final String ID = "id";

    private static final String PROPERTY = SourceRecord.class.getName();

    private final TopicPartition partition;
    private final long offset;
    private final String id;
    private final byte[] value;
    private final DefaultKafkaManualCommit consumed;

    private SourceRecord(Message message) {
        this.partition = new TopicPartition(message.getHeader(KafkaConstants.TOPIC, String.class),
                message.getHeader(KafkaConstants.PARTITION, Integer.class));
        this.offset = message.getHeader(KafkaConstants.OFFSET, Long.class);
        this.id = message.getHeader(ID, String.class);
        this.value = message.getBody(byte[].class);
        this.consumed = (DefaultKafkaManualCommit) message.getHeader(KafkaConstants.MANUAL_COMMIT, KafkaManualCommit.class);
    }

    /** To be called first in a route, while the message is as the consumer made it. */
    static void remember(Exchange exchange) {
        exchange.setProperty(PROPERTY, new SourceRecord(exchange.getMessage()));
    }

    static SourceRecord of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, SourceRecord.class);
    }

    TopicPartition partition() {
        return partition;
    }

    long offset() {
        return offset;
    }

    /**
     * What is sent once: by the id that the record came with, also if it is written twice; else by its place. A topic that is made
     * anew begins with the same places: give its records ids, or it another name.
     */
    String key() {
        return id != null ? id : toString();
    }

    /** The bytes as they came; null for a record without a value. */
    byte[] value() {
        return value;
    }

    /** This record is done with: whoever consumes the partition from now on starts behind it. */
    void commit() {
        consumed.commit();
    }

    /** The next poll returns this record again. For the thread that polls, which is the one that runs the route. */
    void rewind() {
        Consumer<?, ?> consumer = consumed.getCamelExchangePayload().consumer;
        if (consumer.assignment().contains(partition)) {
            consumer.seek(partition, offset);
        }
    }

    @Override
    public String toString() {
        return partition + "@" + offset;
    }
}
