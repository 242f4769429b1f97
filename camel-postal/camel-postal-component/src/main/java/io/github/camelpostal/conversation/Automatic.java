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
package io.github.camelpostal.conversation;

/**
 * Tells who wrote an inbound mail: a person, or one of the programs that write mail. A route reads it to keep an
 * out-of-office note from deciding a request, and to keep two programs from writing to each other for ever.
 * <p>
 * The header {@code CamelPostalAutomatic} carries {@link #headerValue()}.
 */
public enum Automatic {

    /** A person, as far as the header fields show. */
    HUMAN("human"),

    /** A program that reacted to a mail: out of office, vacation, acknowledgement of receipt. */
    AUTO_REPLY("auto-reply"),

    /** A program that wrote on its own: a notification, a read receipt, a complaint report. */
    AUTO_GENERATED("auto-generated"),

    /** A mailing list or a newsletter. */
    BULK("bulk"),

    /** A mail server that reports what became of a mail: not delivered, delayed, delivered. */
    BOUNCE("bounce");

    private final String headerValue;

    Automatic(String headerValue) {
        this.headerValue = headerValue;
    }

    /**
     * Returns the value of the header {@code CamelPostalAutomatic}: lower case, words joined by a hyphen.
     */
    public String headerValue() {
        return headerValue;
    }
}
