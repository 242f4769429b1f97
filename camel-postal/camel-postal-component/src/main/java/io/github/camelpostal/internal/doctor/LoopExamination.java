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
package io.github.camelpostal.internal.doctor;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camelpostal.api.Delivery;
import io.github.camelpostal.api.DoctorLoop;
import io.github.camelpostal.api.Expansion;
import io.github.camelpostal.api.PostalClient;
import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.PostalException;
import io.github.camelpostal.api.PostalMessage;
import io.github.camelpostal.api.PostalRejectedException;
import io.github.camelpostal.api.SendResult;
import io.github.camelpostal.api.StoredMessage;
import io.github.camelpostal.payload.InboundMail;
import io.github.camelpostal.payload.MessageEvent;
import io.github.camelpostal.payload.PostalEvent;
import io.github.camelpostal.payload.PostalPayload;
import org.jspecify.annotations.Nullable;

/** Sends a mail to an address of the same mail server, and follows it from message to message until it is at its endpoint. */
public final class LoopExamination {

    /** Others may send meanwhile: ids are counted for all messages of a mail server (protocol 1). */
    private static final int MOST_IDS = 200;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);
    private static final Pattern SELECTOR = Pattern.compile("(?:^|;)\\s*s=\\s*([^;\\s]+)");

    private final PostalClient postal;
    private final DoctorLoop loop;
    private final Clock clock;
    private final Findings findings;

    public LoopExamination(PostalClient postal, DoctorLoop loop, Clock clock, Findings findings) {
        this.postal = postal;
        this.loop = loop;
        this.clock = clock;
        this.findings = findings;
    }

    /** @return the selector of the DKIM signature that the mail came with */
    public Optional<String> examine() {
        String step = "loop-sent";
        try {
            SendResult sent = send();
            long id = sent.recipients().values().iterator().next().id();
            if (!isSent(id)) {
                return Optional.empty();
            }
            step = "loop-arrived";
            Optional<StoredMessage> arrived = await(() -> arrived(id, sent.messageId()));
            if (arrived.isEmpty()) {
                findings.failed("loop-arrived", "The mail was sent, and has not come back to this mail server",
                        "See that the MX records of the address's domain lead to Postal, that a route of this mail server takes"
                                + " the address, and that Postal's SMTP server can be reached on port 25.");
                return Optional.empty();
            }
            findings.ok("loop-arrived", "The mail has come in for the route");
            StoredMessage.Details details = arrived.get().details();
            if (!findings.hasChecked("clock") && details != null) {
                KeyExamination.compare(Duration.between(details.timestamp(), clock.instant()), loop.timeout(), findings);
            }
            step = "loop-delivered";
            delivered(arrived.get().id());
            step = "loop-events";
            events(id, arrived.get().id());
            return selector(arrived.get());
        } catch (PostalException e) {
            findings.failed(step, e.getMessage(), "Solve what the text says, and try again.");
            return Optional.empty();
        }
    }

    private SendResult send() throws PostalException {
        byte[] random = new byte[6];
        new SecureRandom().nextBytes(random);
        return postal.sendMessage(PostalMessage.builder().from(loop.from()).to(loop.address())
                .subject("Doctor's loop " + HexFormat.of().formatHex(random))
                .plainBody("This mail was sent to see whether it arrives. It may be deleted.").build());
    }

    // ---- out -------------------------------------------------------------------------------------------------------

    private boolean isSent(long id) throws PostalException {
        Optional<Delivery> last = await(() -> last(id));
        if (last.isEmpty()) {
            findings.failed("loop-sent", "Postal took the mail, and has not tried to send it",
                    "See that Postal's worker runs, and what its log says.");
            return false;
        }
        Delivery attempt = last.get();
        if (attempt.status().equals("Sent")) {
            findings.ok("loop-sent", "The mail was sent");
            return true;
        }
        String reason = attempt.reason().map(known -> known.category().text()).orElse("unknown");
        findings.failed("loop-sent", "The mail was not sent: " + attempt.status() + ", reason: " + reason, remedy(reason));
        return false;
    }

    private static String remedy(String reason) {
        return switch (reason) {
            case "send-limit" ->
                "The send limit is reached: wait for the next hour, or have it raised; see PostalSendLimitPolicy.";
            case "development" -> "Set the mode of the mail server to Live in Postal's web interface.";
            case "credential-hold" -> "Switch 'hold' off for the credential in Postal's web interface.";
            case "suppressed" -> "Remove the address from the suppression list in Postal's web interface.";
            case "suspended" -> "Ask the administrator of Postal to lift the suspension.";
            default -> "See the attempt on the message's page in Postal's web interface.";
        };
    }

    // ---- in --------------------------------------------------------------------------------------------------------

    private Optional<StoredMessage> arrived(long sent, @Nullable String messageId) throws PostalException {
        for (long id = sent + 1; id <= sent + MOST_IDS; id++) {
            try {
                StoredMessage message = postal.message(id, Set.of(Expansion.DETAILS, Expansion.HEADERS));
                StoredMessage.Details details = message.details();
                if (details != null && details.direction().equals("incoming") && messageId != null
                        && messageId.equals(details.messageId())) {
                    return Optional.of(message);
                }
            } catch (PostalRejectedException e) {
                if (e.code() == PostalErrorCode.MESSAGE_NOT_FOUND) {
                    return Optional.empty();
                }
                throw e;
            }
        }
        return Optional.empty();
    }

    private void delivered(long id) throws PostalException {
        Optional<Delivery> last = await(() -> last(id));
        if (last.isEmpty()) {
            findings.failed("loop-delivered", "The mail came in, and no attempt was made to deliver it",
                    "See that Postal's worker runs, and what its log says.");
            return;
        }
        new EndpointAttempt(last.get(), findings).explain();
    }

    private Optional<Delivery> last(long id) throws PostalException {
        List<Delivery> attempts = postal.deliveries(id);
        return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.get(attempts.size() - 1));
    }

    // ---- events ----------------------------------------------------------------------------------------------------

    private void events(long out, long in) throws PostalException {
        if (loop.received() == null) {
            findings.ok("loop-events", "Nobody here receives events. Postal reports: " + fired(out, in));
            return;
        }
        if (findings.hasFailed("loop-delivered")) { // nothing more is to be waited for
            String early = String.join(", ", received(out, in));
            if (!early.isEmpty()) {
                findings.ok("loop-events", "What came: " + early);
            }
            return;
        }
        Set<String> came = new TreeSet<>();
        Optional<Boolean> all = await(() -> {
            came.clear();
            came.addAll(received(out, in));
            return came.contains("MessageSent") && came.contains("mail") ? Optional.of(true) : Optional.empty();
        });
        if (all.isPresent()) {
            findings.ok("loop-events", "What came: " + String.join(", ", came));
        } else {
            findings.warning("loop-events", came.isEmpty()
                    ? "Neither events nor the mail came here"
                    : "Of events and the mail, only this came here: " + String.join(", ", came),
                    "In Postal's web interface, add a webhook with the URL of the consumer, and give the route's HTTP endpoint"
                            + " the same URL.");
        }
    }

    /** What Postal sends to webhooks for all events (protocol 2.11). */
    private String fired(long out, long in) throws PostalException {
        List<String> events = new ArrayList<>();
        for (long id : new long[]{out, in}) {
            for (Delivery attempt : postal.deliveries(id)) {
                String event = switch (attempt.status()) {
                    case "Sent" -> "MessageSent";
                    case "SoftFail" -> "MessageDelayed";
                    case "HardFail" -> "MessageDeliveryFailed";
                    case "Held" -> "MessageHeld";
                    default -> null;
                };
                if (event != null) {
                    events.add(event + (id == out ? " (outgoing)" : " (incoming)"));
                }
            }
        }
        return events.isEmpty() ? "nothing" : String.join(", ", events);
    }

    private Set<String> received(long out, long in) {
        Set<String> names = new TreeSet<>();
        Collection<? extends PostalPayload> everything = loop.received() == null ? List.of() : loop.received().get();
        for (PostalPayload payload : List.copyOf(everything)) {
            if (payload instanceof InboundMail mail && mail.id() == in) {
                names.add("mail");
            } else if (payload instanceof MessageEvent event && (event.message().id() == out || event.message().id() == in)) {
                names.add(((PostalEvent) event).event());
            }
        }
        return names;
    }

    private static Optional<String> selector(StoredMessage arrived) {
        return arrived.headers().getOrDefault("dkim-signature", List.of()).stream().map(SELECTOR::matcher).filter(Matcher::find)
                .map(found -> found.group(1)).findFirst();
    }

    private <T> Optional<T> await(Callable<Optional<T>> look) throws PostalException {
        long end = System.nanoTime() + loop.timeout().toNanos();
        while (true) {
            try {
                Optional<T> seen = look.call();
                if (seen.isPresent() || System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
                    return seen;
                }
            } catch (PostalException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(BETWEEN_LOOKS.toMillis()));
        }
    }
}
