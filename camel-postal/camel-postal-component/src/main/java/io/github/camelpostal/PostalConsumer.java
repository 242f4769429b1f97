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

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.github.camelpostal.internal.webhook.Answer;
import io.github.camelpostal.internal.webhook.Counters;
import io.github.camelpostal.internal.webhook.Receiver;
import io.github.camelpostal.internal.webhook.ReceiverSettings;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives what Postal posts, for as long as its route runs: attaches a {@link Receiver} to the mounted path and detaches
 * it again. The path itself stays mounted without it.
 */
@ManagedResource(description = "Managed Postal Webhook Consumer")
public class PostalConsumer extends DefaultConsumer implements Suspendable {

    private static final Logger LOG = LoggerFactory.getLogger(PostalConsumer.class);

    private final Mount mount;
    private ReceiverSettings settings;
    private WebhookKeys keys;
    private Receiver receiver;
    private boolean suspensionAsked;

    PostalConsumer(PostalEndpoint endpoint, Processor processor, Mount mount) {
        super(endpoint, processor);
        this.mount = mount;
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
     * Also when a suspension, whose patience with the work in flight came to its end, has stopped this consumer. Camel resumes
     * only what says that it is suspended; it would show a started route, which answers 503 until Postal bounces.
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
        settings = WebhookOptions.settingsOf(getEndpoint(), mount.path());
        keys = WebhookKeys.open(getEndpoint());
        if (keys.areRequired() && !settings.credentials().areRequired()) {
            LOG.warn("{} trusts the signature alone. It proves the Postal installation, not the mail server or tenant:"
                    + " where others use the same installation, set webhookUsername and webhookPassword", mount.path());
        }
        setHealthCheck(new WebhookHealthCheck(mount.path(), keys, counters()));
        getHealthCheck().setEnabled(getEndpoint().getComponent().isHealthCheckConsumerEnabled());
        receiver = Receiver.open(this, settings, keys.verifier(), repository(), mount.inFlight(), mount.counters());
        mount.attach(receiver);
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
            mount.attach(receiver);
        }
    }

    @Override
    protected void doStop() throws Exception {
        mount.detach();
        if (receiver != null) {
            receiver.close();
            receiver = null;
        }
        if (keys != null) {
            keys.close();
            keys = null;
        }
        super.doStop();
    }

    private IdempotentRepository repository() throws Exception {
        PostalConfiguration configuration = getEndpoint().getConfiguration();
        if (!configuration.isDeduplicate()) {
            return null;
        }
        IdempotentRepository configured = configuration.getIdempotentRepository();
        if (configured == null) {
            return mount.defaultRepository();
        }
        getEndpoint().getCamelContext().addService(configured);
        ServiceHelper.startService(configured);
        return configured;
    }

    // ---- what JMX shows --------------------------------------------------------------------------------------------

    @ManagedAttribute(description = "Requests that were answered")
    public long getReceived() {
        return counters().received();
    }

    @ManagedAttribute(description = "Requests by what was answered, and why")
    public Map<String, Long> getAnswers() {
        Map<String, Long> answers = new LinkedHashMap<>();
        for (Answer answer : Answer.values()) {
            answers.put(answer.name(), counters().answered(answer));
        }
        return answers;
    }

    @ManagedAttribute(description = "Deliveries whose signature was verified")
    public long getVerified() {
        return counters().verified();
    }

    @ManagedAttribute(description = "Deliveries that the route completed")
    public long getCompleted() {
        return counters().answered(Answer.COMPLETED);
    }

    @ManagedAttribute(description = "Repeats of completed deliveries")
    public long getDuplicates() {
        return counters().answered(Answer.DUPLICATE);
    }

    @ManagedAttribute(description = "Events that the options events and direction leave out")
    public long getNotWanted() {
        return counters().answered(Answer.NOT_WANTED);
    }

    @ManagedAttribute(description = "Requests without a signature that a known key verifies")
    public long getUnverified() {
        return counters().answered(Answer.UNVERIFIED);
    }

    @ManagedAttribute(description = "Requests that Postal was told to repeat, for whatever reason")
    public long getToldToRepeat() {
        return counters().receivedWithStatus(Answer.FAILED.status());
    }

    @ManagedAttribute(description = "Deliveries that ended after Postal had been told to repeat them")
    public long getLateResults() {
        return counters().lateResults();
    }

    @ManagedAttribute(description = "Attempts to store a key that the idempotent repository refused")
    public long getKeysNotStored() {
        return counters().keysNotStored();
    }

    @ManagedAttribute(description = "Deliveries being worked on")
    public int getInFlight() {
        return mount.inFlight().size();
    }

    @ManagedAttribute(description = "Seconds from the last event or mail to its arrival here; -1 when unknown")
    public long getLastAgeSeconds() {
        Optional<Duration> age = counters().lastAge();
        return age.map(Duration::toSeconds).orElse(-1L);
    }

    private Counters counters() {
        return mount.counters();
    }
}
