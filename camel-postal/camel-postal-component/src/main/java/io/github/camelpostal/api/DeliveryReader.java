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
package io.github.camelpostal.api;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * Reads what Postal answers to {@code messages/deliveries} (contract 2.10).
 */
final class DeliveryReader {

    /** Postal shows the URL of an HTTP endpoint with the user and password in it. */
    private static final Pattern CREDENTIALS = Pattern.compile("(?i)(https?://)[^/?#\\s]*@");

    private DeliveryReader() {
    }

    static List<Delivery> readAll(JsonParser json) throws IOException {
        JsonNode data = json.readValueAsTree();
        if (!data.isArray()) {
            throw new UnreadableAnswerException("its data is no list");
        }
        List<Delivery> deliveries = new ArrayList<>(data.size());
        for (JsonNode delivery : data) {
            deliveries.add(read(delivery));
        }
        return List.copyOf(deliveries);
    }

    private static Delivery read(JsonNode delivery) throws IOException {
        return new Delivery(Lenient.requiredInteger(delivery, "id"), Lenient.requiredText(delivery, "status"),
                Lenient.text(delivery, "details").map(DeliveryReader::withoutCredentials), Lenient.text(delivery, "output"),
                Lenient.flag(delivery, "sent_with_ssl"), Lenient.text(delivery, "log_id"), Lenient.number(delivery, "time"),
                Lenient.requiredTime(delivery, "timestamp"));
    }

    private static String withoutCredentials(String details) {
        return CREDENTIALS.matcher(details).replaceAll("$1");
    }
}
