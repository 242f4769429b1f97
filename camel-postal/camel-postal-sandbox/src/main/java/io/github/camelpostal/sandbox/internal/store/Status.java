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
package io.github.camelpostal.sandbox.internal.store;

/** A message's status, which is that of its newest delivery row (protocol 2.11). */
public enum Status {
    PENDING("Pending"), SENT("Sent"), SOFT_FAIL("SoftFail"), HARD_FAIL("HardFail"), HELD("Held"), HOLD_CANCELLED(
            "HoldCancelled"), BOUNCED("Bounced"), PROCESSED("Processed"), ERROR("Error");

    private final String text;

    Status(String text) {
        this.text = text;
    }

    /** Postal's word for it. */
    public String text() {
        return text;
    }
}
