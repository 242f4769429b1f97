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

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.github.camelpostal.api.PostalUncertainException;
import org.apache.camel.Exchange;
import org.apache.kafka.common.TopicPartition;

/**
 * What Postal has responded for the record that each partition is at, until that record is committed.
 *
 * <p>A commit can fail, or the record may not get to the review topic, because Kafka is away. Then the record is read again, and
 * must not be sent again. A partition is worked on record by record, so one outcome for each is enough. A process that dies
 * between the response and the commit forgets it: that one record is sent twice.
 */
final class RecordOutcomes {

    /** Exchange property: whether Postal has accepted the mail of this record already. */
    static final String SENT = "sent";

    private final Map<TopicPartition, Outcome> outcomes = new ConcurrentHashMap<>();

    private record Outcome(long offset, Optional<PostalUncertainException> uncertain) {
    }

    /** Fails again with what came of it where nobody knows whether the mail was sent; sets {@link #SENT} where it was. */
    void recall(Exchange exchange) throws PostalUncertainException {
        SourceRecord record = SourceRecord.of(exchange);
        Outcome outcome = outcomes.get(record.partition());
        boolean known = outcome != null && outcome.offset() == record.offset();
        if (known && outcome.uncertain().isPresent()) {
            throw outcome.uncertain().get();
        }
        exchange.setProperty(SENT, known);
    }

    void sent(Exchange exchange) {
        note(exchange, Optional.empty());
    }

    void uncertain(Exchange exchange) {
        note(exchange, Optional.of(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, PostalUncertainException.class)));
    }

    void forget(Exchange exchange) {
        outcomes.remove(SourceRecord.of(exchange).partition());
    }

    private void note(Exchange exchange, Optional<PostalUncertainException> uncertain) {
        SourceRecord record = SourceRecord.of(exchange);
        outcomes.put(record.partition(), new Outcome(record.offset(), uncertain));
    }
}
