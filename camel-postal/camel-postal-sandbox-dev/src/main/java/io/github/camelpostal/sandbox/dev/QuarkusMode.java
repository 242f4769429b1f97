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
package io.github.camelpostal.sandbox.dev;

import org.apache.camel.CamelContext;

/** How Quarkus was started. It says so by a class; there is no property for it in a test. */
enum QuarkusMode {

    /** Another runtime. */
    NONE, NORMAL, DEVELOPMENT, TEST;

    private static final String LAUNCH_MODE = "io.quarkus.runtime.LaunchMode";

    static QuarkusMode of(CamelContext context) {
        Class<?> mode = context.getClassResolver().resolveClass(LAUNCH_MODE);
        if (mode == null) {
            return NONE;
        }
        try {
            return switch (String.valueOf(mode.getMethod("current").invoke(null))) {
                case "DEVELOPMENT" -> DEVELOPMENT;
                case "TEST" -> TEST;
                default -> NORMAL;
            };
        } catch (ReflectiveOperationException e) {
            return NORMAL; // a Quarkus that we do not know: nothing is played where mail might be lost
        }
    }
}
