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
package io.github.camelpostal.examples.kafkatomail.scaleout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import io.github.camelpostal.testing.scaleout.ScaleOutReport.Kind;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/** The records of a trial. Of each hundred one is no JSON, and one goes to an address that is refused. */
final class Orders {

    private Orders() {
    }

    /** @return what was written, by its place in the topic, such as {@code orders-3@1042} */
    static Map<String, Kind> write(String bootstrapServers, String topic, int count)
            throws ExecutionException, InterruptedException {
        Map<String, Kind> written = new LinkedHashMap<>();
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrapServers,
                "linger.ms", 20), new StringSerializer(), new StringSerializer())) {
            List<Future<RecordMetadata>> places = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                places.add(producer.send(new ProducerRecord<>(topic, "order-" + i, json(i))));
            }
            for (int i = 0; i < count; i++) {
                written.put(places.get(i).get().toString(), kind(i));
            }
        }
        return written;
    }

    private static Kind kind(int i) {
        return i % 100 == 41 || i % 100 == 83 ? Kind.DEAD_LETTER : Kind.MAIL;
    }

    private static String json(int i) {
        if (i % 100 == 41) {
            return "{\"order\": \"" + i + "\", ";
        }
        String email = i % 100 == 83 ? "zoë@customer.example" : "customer-" + i + "@customer.example";
        return """
                {"order": "%d", "email": "%s", "name": "Zoë", "total": "42.00 EUR",
                 "lines": [{"quantity": 2, "article": "Tea"}]}""".formatted(i, email);
    }
}
