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
package io.github.camelpostal.sandbox.internal.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelpostal.sandbox.internal.store.Arrival;
import io.github.camelpostal.sandbox.internal.store.MailServer;

/** One of the four calls. */
interface ApiCall {
    /**
     * @param credential who calls
     * @param parameters as Postal's code sees them
     * @param mailbox    takes what is to be stored; what it has taken stays queued even when the call crashes (protocol 2.7)
     * @throws CrashException where Postal's code throws
     */
    CallResult respond(MailServer.Credential credential, ObjectNode parameters, MessageSink mailbox);

    /** Stores outgoing messages one by one, without a transaction. */
    interface MessageSink {
        Receipt store(Arrival arrival);

        /** What the response tells of a stored message. */
        record Receipt(long id, String token) {
        }
    }
}
