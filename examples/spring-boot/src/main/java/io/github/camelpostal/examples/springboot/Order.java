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

/**
 * What a customer has ordered, and how far the confirmation got.
 *
 * @param number       the shop's own
 * @param customer     mail address
 * @param item         what was ordered
 * @param confirmation {@code queued}, then the outcome of the newest delivery event; null before it was sent
 * @param reply        what the customer wrote back; null without a reply
 */
public record Order(String number, String customer, String item, String confirmation, String reply) {

    Order withConfirmation(String state) {
        return new Order(number, customer, item, state, reply);
    }

    Order withReply(String text) {
        return new Order(number, customer, item, confirmation, text);
    }
}
