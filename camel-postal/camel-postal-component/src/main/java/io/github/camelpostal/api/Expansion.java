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

import java.util.Arrays;
import java.util.Optional;

/**
 * The sections of a stored message that Postal sends only when asked for (protocol 2.9).
 */
public enum Expansion {

    /** Where the message stands. */
    STATUS("status"),
    /** Envelope, subject, size, direction, tag. */
    DETAILS("details"),
    /** What the spam and virus scanners said. */
    INSPECTION("inspection"),
    /** The first text part. */
    PLAIN_BODY("plain_body"),
    /** The first HTML part. */
    HTML_BODY("html_body"),
    /** The attachments with their content. */
    ATTACHMENTS("attachments"),
    /** All header fields, decoded. */
    HEADERS("headers"),
    /** The complete message. */
    RAW_MESSAGE("raw_message"),
    /** Opened and clicked. */
    ACTIVITY_ENTRIES("activity_entries");

    private final String postalName;

    Expansion(String postalName) {
        this.postalName = postalName;
    }

    /** The expansion that Postal calls so, in any case; empty when there is none. */
    public static Optional<Expansion> byName(String postalName) {
        return Arrays.stream(values()).filter(expansion -> expansion.postalName.equalsIgnoreCase(postalName)).findFirst();
    }

    /** As Postal writes it. */
    public String postalName() {
        return postalName;
    }

    @Override
    public String toString() {
        return postalName;
    }
}
