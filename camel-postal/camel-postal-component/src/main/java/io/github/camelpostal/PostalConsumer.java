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

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.camelpostal.internal.client.PostalHttpClients;
import io.github.camelpostal.internal.conversation.TokenFault;
import io.github.camelpostal.internal.suppression.SuppressionView;
import io.github.camelpostal.internal.webhook.WebhookCounters;
import io.github.camelpostal.internal.webhook.WebhookHealthCheck;
import io.github.camelpostal.internal.webhook.WebhookKeys;
import io.github.camelpostal.internal.webhook.WebhookMount;
import io.github.camelpostal.internal.webhook.WebhookReceiver;
import io.github.camelpostal.internal.webhook.WebhookResponse;
import io.github.camelpostal.internal.webhook.WebhookSettings;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.hc.client5.http.classic.HttpClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives events and inbound mail from Postal for as long as its route runs: attaches a {@link WebhookReceiver} to the mounted
 * path and detaches it again. The path itself stays mounted without it.
 */
@ManagedResource(description = "Managed Postal Webhook Consumer")
public class PostalConsumer extends DefaultConsumer implements Suspendable {

    private static final Logger LOG = LoggerFactory.getLogger(PostalConsumer.class);

    private final WebhookMount mount;
    private final WebhookSettings settings;
    private final Optional<SuppressionView> suppressions;
    private PostalHttpClients.@Nullable Lease keyFetches;
    private @Nullable WebhookKeys keys;
    private @Nullable ConsumerExtensions extensions;
    private @Nullable WebhookReceiver receiver;
    private boolean suspensionAsked;

    PostalConsumer(PostalEndpoint endpoint, Processor processor, WebhookSettings settings, WebhookMount mount) {
        super(endpoint, processor);
        this.settings = settings;
        this.mount = mount;
        this.suppressions = Optional.ofNullable(endpoint.getConfiguration().getSuppressionList()).map(SuppressionView::new);
    }

    @Override
    public PostalEndpoint getEndpoint() {
        return (PostalEndpoint) super.getEndpoint();
    }

    @Override
    public boolean isHostedService() {
        return true;
    }

    /**
     * Also when a suspension, whose timeout expired while work was in flight, has stopped this consumer. Camel resumes only what
     * says that it is suspended; it would show a started route that responds with 503 until Postal bounces.
     */
    @Override
    public boolean isSuspended() {
        return super.isSuspended() || isStoppedInsteadOfSuspended();
    }

    @Override
    public void resume() {
        if (isStoppedInsteadOfSuspended()) {
            start();
        } else {
            super.resume();
        }
    }

    private boolean isStoppedInsteadOfSuspended() {
        return suspensionAsked && isStopped();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        suspensionAsked = false;
        mount.open(getEndpoint().getCamelContext());
        keys = WebhookKeys.open(settings.keys(), getEndpoint().getCamelContext(), this::keyFetches);
        if (keys.areRequired() && !settings.credentials().areRequired() && settings.verifyTenant() == TenantVerification.OFF) {
            LOG.warn("{} trusts the signature alone. It proves the Postal installation, not the mail server or tenant:"
                    + " where others use the same installation, set webhookUsername and webhookPassword, or verifyTenant",
                    mount.path());
        }
        setHealthCheck(new WebhookHealthCheck(mount, keys));
        getHealthCheck().setEnabled(getEndpoint().getComponent().isHealthCheckConsumerEnabled());
        mount.requireListening();
        mount.requireBodySize(settings.maxBodySize());
        extensions = new ConsumerExtensions(getEndpoint(), settings, mount.counters());
        receiver = WebhookReceiver.open(this, settings, keys.verifier(), repository(), extensions.open(), mount.inFlight(),
                mount.counters());
        mount.attach(receiver::receive);
        getEndpoint().getComponent().running().add(this);
    }

    @Override
    protected void doSuspend() throws Exception {
        suspensionAsked = true;
        mount.detach();
        super.doSuspend();
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        suspensionAsked = false;
        if (receiver == null) { // Camel's shutdown thread may come late and suspend what was stopped already
            doStart();
        } else {
            mount.attach(receiver::receive);
        }
    }

    @Override
    protected void doStop() throws Exception {
        getEndpoint().getComponent().running().remove(this);
        mount.detach();
        if (receiver != null) {
            receiver.close();
            receiver = null;
        }
        if (keys != null) {
            keys.close();
            keys = null;
        }
        if (extensions != null) {
            extensions.close();
            extensions = null;
        }
        if (keyFetches != null) {
            keyFetches.close();
            keyFetches = null;
        }
        super.doStop();
    }

    private HttpClient keyFetches() {
        keyFetches = getEndpoint().getComponent().httpClients().acquire(getEndpoint().connectionSettings());
        return keyFetches.client();
    }

    private @Nullable IdempotentRepository repository() throws Exception {
        PostalConfiguration configuration = getEndpoint().getConfiguration();
        if (!configuration.isDeduplicate()) {
            return null;
        }
        IdempotentRepository configured = configuration.getIdempotentRepository();
        if (configured == null) {
            return mount.defaultRepository();
        }
        return started(configured);
    }

    private IdempotentRepository started(IdempotentRepository repository) throws Exception {
        getEndpoint().getCamelContext().addService(repository);
        ServiceHelper.startService(repository);
        return repository;
    }

