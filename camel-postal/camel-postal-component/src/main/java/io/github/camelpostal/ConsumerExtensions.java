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

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import io.github.camelpostal.internal.conversation.ConversationRecognizer;
import io.github.camelpostal.internal.conversation.SingleUse;
import io.github.camelpostal.internal.ledger.LedgerSettings;
import io.github.camelpostal.internal.ledger.SendLedgers;
import io.github.camelpostal.internal.webhook.ConversationHeaders;
import io.github.camelpostal.internal.webhook.HeaderContributor;
import io.github.camelpostal.internal.webhook.LedgerObserver;
import io.github.camelpostal.internal.webhook.PayloadObserver;
import io.github.camelpostal.internal.webhook.ReasonHeaders;
import io.github.camelpostal.internal.webhook.RecipientObserver;
import io.github.camelpostal.internal.webhook.WebhookCounters;
import io.github.camelpostal.internal.webhook.WebhookExtensions;
import io.github.camelpostal.internal.webhook.WebhookSettings;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;

/**
 * What other parts of the component do with the events and mails of one consumer: settle send-once keys, maintain the
 * suppression list, recognize conversations, tell the send limit policies, and ask whose a delivery is. Holds what they have
 * open.
 */
final class ConsumerExtensions implements AutoCloseable {

    private final PostalEndpoint endpoint;
    private final WebhookSettings settings;
    private final WebhookCounters counters;
    private final ExpiredReasons reasons;
    private @Nullable BounceReading bounces;
    private SendLedgers.@Nullable Lease ledger;
    private @Nullable TenantMessages tenantMessages;

    ConsumerExtensions(PostalEndpoint endpoint, WebhookSettings settings, WebhookCounters counters) {
        this.endpoint = endpoint;
        this.settings = settings;
        this.counters = counters;
        this.reasons = new ExpiredReasons(endpoint, settings.processingTimeout(), settings.reasons());
    }

    WebhookExtensions open() throws Exception {
        List<PayloadObserver> observers = new ArrayList<>();
        ledgerObserver().ifPresent(observers::add);
        recipientObserver().ifPresent(observers::add);
        SendLimitPolicies policies = SendLimitPolicies.of(endpoint.getCamelContext());
        observers.add(payload -> policies.tell(endpoint.getServer(), payload));
        if (settings.verifyTenant() != TenantVerification.OFF) {
            tenantMessages = TenantMessages.open(endpoint);
        }
        return new WebhookExtensions(observers, List.of(conversationHeaders(), new ReasonHeaders(reasons)), tenantMessages,
                reasons);
    }

    private Optional<PayloadObserver> ledgerObserver() {
        Optional<LedgerSettings> sendLedger = LedgerOptions.read(endpoint.getConfiguration());
        if (sendLedger.isEmpty()) {
            return Optional.empty();
        }
        PostalComponent component = endpoint.getComponent();
        ledger = component.sendLedgers().forEvents(sendLedger.get(), new MailServers(component).ledgerName(endpoint));
        return Optional.of(new LedgerObserver(ledger.events()));
    }

    private Optional<PayloadObserver> recipientObserver() {
        PostalConfiguration options = endpoint.getConfiguration();
        if (options.getSuppressionList() == null) {
            return Optional.empty();
        }
        BounceReading reading = BounceReading.open(endpoint).orElse(null);
        bounces = reading;
        AtomicReference<@Nullable RecipientObserver> known = new AtomicReference<>();
        RecipientObserver observer = new RecipientObserver(options.getSuppressionList(), RecipientOptions.tokens(options),
                event -> {
                    if (reading != null) {
                        reading.read(event, Objects.requireNonNull(known.get())::bounced);
                    }
                }, RecipientOptions.sentOnlyTo(options), reasons, settings.reasons(), counters, Clock.systemUTC());
        known.set(observer);
        return Optional.of(observer);
    }

    private HeaderContributor conversationHeaders() throws Exception {
        IdempotentRepository used = endpoint.getConfiguration().getConversationRepository();
        if (used != null) {
            endpoint.getCamelContext().addService(used);
            ServiceHelper.startService(used);
        }
        return new ConversationHeaders(
                settings.conversationKeys().map(known -> new ConversationRecognizer(known, Clock.systemUTC())),
                Optional.ofNullable(used).map(SingleUse::new), counters);
    }

    @Override
    public void close() {
        reasons.close();
        if (bounces != null) {
            bounces.close();
        }
        if (ledger != null) {
            ledger.close();
        }
        if (tenantMessages != null) {
            tenantMessages.close();
        }
    }
}
