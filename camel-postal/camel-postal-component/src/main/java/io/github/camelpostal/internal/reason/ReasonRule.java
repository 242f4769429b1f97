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
package io.github.camelpostal.internal.reason;

import java.util.List;

import io.github.camelpostal.payload.FailureReason.Category;

/**
 * One rule of the rules file: all conditions that it names must hold, and in each condition one of the alternatives.
 *
 * @param line       where it stands in its file, for messages
 * @param deliveries Postal's statuses
 * @param details    beginnings of Postal's own sentence, each optionally with something that must follow
 * @param texts      what the other server says, each optionally with something that must follow
 * @param exceptions what it must not say
 * @param codes      enhanced status codes
 * @param replies    reply codes; {@code none}: the text has no reply code, so the network speaks
 * @param never      true if the text says too little about the address to call it dead
 * @param weak       true if it is asked only where the single words of a reply say nothing
 * @param examples   tests of the rule: an output, or status, details and output
 */
record ReasonRule(String name, int line, Category category, List<String> deliveries, List<Wording> details,
        List<Wording> texts, List<Wording> exceptions, List<CodeRange> codes, List<String> replies, boolean never,
        boolean weak, List<Example> examples) {

    /**
     * Words, and optionally others somewhere behind them.
     *
     * @param then empty text if nothing has to follow
     */
    record Wording(String words, String then) {
    }

    /**
     * What Postal reports of an attempt.
     */
    record Example(String status, String details, String output) {
    }

    /**
     * Enhanced status codes of a type and a subject, from one detail to another.
     *
     * @param type 4, 5, or 0 for both
     */
    record CodeRange(int type, int subject, int from, int to) {

        boolean contains(ServerReply.EnhancedCode code) {
            return (type == 0 || type == code.type()) && subject == code.subject() && from <= code.detail()
                    && code.detail() <= to;
        }
    }

    boolean hasReply(int reply) {
        for (String allowed : replies) {
            boolean same = switch (allowed) {
                case "none" -> reply == 0;
                case "4xx" -> reply / 100 == 4;
                case "5xx" -> reply / 100 == 5;
                default -> Integer.parseInt(allowed) == reply;
            };
            if (same) {
                return true;
            }
        }
        return replies.isEmpty();
    }
}