    // ---- what JMX shows --------------------------------------------------------------------------------------------

    @ManagedAttribute(description = "Requests that were responded to")
    public long getReceived() {
        return counters().received();
    }

    @ManagedAttribute(description = "Requests by response, and the reason for it")
    public Map<String, Long> getResponses() {
        Map<String, Long> responses = new LinkedHashMap<>();
        for (WebhookResponse response : WebhookResponse.values()) {
            responses.put(response.name(), counters().sent(response));
        }
        return responses;
    }

    @ManagedAttribute(description = "Requests whose signature was verified")
    public long getVerified() {
        return counters().verified();
    }

    @ManagedAttribute(description = "The ids of the public keys that signatures are verified with; empty while there are none")
    public List<String> getKeyIds() {
        WebhookKeys known = keys;
        return known == null ? List.of() : known.keyIds();
    }

    @ManagedAttribute(description = "Where the consumer is mounted")
    public String getPath() {
        return mount.path();
    }

    @ManagedAttribute(description = "Requests that the route completed")
    public long getCompleted() {
        return counters().sent(WebhookResponse.COMPLETED);
    }

    @ManagedAttribute(description = "Duplicates of completed requests")
    public long getDuplicates() {
        return counters().sent(WebhookResponse.DUPLICATE);
    }

    @ManagedAttribute(description = "Events that the options events and direction leave out")
    public long getNotWanted() {
        return counters().sent(WebhookResponse.NOT_WANTED);
    }

    @ManagedAttribute(description = "Requests without a signature that a known key verifies")
    public long getUnverified() {
        return counters().sent(WebhookResponse.UNVERIFIED);
    }

    @ManagedAttribute(description = "Requests about messages of another mail server, which verifyTenant refused")
    public long getForeign() {
        return counters().sent(WebhookResponse.FOREIGN);
    }

    @ManagedAttribute(description = "Requests with 503 as response, which Postal sends again")
    public long getRetriesRequested() {
        return counters().receivedWithStatus(WebhookResponse.FAILED.status());
    }

    @ManagedAttribute(description = "Mails and events that the route has rejected permanently")
    public long getRejected() {
        return counters().sent(WebhookResponse.MAIL_REJECTED) + counters().sent(WebhookResponse.EVENT_REJECTED);
    }

    @ManagedAttribute(description = "Requests that were completed after their response was due")
    public long getLateResults() {
        return counters().lateResults();
    }

    @ManagedAttribute(description = "Attempts to store a key that the idempotent repository refused")
    public long getKeysNotStored() {
        return counters().keysNotStored();
    }

    @ManagedAttribute(description = "Mails and events that were found to belong to a conversation")
    public long getConversationsRecognized() {
        return counters().conversationsRecognized();
    }

    @ManagedAttribute(description = "Tokens of conversations that were not accepted, because nobody with our keys made them")
    public long getConversationTokensForged() {
        return counters().tokensRefused(TokenFault.FORGED);
    }

    @ManagedAttribute(description = "Tokens of conversations that were not accepted, because they are too old")
    public long getConversationTokensExpired() {
        return counters().tokensRefused(TokenFault.EXPIRED);
    }

    @ManagedAttribute(description = "Tokens of conversations that were not accepted, because conversationSecret has no key of that id")
    public long getConversationTokensUnknownKey() {
        return counters().tokensRefused(TokenFault.UNKNOWN_KEY);
    }

    @ManagedAttribute(description = "Replies to conversations whose reply address had been used before")
    public long getConversationTokensUsedBefore() {
        return counters().tokensUsedBefore();
    }

    @ManagedAttribute(description = "Events that the suppression list could not be told of")
    public long getRecipientEventsLost() {
        return counters().recipientEventsLost();
    }

    @ManagedAttribute(description = "Requests being worked on")
    public int getInFlight() {
        return mount.inFlight().size();
    }

    @ManagedAttribute(description = "For how many seconds the first of the requests in flight has been worked on; 0 when there is none")
    public long getLongestInFlightSeconds() {
        return mount.inFlight().longest().toSeconds();
    }

    @ManagedAttribute(description = "Seconds from the last event or mail to its arrival here; -1 when unknown")
    public long getLastAgeSeconds() {
        Optional<Duration> age = counters().lastAge();
        return age.map(Duration::toSeconds).orElse(-1L);
    }

    // ---- the suppression list ----------------------------------------------------------------------------------------

    @ManagedAttribute(description = "Entries of the suppression list that hold now; -1 without a list")
    public long getSuppressed() {
        return suppressions.map(SuppressionView::size).orElse(-1L);
    }

    @ManagedOperation(description = "Entries of the suppression list that hold now, by reason; reads the whole list")
    public Map<String, Long> suppressedByReason() {
        return suppressions.map(SuppressionView::byReason).orElse(Map.of());
    }

    @ManagedOperation(description = "The suppression list as CSV: address,stream,reason,since,expires. It holds addresses")
    public String exportSuppressions() throws IOException {
        return suppressions.isEmpty() ? "" : suppressions.get().exportCsv();
    }

    @ManagedOperation(description = "Adds the entries of a CSV, with the header line of the export; returns their number")
    public long importSuppressions(String csv) throws IOException {
        return suppressions.isEmpty() ? 0 : suppressions.get().importCsv(csv);
    }

    private WebhookCounters counters() {
        return mount.counters();
    }
}
