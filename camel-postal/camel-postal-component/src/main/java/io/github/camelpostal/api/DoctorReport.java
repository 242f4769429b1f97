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
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * What {@link PostalDoctor} found, in the order in which it looked.
 *
 * @param checks one for each thing that was checked, or would have been
 */
public record DoctorReport(List<DoctorCheck> checks) {

    public DoctorReport {
        checks = List.copyOf(checks);
    }

    /** Whether nothing has failed; there may be warnings. */
    public boolean isHealthy() {
        return checks.stream().noneMatch(check -> check.status() == DoctorCheck.Status.FAILED);
    }

    /** The check of this name; empty if the report has none. */
    public Optional<DoctorCheck> check(String name) {
        return checks.stream().filter(check -> check.name().equals(name)).findFirst();
    }

    /** The same for JSON: {@code healthy} and {@code checks}. */
    @JsonValue
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("healthy", isHealthy());
        map.put("checks", checks.stream().map(DoctorCheck::toMap).toList());
        return map;
    }
}
