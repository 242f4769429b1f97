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
package io.github.camelpostal.springboot;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.function.Supplier;

import io.github.camelpostal.internal.webhook.Deadline;

/**
 * A body that is not read after its deadline, however slowly it trickles in, for requests that cannot be processed
 * asynchronously. It cannot wake a thread that waits for the next byte: the container's own time-out does that.
 */
final class PunctualStream extends InputStream {

    private final InputStream body;
    private final Supplier<Deadline> deadline;

    PunctualStream(InputStream body, Supplier<Deadline> deadline) {
        this.body = body;
        this.deadline = deadline;
    }

    @Override
    public int read() throws IOException {
        inTime();
        return body.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        inTime();
        return body.read(target, offset, length);
    }

    private void inTime() throws InterruptedIOException {
        if (deadline.get().hasPassed()) {
            throw new InterruptedIOException("The body did not arrive in time");
        }
    }
}
