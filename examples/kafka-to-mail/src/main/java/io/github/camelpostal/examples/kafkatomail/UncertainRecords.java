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

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.camelpostal.api.PostalUncertainException;
import org.apache.camel.Exchange;
import org.apache.kafka.common.TopicPartition;

/**
 * Since when it has been uncertain whether the record that each partition is at was sent. Such a record is sent again with the
 * same key, which is safe, until the component has found out; what it cannot find out is a case for review in the end.
 */
final class UncertainRecords {

    private final Map<TopicPartition, Since> records = new ConcurrentHashMap<>();
    private final Duration reviewAfter;

    private record Since(long offset, long nanos) {
    }

    /** @param reviewAfter longer than {@code resendAfter}: until then the component may still find out */
    UncertainRecords(Duration reviewAfter) {
        this.reviewAfter = reviewAfter;
    }

    /** Returns if it is time for the review; else fails the exchange, so that the record is read again. */
    void failUntilReview(Exchange exchange) throws PostalUncertainException {
        SourceRecord record = SourceRecord.of(exchange);
        Since since = records.compute(record.partition(),
                (partition, known) -> known != null && known.offset() == record.offset()
                        ? known
                        : new Since(record.offset(), System.nanoTime()));
        if (System.nanoTime() - since.nanos() < reviewAfter.toNanos()) {
            throw exchange.getProperty(Exchange.EXCEPTION_CAUGHT, PostalUncertainException.class);
        }
    }

    void forget(Exchange exchange) {
        records.remove(SourceRecord.of(exchange).partition());
    }
}
