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
package io.github.camelpostal.internal.client;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.github.camelpostal.internal.client.CallCounters.LastCall;
import org.apache.camel.CamelContext;

/**
 * What became of the calls that producers made, by mail server and operation. Shared by all producers of a component, so that
 * endpoints that come and go leave no gap in the numbers.
 */
public final class CallStatistics {

    private final Supplier<CamelContext> camel;
    private final Map<Target, Counted> counted = new ConcurrentHashMap<>();

    public CallStatistics(Supplier<CamelContext> camel) {
        this.camel = camel;
    }

    private record Target(String server, String operation) {
    }

    private record Counted(CallCounters counters, Optional<Runnable> hideMeters) {
    }

    /**
     * The counters of one operation at one mail server, which are meters, too, from now on.
     *
     * @param server as {@link MailServer#label()} has it
     */
    public CallCounters of(String server, String operation) {
        return counted.computeIfAbsent(new Target(server, operation), target -> {
            CallCounters counters = new CallCounters(Clock.systemUTC());
            return new Counted(counters, CallMeters.showIfPossible(camel.get(), server, operation, counters));
        }).counters();
    }

    /** By operation; empty where a server was never used. */
    public Map<String, CallCounters> of(String server) {
        Map<String, CallCounters> operations = new TreeMap<>();
        counted.forEach((target, entry) -> {
            if (target.server().equals(server)) {
                operations.put(target.operation(), entry.counters());
            }
        });
        return operations;
    }

    /** The last call to a mail server, whatever the operation; empty before the first. */
    public Optional<LastCall> last(String server) {
        return of(server).values().stream().flatMap(counters -> counters.last().stream()).reduce(LastCall::later);
    }

    /** From mail server to the name of the last call's outcome; without those that were never called. */
    public Map<String, String> lastOutcomes() {
        Map<String, String> outcomes = new TreeMap<>();
        for (Target target : counted.keySet()) {
            last(target.server()).ifPresent(last -> outcomes.put(target.server(), last.outcome().value()));
        }
        return outcomes;
    }

    /** From mail server and operation, with a blank between them, to the number by outcome. */
    public Map<String, Map<String, Long>> counts() {
        Map<String, Map<String, Long>> counts = new TreeMap<>();
        counted.forEach((target, entry) -> counts.put(target.server() + " " + target.operation(), entry.counters().counts()));
        return counts;
    }

    /** Forgets everything, and removes the meters. */
    public void clear() {
        counted.values().forEach(entry -> entry.hideMeters().ifPresent(Runnable::run));
        counted.clear();
    }
}
