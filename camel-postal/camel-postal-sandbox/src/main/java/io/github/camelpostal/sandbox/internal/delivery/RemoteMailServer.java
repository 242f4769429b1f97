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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camelpostal.sandbox.Outcome;
import io.github.camelpostal.sandbox.internal.format.Addresses;
import io.github.camelpostal.sandbox.internal.store.Delivery;
import io.github.camelpostal.sandbox.internal.store.Delivery.Attempt;
import io.github.camelpostal.sandbox.internal.store.MailServer;
import io.github.camelpostal.sandbox.internal.store.Message;
import io.github.camelpostal.sandbox.internal.store.RandomText;
import io.github.camelpostal.sandbox.internal.store.Status;
import org.jspecify.annotations.Nullable;

/**
 * What stands here for SMTP to the next mail server: the outcome is looked up, not tried. No mail ever leaves the sandbox; what
 * is addressed to one of its own routes comes back in, on whichever of its mail servers that is.
 */
final class RemoteMailServer {
    private static final Pattern WAIT = Pattern.compile("(\\d+)\\s*(second|minute)s?", Pattern.CASE_INSENSITIVE);
    private static final Duration AFTER_ANNOUNCED_WAIT = Duration.ofSeconds(10);

    private final MailServer server;
    private final DeliveryLog deliveryLog;
    private final OutcomeRules outcomes;
    private final MailRouter router;
    private final Scheduler scheduler;
    private final RandomText texts;

    RemoteMailServer(MailServer server, DeliveryLog deliveryLog, OutcomeRules outcomes, MailRouter router, Scheduler scheduler,
            RandomText texts) {
        this.server = server;
        this.deliveryLog = deliveryLog;
        this.outcomes = outcomes;
        this.router = router;
        this.scheduler = scheduler;
        this.texts = texts;
    }

    AttemptResult attempt(DeliveryTask work) {
        Message message = work.message();
        if (work.batch().shortCircuit().isPresent()) {
            deliveryLog.write(message, work.batch().shortCircuit().get());
            return AttemptResult.RETRY;
        }
        String domain = Addresses.domain(message.arrival().recipient());
        String mx = "mx." + domain;
        Outcome.Step step = outcomes.of(message, work.attempt());
        return switch (step.kind()) {
            case HELD -> deliveryLog.decided(message, Status.HELD, "Held, as the recipient's name asks for.");
            case SOFT_FAIL -> {
                transmitted(message, Status.SOFT_FAIL, "Temporary SMTP error from " + mx, step.reply());
                yield new AttemptResult.Retry(announcedWait(step.reply()));
            }
            case CONNECTION_DROPPED -> {
                transmitted(message, Status.SOFT_FAIL, "An error while sending to " + mx, "The connection was closed");
                yield AttemptResult.RETRY;
            }
            case UNREACHABLE -> {
                Attempt failed = new Attempt(Status.SOFT_FAIL, "No mail server for " + domain + " could be reached", "",
                        new Delivery.Transmission(false, texts.logId(), null));
                work.batch().giveUp(failed);
                deliveryLog.write(message, failed);
                yield AttemptResult.RETRY;
            }
            case HARD_FAIL -> hardFail(message, mx, step.reply());
            case BOUNCED -> {
                accepted(message, mx);
                comeBackAsBounce(message, step.after());
                yield AttemptResult.DONE;
            }
            case DELIVERED -> {
                accepted(message, mx);
                comeBackIn(message);
                yield AttemptResult.DONE;
            }
        };
    }

    /** A first hard fail does not suppress, the second within a day does (protocol 2.14). */
    private AttemptResult hardFail(Message message, String mx, @Nullable String reply) {
        String rcptTo = message.arrival().recipient();
        String reason = "too many hard fails";
        boolean added = server.suppressionList().isRepeatedHardFail(rcptTo, message.timestamp(), scheduler.now())
                && server.suppressionList().add(rcptTo, reason, scheduler.now());
        transmitted(message, Status.HARD_FAIL, "Permanent SMTP error from " + mx
                + (added ? ". The recipient was added to the suppression list (" + reason + ")" : ""), reply);
        return AttemptResult.DONE;
    }

    private void accepted(Message message, String mx) {
        boolean removed = server.suppressionList().remove(message.arrival().recipient());
        transmitted(message, Status.SENT, "Accepted by " + mx
                + (removed ? ". The recipient was removed from the suppression list" : ""),
                "250 2.0.0 Ok: queued as SANDBOX" + message.id());
    }

    private void comeBackIn(Message message) {
        router.receiveIfRouted(SmtpTransaction.from(envelopeSender(message)), message.arrival().recipient(),
                message.state().raw());
    }

    /** Nobody can bounce mail that has the null sender. */
    private void comeBackAsBounce(Message message, Duration after) {
        if (message.arrival().bounce()) {
            return;
        }
        String returnPath = server.identity().returnPath();
        Runnable comeBack = () -> router.receiveIfRouted(SmtpTransaction.from(null), returnPath,
                BounceBuilder.fromRemote(message, server.identity(), scheduler.now()));
        if (after.isZero()) {
            comeBack.run();
        } else {
            scheduler.after(after, comeBack);
        }
    }

    /** Not {@code mail_from}: Postal sends with its return path, or with none (protocol 2.8). */
    private @Nullable String envelopeSender(Message message) {
        return message.arrival().bounce() ? null : server.identity().returnPath();
    }

    /** Null when the reply names no time. */
    private static @Nullable Duration announcedWait(@Nullable String reply) {
        if (reply == null) {
            return null;
        }
        Matcher wait = WAIT.matcher(reply);
        if (!wait.find()) {
            return null;
        }
        long number = Long.parseLong(wait.group(1));
        boolean minutes = wait.group(2).equalsIgnoreCase("minute");
        return (minutes ? Duration.ofMinutes(number) : Duration.ofSeconds(number)).plus(AFTER_ANNOUNCED_WAIT);
    }

    private void transmitted(Message message, Status status, String details, @Nullable String output) {
        deliveryLog.write(message, attempt(status, details, output));
    }

    private Attempt attempt(Status status, String details, @Nullable String output) {
        return new Attempt(status, details, output, new Delivery.Transmission(false, texts.logId(), 0.0));
    }
}
