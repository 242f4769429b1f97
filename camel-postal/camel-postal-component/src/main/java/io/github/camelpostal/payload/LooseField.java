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
package io.github.camelpostal.payload;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what it can out of a header field that breaks the grammar, as many mail programs write it:
 * {@code attachment; filename=my file.pdf}.
 */
final class LooseField {

    private static final Pattern NAME = Pattern.compile("(?i)[;\\s](?:file)?name\\s*=\\s*(?:\"([^\"]*)\"?|([^;]*))");
    private static final Pattern END_OF_KIND = Pattern.compile("[;\\s]");

    private LooseField() {
    }

    /** What stands in front of the parameters, such as {@code attachment}. */
    static String kind(String field) {
        return END_OF_KIND.split(field.strip(), 2)[0];
    }

    /** The parameter {@code filename}, or {@code name} as a Content-Type has it. */
    static Optional<String> filename(String field) {
        Matcher name = NAME.matcher(field);
        if (!name.find()) {
            return Optional.empty();
        }
        String found = name.group(1) != null ? name.group(1) : name.group(2);
        return Optional.of(found.strip()).filter(text -> !text.isEmpty());
    }
}
