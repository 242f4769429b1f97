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
package io.github.camelpostal.examples.approvalbymail;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/** A request and the answer that stands. */
final class FirstAnswer implements AggregationStrategy {

    /** The answer is of a request whose result is on its way: alone it would make a second one. */
    static final class NothingWaitsException extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    @Override
    public Exchange aggregate(Exchange waiting, Exchange arrived) {
        Object result = arrived.getMessage().getHeader(Answer.RESULT);
        if (waiting == null && result != null) {
            throw new NothingWaitsException();
        }
        if (waiting == null) {
            return arrived;
        }
        if (result != null) { // otherwise the broker has delivered the request again
            waiting.getMessage().setHeader(Answer.RESULT, result);
        }
        return waiting;
    }
}
