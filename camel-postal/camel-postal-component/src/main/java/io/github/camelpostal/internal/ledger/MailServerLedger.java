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
package io.github.camelpostal.internal.ledger;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.github.camelpostal.internal.ledger.SendOnceCounters.Count;
import io.github.camelpostal.ledger.PostalSendLedger;
import org.apache.camel.CamelContext;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.ManagementStrategy;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One mail server in one ledger, for all producers and consumers of a component that use both: they share what is known about
 * Postal's ids, and one scan.
 */
@ManagedResource(description = "Managed Postal Send Ledger")
public final class MailServerLedger extends ServiceSupport {

    private static final Logger LOG = LoggerFactory.getLogger(MailServerLedger.class);

    private final CamelContext camel;
    private final String mailServer;
    private final PostalSendLedger ledger;
    // an endpoint with another resendAfter decides otherwise about the same rows, by the same scan
    private final Map<SendOnceSettings, SendOnce> sendOnce = new ConcurrentHashMap<>();
    private final SendOnceCounters counters = new SendOnceCounters();
    private final RandomIds random = new RandomIds(new SecureRandom());
    private final MarkKeeper marks;
    private final Lock reading = new ReentrantLock(true);
    private @Nullable ScheduledExecutorService background;
    private Optional<Runnable> hideMeters = Optional.empty();
    private @Nullable Object managed;

    MailServerLedger(CamelContext camel, String mailServer, LedgerSettings settings) {
        this.camel = camel;
        this.mailServer = mailServer;
        this.ledger = settings.ledger();
        this.marks = new MarkKeeper(mailServer, ledger, settings.sendOnce(), Clock.systemUTC(), counters);
    }

    /** Sends once through this mail server, and from now on settles what is open. */
    synchronized SendOnce sendOnce(SendOnceSettings settings, MessageRows rows) {
        if (background == null) {
            // a thread for each mail server: one that is slow to respond must not hold up the others
            background = camel.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "PostalSendLedger");
            background.scheduleWithFixedDelay(() -> forEach(SendOnce::continueInBackground), 1, 1, TimeUnit.SECONDS);
            background.scheduleWithFixedDelay(() -> forEach(SendOnce::expire), 1, 60, TimeUnit.MINUTES);
        }
        return sendOnce.computeIfAbsent(settings,
                missing -> new SendOnce(mailServer, ledger, new ReadsInTurn(rows, reading), settings, marks,
                        Clock.systemUTC(), time -> Thread.sleep(time.toMillis()), random, counters));
    }

    RandomIds random() {
        return random;
    }

    EventSettlement events() {
        return new EventSettlement(mailServer, ledger, marks, counters);
    }

    /** An exception would end the schedule. */
    private void forEach(Consumer<SendOnce> work) {
        for (SendOnce each : sendOnce.values()) {
            try {
                work.accept(each);
            } catch (RuntimeException e) {
                LOG.debug("Settling goes on later", e);
            }
        }
    }

    @Override
    protected void doStart() {
        hideMeters = SendOnceMeters.showIfPossible(camel, mailServer, counters);
        showInJmx();
    }

    @Override
    protected synchronized void doStop() {
        if (background != null) {
            camel.getExecutorServiceManager().shutdownNow(background);
            background = null;
        }
        hideMeters.ifPresent(Runnable::run);
        hideMeters = Optional.empty();
        hideInJmx();
    }

    /** By hand: Camel shows services that are added before it has started, but not those of an endpoint that comes later. */
    private void showInJmx() {
        ManagementStrategy management = camel.getManagementStrategy();
        if (management != null && management.getManagementObjectStrategy() != null) {
            managed = management.getManagementObjectStrategy().getManagedObjectForService(camel, this);
            try {
                management.manageObject(managed);
            } catch (Exception e) {
                LOG.warn("The send ledger of {} is not shown by JMX", mailServer, e);
            }
        }
    }

    private void hideInJmx() {
        if (managed != null) {
            try {
                camel.getManagementStrategy().unmanageObject(managed);
            } catch (Exception e) {
                LOG.debug("The send ledger could not be removed from JMX", e);
            }
            managed = null;
        }
    }

    // ---- what JMX shows ----------------------------------------------------------------------------------------------

    @ManagedAttribute(description = "The mail server as the ledger calls it")
    public String getMailServer() {
        return mailServer;
    }

    @ManagedAttribute(description = "What sending once has done since the start")
    public Map<String, Long> getCounts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Count count : Count.values()) {
            counts.put(count.name().toLowerCase(Locale.ROOT), counters.get(count));
        }
        return counts;
    }

    @ManagedAttribute(description = "The kind of ledger")
    public String getLedger() {
        return ledger.getClass().getSimpleName();
    }

    @ManagedAttribute(description = "Keys that are being worked on or not settled, on all nodes; -1 if the ledger cannot count them")
    public long getOpenKeys() {
        return ledger.countOpen(mailServer);
    }

    /** As {@link SettlementByHand#accepted}. */
    @ManagedOperation(description = "Postal has the mail of this key for every recipient: accept it. Returns whether the key was open")
    public boolean settleAsAccepted(String key) {
        return new SettlementByHand(ledger, marks, random).accepted(key);
    }

    /** As {@link SettlementByHand#absent}. */
    @ManagedOperation(description = "Postal does not have the mail of this key for the open recipients: a retry sends to them after"
            + " resendAfter. Returns whether the key was open")
    public boolean settleAsAbsent(String key) {
        return new SettlementByHand(ledger, marks, random).absent(key);
    }
}
