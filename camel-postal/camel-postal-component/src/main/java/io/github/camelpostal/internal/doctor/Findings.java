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
package io.github.camelpostal.internal.doctor;

import java.util.ArrayList;
import java.util.List;

import io.github.camelpostal.api.DoctorCheck;

/** Collects what was found. */
public final class Findings {

    private final List<DoctorCheck> checks = new ArrayList<>();

    public void ok(String name, String finding) {
        checks.add(new DoctorCheck(name, DoctorCheck.Status.OK, finding, ""));
    }

    public void warning(String name, String finding, String remedy) {
        checks.add(new DoctorCheck(name, DoctorCheck.Status.WARNING, finding, remedy));
    }

    public void failed(String name, String finding, String remedy) {
        checks.add(new DoctorCheck(name, DoctorCheck.Status.FAILED, finding, remedy));
    }

    /** Whether there is a line about this. */
    public boolean hasChecked(String name) {
        return checks.stream().anyMatch(check -> check.name().equals(name));
    }

    /** Whether one of these has failed. */
    public boolean hasFailed(String... names) {
        return checks.stream().anyMatch(
                check -> check.status() == DoctorCheck.Status.FAILED && List.of(names).contains(check.name()));
    }

    /** In the order in which they were found. */
    public List<DoctorCheck> checks() {
        return List.copyOf(checks);
    }
}
