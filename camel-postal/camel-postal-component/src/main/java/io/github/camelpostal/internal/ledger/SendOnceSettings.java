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

import java.time.Duration;

/**
 * The numbers of sending once.
 *
 * @param resendAfter    how long a recipient must have been absent before it is sent to again; zero means never
 * @param lease          how long a claim holds without being renewed
 * @param retention      how long accepted rows are kept
 * @param settleTime     how long one exchange may spend on settling
 * @param readsPerSecond pace of a mail server's scan, over all nodes
 * @param scanLimit      reads of one scan, besides two per recipient, until it rests
 * @param scanRest       how long it rests then
 * @param gap            so many missing ids in a row are the end of what Postal has stored
 * @param margin         how much later than the end of the call, by Postal's clock, a row must be to prove that everything
 *                       stored by the call has been read; covers late commits and clocks that differ
 * @param quiet          how long after the end of the call the end of what Postal has stored must have been seen
 */
public record SendOnceSettings(Duration resendAfter, Duration lease, Duration retention, Duration settleTime,
        int readsPerSecond, int scanLimit, Duration scanRest, int gap, Duration margin, Duration quiet) {

    public static final Duration DEFAULT_RESEND_AFTER = Duration.ofMinutes(10);
    public static final Duration DEFAULT_LEASE = Duration.ofSeconds(60);
    public static final Duration DEFAULT_RETENTION = Duration.ofDays(7);

    /** The settings behind the options {@code resendAfter}, {@code ledgerLease} and {@code ledgerRetention}. */
    public static SendOnceSettings of(Duration resendAfter, Duration lease, Duration retention) {
        return new SendOnceSettings(resendAfter, lease, retention, Duration.ofSeconds(5), 5, 2_000,
                Duration.ofMinutes(10), 20, Duration.ofSeconds(60), Duration.ofSeconds(10));
    }

    /** Another pace, for a Postal with web threads to spare. */
    public SendOnceSettings withPace(int newReadsPerSecond, int newScanLimit, Duration newScanRest) {
        return new SendOnceSettings(resendAfter, lease, retention, settleTime, newReadsPerSecond, newScanLimit, newScanRest,
                gap, margin, quiet);
    }

    /**
     * Refuses a time after which a call could still be running that is believed to be over.
     *
     * @throws IllegalArgumentException naming the options
     */
    public SendOnceSettings checked(Duration connectTimeout, Duration responseTimeout) {
        Duration least = lease.plus(connectTimeout).plus(responseTimeout);
        if (!resendAfter.isZero() && resendAfter.compareTo(least) <= 0) {
            throw new IllegalArgumentException("resendAfter is " + resendAfter + ", but it must be more than ledgerLease + "
                    + "connectTimeout + responseTimeout = " + least + ": a call that is still running could be repeated");
        }
        if (lease.isNegative() || lease.isZero() || retention.isNegative() || resendAfter.isNegative()) {
            throw new IllegalArgumentException("ledgerLease must be positive, ledgerRetention and resendAfter not negative");
        }
        return this;
    }

    boolean resends() {
        return !resendAfter.isZero();
    }
}
