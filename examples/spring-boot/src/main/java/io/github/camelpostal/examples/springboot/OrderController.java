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

import java.util.List;

import org.apache.camel.ProducerTemplate;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The shop's door: an ordinary Spring controller beside the routes. */
@RestController
@RequestMapping("/orders")
class OrderController {
    private final Orders orders;
    private final ProducerTemplate camel;

    OrderController(Orders orders, ProducerTemplate camel) {
        this.orders = orders;
        this.camel = camel;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    Order place(@RequestBody Order order) {
        Order placed = orders.place(new Order(order.number(), order.customer(), order.item(), null, null));
        if (placed.confirmation() == null) {
            camel.sendBody("direct:confirm", placed);
        }
        return orders.find(placed.number()).orElse(placed);
    }

    @GetMapping
    List<Order> all() {
        return orders.all();
    }
}
