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
package io.github.camelpostal.examples.springboot;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.apache.camel.Header;
import org.springframework.stereotype.Service;

/**
 * The shop's orders, in memory; a database takes its place.
 *
 * <p>Events come in no order, and one can come before the send that it is about has returned: the newest event wins, and none is
 * forgotten.
 */
@Service
public class Orders {
    private final Map<String, Order> byNumber = new TreeMap<>();
    private final Map<String, Instant> newestEvent = new HashMap<>();

    /** A new order; placing it again changes nothing. */
    public synchronized Order place(Order order) {
        return byNumber.computeIfAbsent(order.number(), number -> order);
    }

    /** Postal has queued the confirmation. */
    public synchronized void queued(@Header("orderNumber") String number) {
        byNumber.computeIfPresent(number,
                (key, order) -> order.confirmation() == null ? order.withConfirmation("queued") : order);
    }

    /**
     * A delivery event about a confirmation, which carries the order's number as its tag.
     *
     * @param number null for mail that is no confirmation
     */
    public synchronized void event(@Header("CamelPostalMessageTag") String number, @Header("CamelPostalOutcome") String outcome,
            @Header("CamelPostalEventTime") Instant time) {
        if (number == null || !byNumber.containsKey(number) || newestEvent.getOrDefault(number, Instant.MIN).isAfter(time)) {
            return;
        }
        newestEvent.put(number, time);
        byNumber.computeIfPresent(number, (key, order) -> order.withConfirmation(outcome));
    }

    /**
     * What a customer has written to {@code orders+<number>@...}.
     *
     * @return whether there is such an order
     */
    public synchronized boolean replied(@Header("CamelPostalAddressTag") String number, String text) {
        return number != null && byNumber.computeIfPresent(number, (key, order) -> order.withReply(text)) != null;
    }

    public synchronized Optional<Order> find(String number) {
        return Optional.ofNullable(byNumber.get(number));
    }

    /** By number. */
    public synchronized List<Order> all() {
        return byNumber.values().stream().sorted(Comparator.comparing(Order::number)).toList();
    }
}
