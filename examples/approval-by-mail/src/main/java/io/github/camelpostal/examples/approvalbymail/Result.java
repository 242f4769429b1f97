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
package io.github.camelpostal.examples.approvalbymail;

import java.util.List;
import java.util.Locale;

/** What became of a request. */
enum Result {

    YES, NO,
    /** Somebody replied, and a person has to read it. */
    UNCLEAR,
    /** The question did not reach anybody. */
    UNDELIVERABLE, TIMEOUT;

    private static final List<String> YES_WORDS = List.of("yes", "y", "ok", "okay", "approved", "ja", "oui", "si", "sí");
    private static final List<String> NO_WORDS = List.of("no", "n", "not approved", "rejected", "nein", "non");

    /** Reads the first line of a reply: one of a few words and no more, because "yes, but" is not yes. */
    static Result of(String replyText) {
        String line = replyText.strip().lines().findFirst().orElse("").toLowerCase(Locale.ROOT)
                .replaceAll("[\\s.!,]+$", "").strip();
        if (YES_WORDS.contains(line)) {
            return YES;
        }
        return NO_WORDS.contains(line) ? NO : UNCLEAR;
    }
}
