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
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.camelpostal.sandbox.Outcome;
import io.github.camelpostal.sandbox.internal.format.Addresses;
import io.github.camelpostal.sandbox.internal.store.Message;

/** Which outcome an outgoing message has: by the newest rule that has one for it, else by the recipient's local part. */
public final class OutcomeRules {
    private final List<Function<Message, Optional<Outcome>>> rules = new CopyOnWriteArrayList<>();

    /** For recipients that fit; {@code *} stands for any text, letter case does not count. */
    public void add(String pattern, Outcome outcome) {
        Pattern recipient = Pattern.compile(Stream.of(comparable(pattern).split("\\*", -1))
                .map(Pattern::quote).collect(Collectors.joining(".*")));
        add(message -> message.arrival().rcptTo() != null
                && recipient.matcher(comparable(message.arrival().rcptTo())).matches()
                        ? Optional.of(outcome)
                        : Optional.empty());
    }

    private static String comparable(String address) {
        String lowerCase = address.toLowerCase(Locale.ROOT);
        return lowerCase.substring(0, lowerCase.lastIndexOf('@') + 1)
                + Addresses.asciiDomain(lowerCase.substring(lowerCase.lastIndexOf('@') + 1));
    }

    /** Only the local parts count again. */
    public void clear() {
        rules.clear();
    }

    /** For messages to which the rule gives an outcome. */
    public void add(Function<Message, Optional<Outcome>> rule) {
        rules.add(0, rule);
    }

    Outcome.Step of(Message message, int attempt) {
        return rules.stream().flatMap(rule -> rule.apply(message).stream()).findFirst()
                .orElseGet(() -> byLocalPart(message.arrival().recipient())).at(attempt);
    }

    private static Outcome byLocalPart(String rcptTo) {
        return switch (Addresses.localPartWithoutTag(rcptTo)) {
            case "softfail" -> Outcome.softFail();
            case "greylisted" -> Outcome.softFail("450 4.2.0 Greylisted, please try again in 300 seconds", 1);
            case "hardfail" -> Outcome.hardFail();
            case "held" -> Outcome.held();
            case "bounced" -> Outcome.bounced();
            case "dropped" -> Outcome.connectionDropped();
            case "unreachable" -> Outcome.unreachable();
            default -> Outcome.delivered();
        };
    }
}
