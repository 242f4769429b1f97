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
package io.github.camelpostal.sandbox.delivery;

import java.util.List;

import io.github.camelpostal.sandbox.store.Message;

/**
 * What follows from one attempt.
 *
 * @param retry   whether the same message is tried again, when the schedule says so
 * @param newMail messages that came into being and are still to be queued
 */
record Next(boolean retry, List<Message> newMail) {
    static final Next DONE = new Next(false, List.of());
    static final Next RETRY = new Next(true, List.of());

    static Next doneAnd(Message message) {
        return new Next(false, List.of(message));
    }
}
