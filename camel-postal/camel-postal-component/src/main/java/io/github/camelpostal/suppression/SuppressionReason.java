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
package io.github.camelpostal.suppression;

import java.util.Locale;

/** Why a recipient is on the list. */
public enum SuppressionReason {
    /** There is no such mailbox. */
    UNKNOWN_USER(true),
    /** The mailbox is closed. */
    INACTIVE(true),
    /** The domain does not exist or takes no mail. */
    UNKNOWN_DOMAIN(true),
    /** The mailbox is full. */
    MAILBOX_FULL(true),
    /** Postal gave up. */
    EXPIRED(true),
    /** The recipient called a mail of ours spam. */
    COMPLAINT(false),
    /** The recipient left. */
    UNSUBSCRIBE(false),
    /** Someone put the address on the list. */
    MANUAL(false);

    private final boolean bounce;

    SuppressionReason(boolean bounce) {
        this.bounce = bounce;
    }

    /** Whether a later mail that arrives proves the entry wrong. */
    public boolean isBounce() {
        return bounce;
    }

    /** The word in files: {@code unknown-user}, {@code complaint}, ... */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The reason with this {@link #text()}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static SuppressionReason of(String text) {
        for (SuppressionReason reason : values()) {
            if (reason.text().equals(text)) {
                return reason;
            }
        }
        throw new IllegalArgumentException("No reason is called " + text);
    }
}
