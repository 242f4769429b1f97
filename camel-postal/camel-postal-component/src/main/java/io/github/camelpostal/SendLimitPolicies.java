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
package io.github.camelpostal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.camelpostal.payload.PostalEvent;
import io.github.camelpostal.payload.PostalPayload;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;

/** The send limit policies of a context, which its consumers of events tell what Postal says. */
final class SendLimitPolicies extends ServiceSupport {

    private final List<PostalSendLimitPolicy> policies = new CopyOnWriteArrayList<>();

    private SendLimitPolicies() {
    }

    static SendLimitPolicies of(CamelContext context) {
        synchronized (context) {
            SendLimitPolicies known = context.hasService(SendLimitPolicies.class);
            if (known == null) {
                known = new SendLimitPolicies();
                try {
                    context.addService(known, true, true);
                } catch (Exception e) {
                    throw new IllegalStateException("The context takes no service", e);
                }
            }
            return known;
        }
    }

    void add(PostalSendLimitPolicy policy) {
        if (!policies.contains(policy)) {
            policies.add(policy);
        }
    }

    void remove(PostalSendLimitPolicy policy) {
        policies.remove(policy);
    }

    /** What a consumer of that mail server has received. */
    void tell(@Nullable String server, PostalPayload payload) {
        if (payload instanceof PostalEvent event) {
            policies.stream().filter(policy -> policy.isFor(server)).forEach(policy -> policy.event(event));
        }
    }
}
