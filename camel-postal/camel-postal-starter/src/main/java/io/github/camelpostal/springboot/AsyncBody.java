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
import java.nio.ByteBuffer;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;

import io.github.camelpostal.internal.webhook.BodyReceiver;
import org.jspecify.annotations.Nullable;

/**
 * Hands a body over as it arrives. No thread waits for the client: the container calls when there is something to read.
 *
 * <p>Only the container's thread reads: an error that another thread meets there is never reported to the container in full,
 * and Tomcat then counts the request as active for ever.
 */
final class AsyncBody implements ReadListener {

    private static final int PIECE = 8 * 1024;

    private final ServletInputStream body;
    private final BodyReceiver receiver;
    private byte @Nullable [] piece;

    AsyncBody(ServletInputStream body, BodyReceiver receiver) {
        this.body = body;
        this.receiver = receiver;
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] room = piece == null ? new byte[PIECE] : piece;
        piece = room;
        while (receiver.isOpen() && body.isReady()) {
            int count = body.read(room);
            if (count < 0) {
                return;
            }
            receiver.received(ByteBuffer.wrap(room, 0, count));
        }
    }

    @Override
    public void onAllDataRead() {
        receiver.completed();
    }

    @Override
    public void onError(Throwable cause) {
        receiver.failed(cause);
    }
}
