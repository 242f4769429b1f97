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

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

import io.github.camelpostal.AcceptedKinds;
import io.github.camelpostal.BodyFormat;
import io.github.camelpostal.EventDirection;

/**
 * What a consumer was told to do, checked and in the terms of this package.
 *
 * @param path               where it is mounted, for log lines
 * @param events             names of the events that are routed; empty means all
 * @param processingTimeout  from the arrival of the request head to the answer
 * @param maxInFlight        exchanges at once, late ones included
 * @param maxBodySize        in bytes
 * @param spoolThreshold     in bytes; what is larger goes to a file
 * @param spoolDirectory     where those files are made
 * @param maxSpoolSize       in bytes, of all those files
 * @param bridgeErrorHandler whether the route's error handler decides about what is signed but not understood
 */
public record ReceiverSettings(
        String path,
        AcceptedKinds accept,
        Set<String> events,
        EventDirection direction,
        BodyFormat bodyFormat,
        BasicCredentials credentials,
        Duration processingTimeout,
        int maxInFlight,
        long maxBodySize,
        long spoolThreshold,
        Path spoolDirectory,
        long maxSpoolSize,
        boolean bridgeErrorHandler) {
}
