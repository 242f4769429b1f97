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

/**
 * The four calls that Postal's API has (contract 2.1), and the probe that is made of one of them.
 */
enum ApiCall {

    SEND_MESSAGE("send", "send/message", true), SEND_RAW("sendRaw", "send/raw", true), MESSAGE("read", "messages/message",
            false), DELIVERIES("deliveries", "messages/deliveries", false), PROBE("probe", "messages/message", false);

    private final String operation;
    private final String path;
    private final boolean send;

    ApiCall(String operation, String path, boolean send) {
        this.operation = operation;
        this.path = path;
        this.send = send;
    }

    /** The name that users know, {@link PostalException#operation()}. */
    String operation() {
        return operation;
    }

    /** What follows {@code /api/v1/}. */
    String path() {
        return path;
    }

    /** Whether repeating it may make a duplicate. */
    boolean isSend() {
        return send;
    }

    /** For texts: the operation and Postal's own name of the call. */
    @Override
    public String toString() {
        return operation + " (" + path + ")";
    }
}
