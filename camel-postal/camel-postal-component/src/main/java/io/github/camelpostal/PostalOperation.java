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
package io.github.camelpostal;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What stands between {@code postal:} and the question mark of a URI.
 */
public enum PostalOperation {

    /** Sends a message, as {@code send/message} or, where that call cannot express it, as {@code send/raw}. */
    SEND("send", true),
    /** Sends a complete RFC 5322 message. */
    SEND_RAW("sendRaw", true),
    /** Reads one stored message. */
    READ("read", true),
    /** Reads the delivery attempts of one message. */
    DELIVERIES("deliveries", true),
    /** Receives what Postal posts: delivery events and inbound mail. */
    WEBHOOK("webhook", false),
    /** Shows recipients a page on which they leave, and takes the request of their mail program (RFC 8058). */
    UNSUBSCRIBE("unsubscribe", false);

    private final String uriName;
    private final boolean producer;

    PostalOperation(String uriName, boolean producer) {
        this.uriName = uriName;
        this.producer = producer;
    }

    /** The operation of that name, spelled exactly as in the URI; empty when there is none. */
    public static Optional<PostalOperation> byName(String name) {
        return Arrays.stream(values()).filter(operation -> operation.uriName.equals(name)).findFirst();
    }

    /** All names, for messages that tell a user what may be written. */
    public static String names() {
        return Arrays.stream(values()).map(PostalOperation::toString).collect(Collectors.joining(", "));
    }

    /** The names of the operations that a producer can run. */
    public static String producerNames() {
        return Arrays.stream(values()).filter(PostalOperation::isProducer).map(PostalOperation::toString)
                .collect(Collectors.joining(", "));
    }

    /** Whether this operation calls Postal; the other one is called by it. */
    public boolean isProducer() {
        return producer;
    }

    @Override
    public String toString() {
        return uriName;
    }
}
