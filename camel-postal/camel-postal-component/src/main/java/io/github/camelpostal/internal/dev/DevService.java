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
package io.github.camelpostal.internal.dev;

import org.apache.camel.CamelContext;

/**
 * What the component asks for a Postal while an application is developed: camel-postal-sandbox-dev, if it is on the classpath.
 *
 * <p>It is found by Camel's factory finder, which looks where the application's classes are. {@code ContextServicePlugin} would
 * not do: Camel looks for plugins in the class loader of the JVM if the application has not named one, and under
 * {@code mvn exec:java} our classes are in another.
 */
public interface DevService {

    /** The name of the file below {@code META-INF/services/org/apache/camel/}. */
    String KEY = "postal-dev-service";

    /** Starts what the application lacks. Called once for each context, before its first endpoint is made. */
    void start(CamelContext context);
}
