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
package io.github.camelpostal.examples.quickstart;

import java.text.Normalizer;

/** Makes file names from names that a stranger chose. */
final class SafeName {

    private static final int MAX_LENGTH = 100;

    private SafeName() {
    }

    /**
     * A name of ASCII letters, digits, dots, dashes and underscores that stays in its folder, hides nothing and is different
     * for each number.
     *
     * @param name   such as {@code ../../Müllabfuhr "Plan".pdf}; may be null
     * @param number the place of the attachment in its mail, from 1
     * @return       such as {@code 1-Mullabfuhr_Plan_.pdf}
     */
    static String of(String name, int number) {
        String given = name == null ? "" : name;
        String last = given.substring(1 + Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')));
        String ascii = Normalizer.normalize(last, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "")
                .replaceAll("[^A-Za-z0-9._-]+", "_")
                .replaceAll("^[._-]+|[._]+$", "");
        String tail = ascii.substring(Math.max(0, ascii.length() - MAX_LENGTH)); // the end, because it has the extension
        return number + "-" + (tail.isEmpty() ? "attachment" : tail);
    }
}
