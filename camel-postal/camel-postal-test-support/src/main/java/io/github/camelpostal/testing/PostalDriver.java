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
package io.github.camelpostal.testing;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Plays Postal's part: mails arrive at a steady rate and are posted over a number of connections until each is accepted, with
 * Postal's own waits and its 18 tries (protocol 4.7), only many times faster.
 *
 * <p>It knows a port and a path, and nothing of what responses there.
 */
public final class PostalDriver implements AutoCloseable {

    private static final Duration FIRST_WAIT = Duration.ofMinutes(5);
    private static final Duration PICKED_UP_LATE = Duration.ofSeconds(30);
    private static final double LONGER_EACH_TIME = 1.3;
    private static final int MOST_TRIES = 18;
    private static final String REFUSED = "refused";
    private static final String CUT = "cut";

    private final int port;
    private final int faster;
    private final String path;
    private final ScheduledThreadPoolExecutor connections;
    private final AtomicBoolean receiving = new AtomicBoolean();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger delivered = new AtomicInteger();
    private final AtomicInteger mostTries = new AtomicInteger();
    private final Map<String, LongAdder> responses = new ConcurrentHashMap<>();
    private final Set<Long> cut = ConcurrentHashMap.newKeySet();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();

    /** @param faster how many times */
    public PostalDriver(int port, String path, int connections, int faster) {
        this.port = port;
        this.faster = faster;
        this.path = path;
        this.connections = new ScheduledThreadPoolExecutor(connections);
        this.connections.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Lets mails with the ids from 1 on arrive from now on, once. */
    public void receive(int mails, int perSecond) {
        if (receiving.getAndSet(true)) {
            return;
        }
        for (long id = 1; id <= mails; id++) {
            Mail mail = new Mail(id, 1, new Signature(id));
            connections.schedule(() -> post(mail), id * 1_000_000 / perSecond, TimeUnit.MICROSECONDS);
        }
    }

    /** Mails that got a 200. */
    public int delivered() {
        return delivered.get();
    }

    /** Requests that wait for a response. */
    public int open() {
        return open.get();
    }

    /** Whatever Postal would bounce for, or nobody has thought of. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    /** Mails of which at least one request was accepted and never got a response. */
    public Set<Long> cut() {
        return Set.copyOf(cut);
    }

    /** How many requests ended with each status, {@code refused} or {@code cut}. */
    public Map<String, Long> responses() {
        Map<String, Long> counted = new TreeMap<>();
        responses.forEach((response, count) -> counted.put(response, count.sum()));
        return counted;
    }

    public long refused() {
        return responses().getOrDefault(REFUSED, 0L);
    }

    /** The most tries that a mail needed. */
    public int mostTries() {
        return mostTries.get();
    }

    @Override
    public void close() {
        connections.shutdownNow();
    }

    private void post(Mail mail) {
        mostTries.accumulateAndGet(mail.attempt(), Math::max);
        String response = response(mail);
        responses.computeIfAbsent(response, unseen -> new LongAdder()).increment();
        switch (response) {
            case "200" -> delivered.incrementAndGet();
            case "503", REFUSED, CUT -> again(mail);
            default -> faults.add(mail + " got " + response);
        }
    }

    private String response(Mail mail) {
        byte[] body = mail.body();
        String signature = mail.signature().value();
        open.incrementAndGet();
        try {
            return String.valueOf(Wire.post(port, path, body, signature).status());
        } catch (ConnectException e) {
            return REFUSED;
        } catch (IOException e) {
            cut.add(mail.id());
            return CUT;
        } catch (RuntimeException e) {
            return e.toString();
        } finally {
            open.decrementAndGet();
        }
    }

    private void again(Mail mail) {
        if (mail.attempt() == MOST_TRIES) {
            faults.add(mail + " was the last try");
        } else {
            connections.schedule(() -> post(mail.next()), waitAfter(mail.attempt()).toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private Duration waitAfter(int attempt) {
        double factor = Math.pow(LONGER_EACH_TIME, attempt - 1);
        return Duration.ofMillis((long) (FIRST_WAIT.toMillis() * factor)).plus(PICKED_UP_LATE).dividedBy(faster);
    }

    private static byte[] body(long id) {
        return Bodies.mail(id, "token" + id);
    }

    private record Mail(long id, int attempt, Signature signature) {

        Mail next() {
            return new Mail(id, attempt + 1, signature);
        }

        byte[] body() {
            return PostalDriver.body(id);
        }

        @Override
        public String toString() {
            return "try " + attempt + " of mail " + id;
        }
    }

    /** Made once for all tries: thousands of waiting mails would otherwise leave the application no processor to start with. */
    private static final class Signature {

        private final long id;
        private String value;

        Signature(long id) {
            this.id = id;
        }

        synchronized String value() {
            if (value == null) {
                value = TestKey.SHARED.signature(body(id));
            }
            return value;
        }
    }
}
