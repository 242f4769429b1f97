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
package io.github.camelpostal.internal.webhook;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.camelpostal.internal.time.Alarm;
import org.jspecify.annotations.Nullable;

/** The one response to one request: given by the work, or by the deadline if that comes first. */
final class PendingResponse {

    private final CompletableFuture<WebhookResponse> response = new CompletableFuture<>();
    private final AtomicBoolean decided = new AtomicBoolean();
    private volatile @Nullable Alarm alarm;

    /** @param atDeadline called when the deadline passes before the response is given */
    void expireAt(Deadline deadline, Runnable atDeadline) {
        alarm = Alarm.in(deadline.remainingNanos(), atDeadline);
        if (response.isDone()) {
            callOff();
        }
    }

    CompletionStage<WebhookResponse> stage() {
        return response;
    }

    /** The deadline has passed: unless the work has decided to respond, Postal gets this one and will try again. */
    void expire(WebhookResponse instead) {
        if (willBeSent()) {
            give(instead);
        }
    }

    /**
     * Decides, once and for all, whether the result of the work becomes the response.
     *
     * @return false if the deadline came first
     */
    boolean willBeSent() {
        return decided.compareAndSet(false, true);
    }

    /** The first one counts. */
    void give(WebhookResponse given) {
        response.complete(given);
        callOff();
    }

    /** The alarms of 4 s of requests would otherwise keep them in memory. */
    private void callOff() {
        Alarm set = alarm;
        if (set != null) {
            set.cancel();
        }
    }
}
