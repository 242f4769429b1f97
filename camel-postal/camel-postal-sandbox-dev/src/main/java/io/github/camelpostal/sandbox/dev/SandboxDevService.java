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

import io.github.camelpostal.internal.dev.DevService;
import org.apache.camel.CamelContext;

/**
 * Gives a Camel application a Postal to talk to while it is developed: a {@link io.github.camelpostal.sandbox.PostalSandbox} in
 * its process. The component finds it by {@code META-INF/services/org/apache/camel/postal-dev-service}.
 *
 * <p>It acts in the profiles dev and test only ({@code camel.main.profile}, Spring's active profiles, Quarkus' launch mode), and
 * only if no {@code serverUrl}, {@code servers}, {@code apiKey} or {@code publicKey} is set anywhere.
 * {@code camel.postal.dev.enabled=false} switches it off. Tests find the sandbox in the registry, by its type.
 */
public final class SandboxDevService implements DevService {

    @Override
    public void start(CamelContext context) {
        SandboxLifecycle lifecycle = new SandboxLifecycle();
        if (lifecycle.start(context)) {
            context.addLifecycleStrategy(lifecycle);
        }
    }
}
