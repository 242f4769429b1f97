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
package io.github.camelpostal.testing.scaleout;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Several processes of an application share their work and a ledger, lose responses of Postal, and one of them is killed at the
 * worst moment.
 */
public final class ScaleOutTrial implements AutoCloseable {

    private final Class<?> application;
    private final URI postal;
    private final LateCommits late;
    private final Path logs;
    private final List<ScaleOutProcess> processes = new ArrayList<>();

    /** How much is done by now. */
    @FunctionalInterface
    public interface Progress {
        long done() throws Exception;
    }

    /**
     * @param application with a main method, and a webhook at {@code /postal/events}
     * @param logs        where the processes write theirs
     */
    public ScaleOutTrial(Class<?> application, URI postal, LateCommits late, Path logs) throws IOException {
        this.application = application;
        this.postal = postal;
        this.late = late;
        this.logs = Files.createDirectories(logs);
    }

    /**
     * @param properties of the application, for all processes; {@code %s} in a value is the name of the process
     * @param often      of so many mails of a process one response is lost, and one mail is stored late
     */
    public void start(int count, Map<String, String> properties, int often) throws IOException {
        for (int i = 1; i <= count; i++) {
            LossyProxy proxy = new LossyProxy(postal, "127.0.0." + (10 + i), i == 1 ? 0 : processes.get(0).proxy().port(),
                    mail -> {
                        if (mail % often == often / 2) {
                            late.next();
                        }
                        return mail % often == 0;
                    });
            String name = "process-" + i + "-of-" + count;
            Map<String, String> own = new LinkedHashMap<>();
            properties.forEach((key, value) -> own.put(key, value.replace("%s", name)));
            processes.add(ScaleOutProcess.start(name, application, own, proxy, logs));
        }
    }

    /** Where a process takes events that lives on; what is posted before it is up, or lost, is found by reading. */
    public URI events() {
        return last().here("/postal/events");
    }

    /** Fails when the time is over, or when the process has ended that should live on. */
    public void await(Progress progress, long wanted, Duration atMost) throws Exception {
        long end = System.nanoTime() + atMost.toNanos();
        while (progress.done() < wanted) {
            if (last().hasEnded(Duration.ofMillis(100)) || System.nanoTime() - end > 0) {
                throw new IllegalStateException("Only " + progress.done() + " of " + wanted + " are done; see " + logs);
            }
        }
    }

    /**
     * Waits until the first process, which is to be killed, has given so many mails to Postal. That is less than its share, or it
     * has nothing left to do when its time comes: on a slow machine the others begin late, and it does their work.
     */
    public void awaitMailsOfFirst(int wanted, Duration atMost) throws Exception {
        await(processes.get(0).proxy()::mails, wanted, atMost);
    }

    /**
     * Kills the first process with SIGKILL in the moment in which Postal has responded to all that it has in its hands, and it does
     * not know it yet: of all moments the worst.
     *
     * @param  inHands how many mails it works on at a time
     * @return         how many mails it was killed with
     */
    public int killAtResponses(int inHands) throws InterruptedException, ExecutionException {
        ScaleOutProcess victim = processes.get(0);
        try {
            int inDoubt = victim.proxy().onResponses(inHands, victim::kill).get(120, TimeUnit.SECONDS);
            victim.awaitEnd();
            return inDoubt;
        } catch (TimeoutException e) {
            throw new IllegalStateException(victim.name() + " has nothing to do, so it cannot be killed at work", e);
        }
    }

    /** How many mails each process has given to Postal. */
    public Map<String, Integer> mails() {
        Map<String, Integer> mails = new LinkedHashMap<>();
        processes.forEach(process -> mails.put(process.name(), process.proxy().mails()));
        return mails;
    }

    /** How many responses to a mail were lost on the way. */
    public int lostResponses() {
        return processes.stream().mapToInt(process -> process.proxy().lost()).sum();
    }

    private ScaleOutProcess last() {
        return processes.get(processes.size() - 1);
    }

    @Override
    public void close() {
        processes.forEach(ScaleOutProcess::close);
    }
}
