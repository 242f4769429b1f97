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

import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.function.Supplier;

import io.github.camelpostal.payload.PostalPayload;
import org.jspecify.annotations.Nullable;

/**
 * A mail that {@link PostalDoctor} sends to an address of a route of the same mail server, to see whether it arrives.
 *
 * @param address  where to; its mail must come in at the mail server and go to an HTTP endpoint
 * @param from     who it is from; the mail server must be allowed to send from it
 * @param timeout  how long to wait for each step
 * @param received what the application has received from Postal so far, asked again and again; null where nobody can say
 */
public record DoctorLoop(String address, String from, Duration timeout,
        @Nullable Supplier<? extends Collection<? extends PostalPayload>> received) {

    public DoctorLoop {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(timeout, "timeout");
    }

    /** One that waits a minute for each step and asks nobody what was received. */
    public static DoctorLoop of(String address, String from) {
        return new DoctorLoop(address, from, Duration.ofMinutes(1), null);
    }

    public DoctorLoop withTimeout(Duration newTimeout) {
        return new DoctorLoop(address, from, newTimeout, received);
    }

    /** @param everything what the application has received from Postal so far, such as a list that a route fills */
    public DoctorLoop withReceived(Supplier<? extends Collection<? extends PostalPayload>> everything) {
        return new DoctorLoop(address, from, timeout, everything);
    }

    /** Without addresses. */
    @Override
    public String toString() {
        return "DoctorLoop[" + timeout + "]";
    }
}
