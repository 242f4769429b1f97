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

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** One line of the configuration file. */
enum Setting {
    SERVER, EMAIL, API_KEY;

    /** As in the file and on the command line: {@code server}, {@code email}, {@code api_key}. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws ConfigException when there is no such setting */
    static Setting of(String key) {
        return Arrays.stream(values()).filter(setting -> setting.key().equals(key)).findFirst()
                .orElseThrow(() -> new ConfigException("There is no setting '" + key + "'; there are "
                        + Arrays.stream(values()).map(Setting::key).collect(Collectors.joining(", "))));
    }
}
