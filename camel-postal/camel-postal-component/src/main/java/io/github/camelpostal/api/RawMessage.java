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

import java.util.List;
import java.util.Objects;

import io.github.camelpostal.payload.Content;

/**
 * A complete RFC 5322 message for {@code send/raw} (protocol 2.8). Postal adds no Date, Message-ID or Received to it.
 *
 * @param mailFrom the sender that events show; it is not the envelope sender, which is Postal's own
 * @param rcptTo   bare addresses, used as they are: a display name would break the delivery
 * @param data     the message, read when it is sent
 * @param bounce   whether it is a bounce: sent with the null envelope sender, and none is ever generated for it
 */
public record RawMessage(String mailFrom, List<String> rcptTo, Content data, boolean bounce) {

    public RawMessage {
        rcptTo = List.copyOf(rcptTo);
        Objects.requireNonNull(data, "data");
    }

    /** The same message for other recipients. */
    public RawMessage withRcptTo(List<String> addresses) {
        return new RawMessage(mailFrom, addresses, data, bounce);
    }

    @Override
    public String toString() {
        return "RawMessage[" + rcptTo.size() + " recipients" + (bounce ? ", bounce" : "") + "]";
    }
}
