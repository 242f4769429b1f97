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

import java.nio.ByteBuffer;

/** Takes the body of a request as it arrives. Never throws. */
public interface BodyReceiver {

    /** The next bytes; ignored when nobody wants them any more. */
    void received(ByteBuffer bytes);

    /** The body is complete. */
    void completed();

    /** The client is gone, or the body is broken. Ignored after the end. */
    void failed(Throwable cause);

    /** Whether so many bytes more would be written to a disk, which an event loop must not wait for. */
    boolean wouldBlock(int count);

    /** Whether there is still somebody who wants the body, or waits for its end. */
    boolean isOpen();
}
