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
 * Tells whether a reply comes from an address that its conversation was sent to. Both are normal: people reply from an
 * alias, and a forwarded mail is answered by somebody else. A route that moves money looks at it; most do not.
 * <p>
 * The header {@code CamelPostalConversationSender} carries {@link #headerValue()}.
 */
public enum ConversationSender {

    /** One of the addresses that the mail was sent to. */
    EXPECTED("expected"),

    /** Any other address, or none that can be read. */
    OTHER("other");

    private final String headerValue;

    ConversationSender(String headerValue) {
        this.headerValue = headerValue;
    }

    /**
     * Returns the value of the header {@code CamelPostalConversationSender}, in lower case.
     */
    public String headerValue() {
        return headerValue;
    }
}
