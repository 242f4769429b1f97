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
package io.github.camelpostal.sandbox.internal.delivery;

import io.github.camelpostal.sandbox.internal.store.Message;

/**
 * One message in the hands of a worker.
 *
 * @param attempt counted from 1
 * @param manual  a person has released it or asked for another attempt, which skips the holds (protocol 2.14)
 * @param batch   what is known from the messages before it
 */
record DeliveryTask(Message message, int attempt, boolean manual, DeliveryBatch batch) {
    DeliveryTask with(Message changed) {
        return new DeliveryTask(changed, attempt, manual, batch);
    }
}
