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

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * One line of a {@link DoctorReport}. None of its texts holds a key, a password or the content of a mail.
 *
 * @param name    what was checked, a word that scripts can rely on, such as {@code host} or {@code spf}
 * @param status  how it is
 * @param finding what was found
 * @param remedy  what to do; empty where there is nothing to do
 */
public record DoctorCheck(String name, Status status, String finding, String remedy) {

    /** How something is that was checked. */
    public enum Status {
        /** As it should be. */
        OK,
        /** Mail goes through, but something should be looked at, or could not be checked. */
        WARNING,
        /** Something does not work. */
        FAILED
    }

    /** The same for JSON: {@code name}, {@code status} in lower case, {@code finding}, {@code remedy}. */
    @JsonValue
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("status", status.name().toLowerCase(Locale.ROOT));
        map.put("finding", finding);
        map.put("remedy", remedy);
        return map;
    }
}
