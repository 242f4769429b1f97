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

import java.util.List;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/** A request and its first answer. */
final class FirstAnswer implements AggregationStrategy {

    @Override
    public Exchange aggregate(Exchange waiting, Exchange arrived) {
        if (waiting == null) {
            return arrived;
        }
        if (waiting.getMessage().getHeader(Answer.RESULT) == null) {
            for (String name : List.of(Answer.RESULT, Answer.ID, Answer.BY, Answer.TELL)) {
                Object value = arrived.getMessage().getHeader(name);
                if (value != null) {
                    waiting.getMessage().setHeader(name, value);
                }
            }
        }
        return waiting;
    }
}
