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
package io.github.camelpostal.payload;

import java.util.Optional;

import io.github.camelpostal.internal.reason.ReasonClassifier;
import org.jspecify.annotations.Nullable;

/**
 * Says why an attempt to deliver a mail failed. {@code PostalClient} can be given rules of one's own, as the option
 * {@code reasonRules} gives them to endpoints. Safe for use by several threads.
 */
@FunctionalInterface
public interface ReasonRules {

    /**
     * The reason of an attempt; empty if it did not fail.
     *
     * @param status  Postal's word, {@code HardFail}, {@code SoftFail}, {@code Held}, {@code Error}, ...
     * @param details Postal's own sentence; null or empty where it says nothing
     * @param output  what the other server or the network said; null or empty where it said nothing
     */
    Optional<FailureReason> classify(String status, @Nullable String details, @Nullable String output);

    /** The rules that come with the component. They are read when they are first asked: who only sends needs none. */
    static ReasonRules standard() {
        return (status, details, output) -> ReasonClassifier.standard().classify(status, details, output);
    }

    /**
     * Rules of one's own in front of those of the component.
     *
     * @param rules in the form of the file that {@code reasonRules} names
     * @throws IllegalArgumentException with the line, if they are not well-formed, or one does not decide its example
     */
    static ReasonRules inFront(String rules) {
        return ReasonClassifier.withRulesInFront(rules);
    }
}
