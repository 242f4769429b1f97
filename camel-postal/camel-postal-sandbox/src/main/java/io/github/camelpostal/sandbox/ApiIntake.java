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
package io.github.camelpostal.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.github.camelpostal.sandbox.internal.delivery.ServerOffice;
import io.github.camelpostal.sandbox.internal.http.Calls;
import io.github.camelpostal.sandbox.internal.store.Changes;
import io.github.camelpostal.sandbox.internal.store.Message;

/**
 * Queues what an API call has stored. Usually that is done after the answer, so that nobody is told of a message that he does
 * not know yet. In virtual time it is done before: nothing happens until time passes, and then nothing may be missing.
 */
final class ApiIntake implements Calls.Intake {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ServerOffice office;
    private final Changes changes;
    private final boolean queuesFirst;

    /** For one call. */
    ApiIntake(ServerOffice office, Changes changes, boolean virtualTime) {
        this.office = office;
        this.changes = changes;
        this.queuesFirst = virtualTime || office.faults().tellsBeforeAnswering();
    }

    @Override
    public void beforeTheAnswer(List<Message> messages) {
        if (queuesFirst) {
            messages.forEach(office::queue);
        }
        if (office.faults().tellsBeforeAnswering()) {
            changes.await(() -> Optional.of(messages)
                    .filter(all -> all.stream().allMatch(message -> office.isTold(message.id()))), PATIENCE);
        }
    }

    @Override
    public void afterTheAnswer(List<Message> messages) {
        if (!queuesFirst) {
            messages.forEach(office::queue);
        }
    }
}
