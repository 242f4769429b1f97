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

import java.util.Objects;

/**
 * An extra header field of an outgoing message.
 *
 * @param name  a field name of RFC 5322: printable ASCII without colon
 * @param value unfolded and not yet encoded; line breaks in it never become a field of their own
 */
public record MailHeader(String name, String value) {

    /** @throws IllegalArgumentException if the name is none */
    public MailHeader {
        Objects.requireNonNull(value, "value");
        if (name.isEmpty() || !name.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != ':')) {
            throw new IllegalArgumentException(
                    "A mail header's name consists of printable ASCII characters without space and colon (RFC 5322, 3.6.8)");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
