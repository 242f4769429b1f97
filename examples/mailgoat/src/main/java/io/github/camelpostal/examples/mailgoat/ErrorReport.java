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
package io.github.camelpostal.examples.mailgoat;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.github.camelpostal.api.PostalException;
import io.github.camelpostal.api.PostalUncertainException;

/** What went wrong, as a sentence and as an exit code. */
record ErrorReport(Output output) {

    int write(Exception failure) {
        ExitCode code = ExitCode.of(failure);
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("kind", code.name().toLowerCase(Locale.ROOT));
        if (failure instanceof PostalException postal) {
            error.put("code", postal.rawCode());
        }
        error.put("message", text(failure));
        output.failure("mailgoat: " + text(failure), Map.of("error", error));
        return code.number();
    }

    private static String text(Exception failure) {
        String text = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return failure instanceof PostalUncertainException
                ? text + ". It may have been sent. With --key, repeat the same command a little later; else look in Postal before you do"
                : text;
    }
}
