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
package io.github.camelpostal.internal.client;

import io.github.camelpostal.api.PostalException;

/**
 * The four calls that Postal's API has (protocol 2.1), and the probes that are made of two of them.
 */
public enum ApiCall {

    SEND_MESSAGE("send", "send/message"), SEND_RAW("sendRaw", "send/raw"), MESSAGE("read",
            "messages/message"), DELIVERIES("deliveries",
                    "messages/deliveries"), PROBE("probe", "messages/message"), SENDER_PROBE("probe", "send/message");

    private final String operation;
    private final String path;

    ApiCall(String operation, String path) {
        this.operation = operation;
        this.path = path;
    }

    /** The name that users know, {@link PostalException#operation()}. */
    public String operation() {
        return operation;
    }

    /** What follows {@code /api/v1/}. */
    String path() {
        return path;
    }

    /** Whether repeating it may make a duplicate. */
    boolean isSend() {
        return switch (this) {
            case SEND_MESSAGE, SEND_RAW -> true;
            case MESSAGE, DELIVERIES, PROBE, SENDER_PROBE -> false;
        };
    }

    /** For texts: the operation and Postal's own name of the call. */
    @Override
    public String toString() {
        return operation + " (" + path + ")";
    }
}
