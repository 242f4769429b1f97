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
package io.github.camelpostal.memory;

/** The sizes of the tests in this package: small where every build runs them, full with {@code -Plong}. */
final class SizeOf {

    static final long MIB = 1024L * 1024;
    static final boolean FULL = Boolean.getBoolean("postal.memory.full");

    private SizeOf() {
    }

    /** In MiB. */
    static long mebibytes(long inEveryBuild, long full) {
        return FULL ? full : inEveryBuild;
    }
}
