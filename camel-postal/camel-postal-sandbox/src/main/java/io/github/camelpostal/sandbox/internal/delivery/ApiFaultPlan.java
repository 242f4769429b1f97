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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** Which requests are to go wrong, and how. Several faults may hit one request; of two of a kind the older one counts. */
public final class ApiFaultPlan {
    /** How long a rule is in force that has no number of requests. */
    public static final int UNTIL_CLEARED = Integer.MAX_VALUE;

    private final List<Rule> rules = new ArrayList<>();

    /** One way of going wrong. */
    public sealed interface Fault {
        /** The request waits this long before anything is done. */
        record Delay(Duration time) implements Fault {
        }

        /** The connection ends without a response, before anything is done. */
        record Reset() implements Fault {
        }

        /** A proxy in front gives this status, before anything is done. */
        record Status(int status) implements Fault {
        }

        /** The call crashes when it has stored so many messages: HTTP 500 (protocol 2.7). */
        record Break(int afterRecipients) implements Fault {
        }

        /** Everything is done, events are sent, and only then the response is sent. */
        record LateResponse(Duration time) implements Fault {
        }

        /** Everything is done, and the connection ends without a response. */
        record LostResponse() implements Fault {
        }

        /** So many messages are stored and queued, and the connection ends without a response. */
        record LostAfter(int recipients) implements Fault {
        }

        /** The connection ends at once, and everything is done so much later. */
        record LateCommit(Duration time) implements Fault {
        }
    }

    private static final class Rule {
        private final @Nullable String path;
        private final Fault fault;
        private int remaining;

        Rule(@Nullable String path, Fault fault, int remaining) {
            this.path = path;
            this.fault = fault;
            this.remaining = remaining;
        }
    }

    /**
     * @param path     {@code send/message} and the like, a path that begins with {@code /}, or null for the four calls
     * @param requests how many are hit, or {@link #UNTIL_CLEARED}
     */
    public synchronized void add(@Nullable String path, Fault fault, int requests) {
        rules.add(new Rule(path, fault, requests));
    }

    public synchronized void clear() {
        rules.clear();
    }

    /** What is to go wrong with one request, and counts it. */
    public synchronized List<Fault> hitting(String path, boolean isCall) {
        List<Fault> faults = new ArrayList<>();
        for (Rule rule : rules) {
            if (rule.path == null ? isCall : rule.path.equals(path)) {
                faults.add(rule.fault);
                if (rule.remaining != UNTIL_CLEARED) {
                    rule.remaining--;
                }
            }
        }
        rules.removeIf(rule -> rule.remaining == 0);
        return faults;
    }
}
