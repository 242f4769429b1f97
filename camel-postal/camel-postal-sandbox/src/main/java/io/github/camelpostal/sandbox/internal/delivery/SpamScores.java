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
package io.github.camelpostal.sandbox.internal.delivery;

import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import io.github.camelpostal.sandbox.ServerSettings;
import io.github.camelpostal.sandbox.internal.format.PostalMail;
import io.github.camelpostal.sandbox.internal.store.Message;
import io.github.camelpostal.sandbox.internal.store.Message.Inspection;

/** The spam scanner: a score that a rule or the mail itself, in a header {@code X-Test-Score}, asks for. */
public final class SpamScores {
    private static final String SCORE_HEADER = "x-test-score";

    private final List<Rule> rules = new CopyOnWriteArrayList<>();

    private record Rule(Predicate<Message> fits, double score) {
    }

    /** The newest rule that fits counts. */
    public void add(Predicate<Message> fits, double score) {
        rules.add(0, new Rule(fits, score));
    }

    /** A look at the mail, and the header lines that Postal puts before incoming mail after it (protocol 3.1). */
    record Look(Inspection inspection, String headerLines) {
    }

    Look at(Message message, ServerSettings settings) {
        OptionalDouble found = score(message);
        double score = found.orElse(0);
        boolean spam = score > settings.spamThreshold();
        String lines = "X-Postal-Spam: " + (spam ? "yes" : "no") + "\r\n"
                + "X-Postal-Spam-Threshold: " + settings.spamThreshold() + "\r\n"
                + "X-Postal-Spam-Score: " + (found.isPresent() ? Double.toString(score) : "0") + "\r\n" // 0 without a scanner
                + "X-Postal-Threat: no\r\n";
        return new Look(new Inspection(true, spam, score), lines);
    }

    private OptionalDouble score(Message message) {
        for (Rule rule : rules) {
            if (rule.fits().test(message)) {
                return OptionalDouble.of(rule.score());
            }
        }
        String header = PostalMail.of(message.state().raw()).header(SCORE_HEADER);
        try {
            return header == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(header.strip()));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty(); // no score of ours
        }
    }
}
