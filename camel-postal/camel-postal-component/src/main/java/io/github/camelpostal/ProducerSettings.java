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

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.camelpostal.api.Expansion;
import io.github.camelpostal.internal.ledger.LedgerSettings;
import io.github.camelpostal.internal.send.SendSettings;
import org.apache.camel.spi.IdempotentRepository;
import org.jspecify.annotations.Nullable;

/**
 * What a producer is told by its options about mail, checked once, before anything starts.
 */
record ProducerSettings(SendSettings sending, Set<Expansion> expansions, Optional<LedgerSettings> ledger) {

    /**
     * @param autoReplies counts automatic replies
     * @throws IllegalArgumentException naming the option that is wrong, with an example
     */
    static ProducerSettings of(PostalOperation operation, PostalConfiguration endpoint, IdempotentRepository autoReplies) {
        if (!operation.isProducer()) {
            throw new IllegalArgumentException(
                    "postal:" + operation + " receives, so it stands in from(); a producer is one of "
                            + PostalOperation.producerNames() + ", for example to(\"postal:send\")");
        }
        return new ProducerSettings(sending(endpoint, autoReplies), expansions(endpoint.getExpansions()), ledger(endpoint));
    }

    private static SendSettings sending(PostalConfiguration endpoint, IdempotentRepository autoReplies) {
        return SendSettings.of(new SendSettings.Options(endpoint.getFrom(), endpoint.getTo(), endpoint.getCc(),
                endpoint.getBcc(),
                endpoint.getReplyTo(), endpoint.getSender(), endpoint.getSubject(), endpoint.getTag(), endpoint.getBodyType(),
                endpoint.getTransport(), ReplyOptions.forSending(endpoint, autoReplies),
                RecipientOptions.forSending(endpoint)));
    }

    private static Optional<LedgerSettings> ledger(PostalConfiguration endpoint) {
        return LedgerOptions.read(endpoint)
                .map(ledger -> ledger.checked(endpoint.getConnectTimeout(), endpoint.getResponseTimeout()));
    }

    private static Set<Expansion> expansions(@Nullable String option) {
        if (option == null || option.isBlank()) {
            return Set.of();
        }
        if (option.strip().equalsIgnoreCase("all")) {
            return EnumSet.allOf(Expansion.class);
        }
        return Arrays.stream(option.split(",")).map(String::strip).filter(name -> !name.isEmpty())
                .map(ProducerSettings::expansion).collect(Collectors.toUnmodifiableSet());
    }

    private static Expansion expansion(String name) {
        return Expansion.byName(name)
                .orElseThrow(() -> new IllegalArgumentException("The option expansions names '" + name
                        + "'; write all, or some of " + Arrays.stream(Expansion.values()).map(Expansion::postalName)
                                .collect(Collectors.joining(", "))
                        + ", for example expansions=status,details"));
    }
}
