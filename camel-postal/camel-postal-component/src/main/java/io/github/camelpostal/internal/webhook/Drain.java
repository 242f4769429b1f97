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

import java.io.IOException;
import java.io.InputStream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Throws the unread rest of a body away, because Postal reads no answer before it has written everything, and a
 * connection that breaks while it writes freezes an event for ever (contract 5.4).
 */
final class Drain {

    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
    private static final int BUFFER_SIZE = 16 * 1024;

    private Drain() {
    }

    /** Reads to the end, or to the deadline and then has the connection closed after the answer. */
    static void rest(HttpRequest request, Deadline deadline) {
        try {
            InputStream in = request.body(deadline);
            byte[] thrownAway = new byte[BUFFER_SIZE];
            while (!deadline.hasPassed()) {
                if (in.read(thrownAway) < 0) {
                    return;
                }
            }
        } catch (IOException e) {
            LOG.debug("The rest of a refused body did not arrive", e);
        }
        request.closeAfterAnswer();
    }
}
