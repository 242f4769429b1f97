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
package io.github.camelpostal.model;

import static io.github.camelpostal.model.VirtualPostal.NO_RESPONSE;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.camelpostal.model.KeptKeys.Death;
import io.github.camelpostal.model.Life.Plan;
import io.github.camelpostal.model.Life.Work;
import io.github.camelpostal.model.VirtualPostal.Fate;
import io.github.camelpostal.model.VirtualPostal.Message;
import io.github.camelpostal.testing.Wire;

/**
 * One random history of Postal, its receiver and the world around them. It says beforehand what each attempt must get, and
 * collects every promise that was broken.
 */
final class RandomHistory {

    private static final int MESSAGES = 8;
    private static final int STEPS = 160;

    private final Random random;
    private final SigningKeys keys;
    private final double luck;
    private final VirtualPostal postal = new VirtualPostal();
    private final KeptKeys kept = new KeptKeys();
    private final Book book = new Book(kept);
    private final List<String> log = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    /** Of this life: what came too late for its response and waits for the next attempt. */
    private final Map<String, Integer> late = new HashMap<>();
    /** Of this life: what the clock of this machine has made unpredictable. */
    private final Set<String> unpredictable = new HashSet<>();
    private int signingKey;
    private Set<Integer> trusted = Set.of(0);
    private Life life;

    RandomHistory(long seed, Path folder) {
        this.random = new Random(seed);
        this.keys = new SigningKeys(folder);
        this.luck = random.nextInt(4) == 0 ? 0.03 : 0.2 + 0.7 * random.nextDouble();
    }

    /** @return what went wrong, empty when all promises were kept */
    List<String> play() throws Exception {
        for (int i = 0; i < MESSAGES; i++) {
            postal.accept(random.nextInt(3) > 0);
        }
        try {
            for (int step = 0; step < STEPS && book.broken().isEmpty(); step++) {
                step();
            }
            if (book.broken().isEmpty()) {
                endWell();
            }
        } finally {
            if (life != null) {
                life.stop();
            }
        }
        return book.broken();
    }

    /** All that was done, in order. */
    List<String> log() {
        return log;
    }

    /** Names of the situations that this history went through. */
    Set<String> seen() {
        return seen;
    }

    private void step() throws Exception {
        if (life == null && random.nextInt(10) < 7) {
            start();
        }
        int dice = random.nextInt(100);
        if (dice < 70 || life == null) {
            nextTry();
        } else if (dice < 76) {
            tryOnce(anyMessage(), false); // a person presses "retry"
        } else if (dice < 80) {
            tryTwiceAtOnce(anyMessage());
        } else if (dice < 87) {
            releaseOne();
        } else {
            changeTheWorld(random.nextInt(8));
        }
    }

    private void changeTheWorld(int what) throws Exception {
        switch (what) {
            case 0 -> crash("crash");
            case 1 -> end("stop");
            case 2 -> restartRoute();
            case 3, 4 -> suspendOrResume();
            case 5 -> {
                signingKey = 1 - signingKey;
                say("Postal signs with key " + signingKey);
            }
            case 6 -> {
                life.connection().state = KeptKeys.State.values()[random.nextInt(3)];
                say("repository " + life.connection().state);
            }
            default -> postal.accept(random.nextBoolean());
        }
    }

    /** From here on nothing fails any more: whatever Postal still holds must come through. */
    private void endWell() throws Exception {
        if (life != null) {
            end("stop");
        }
        start();
        while (postal.next().isPresent() && book.broken().isEmpty()) {
            Message message = postal.next().get();
            life.plan(message.name(), new Plan(Work.COMPLETE, false));
            postal.responded(message, post(message, expected(message, new Plan(Work.COMPLETE, false))));
            if (message.fate() != Fate.DELIVERED && !unpredictable.contains(message.name())) {
                book.broke(message.name() + " is " + message.fate() + " though nothing was in its way");
            }
        }
        postal.messages().forEach(this::checkFate);
    }

    private void checkFate(Message message) {
        boolean done = book.isDone(message.name());
        switch (message.fate()) {
            case DELIVERED -> promise(done, message.name() + " was never completed by the route, and Postal keeps nothing");
            case BOUNCED -> promise(message.tries() == 18 || book.isRejected(message.name()), message.name()
                    + " was bounced before the last try, and the route had not rejected it");
            case LOST -> book.broke(message.name() + " was lost");
            case DISCARDED, WAITING -> saw(message.fate().name());
        }
    }

    private void nextTry() throws Exception {
        var next = postal.next();
        if (next.isEmpty()) {
            postal.accept(random.nextBoolean());
            return;
        }
        tryOnce(next.get(), true);
    }

    private void tryOnce(Message message, boolean dueByClock) throws Exception {
        if (life == null) {
            finish(message, NO_RESPONSE, dueByClock);
            return;
        }
        var plan = new Plan(randomWork(), random.nextInt(14) == 0);
        if (!life.isHeld(message.name())) {
            life.plan(message.name(), plan);
        }
        boolean recordedBefore = book.isRecorded(message.name());
        if (random.nextInt(40) == 0) {
            dieWhileRecording(message);
            finish(message, NO_RESPONSE, dueByClock);
            return;
        }
        int expected = expected(message, plan);
        int status = post(message, expected);
        boolean reachesPostal = random.nextInt(12) > 0;
        say(message.name() + " " + plan + " -> " + status + (reachesPostal ? "" : ", lost on its way"));
        finish(message, reachesPostal ? status : NO_RESPONSE, dueByClock);
        if (recordedBefore && expected == 200 && reachesPostal && message.fate() == Fate.BOUNCED && dueByClock
                && !unpredictable.contains(message.name())) {
            book.broke(message.name() + " was bounced although its completion was recorded before the last try");
        }
    }

    private void finish(Message message, int status, boolean dueByClock) {
        if (dueByClock || status != NO_RESPONSE) {
            postal.responded(message, status);
            if (message.fate() == Fate.BOUNCED) {
                saw(message.tries() == 18 ? "bounced after the last try" : "bounced by rejection");
            }
        }
    }

    /** What the response table says, given all that happened before. Takes the late result, as the try does. */
    private int expected(Message message, Plan plan) {
        String name = message.name();
        if (life.isSuspended() || !trusted.contains(signingKey)) {
            return saw(life.isSuspended() ? "suspended" : "unverified", 503);
        }
        if (life.isHeld(name)) {
            return saw("in flight", 503);
        }
        if (late.containsKey(name)) {
            return saw("late " + late.get(name), late.remove(name));
        }
        if (book.isRecorded(name)) {
            boolean readable = life.connection().state != KeptKeys.State.UNREACHABLE;
            return readable ? saw("duplicate", 200) : saw("unreadable", 503);
        }
        if (life.isDoneInThisRun(name)) {
            return saw("duplicate that could not be recorded", 200);
        }
        if (life.connection().state == KeptKeys.State.UNREACHABLE) {
            return saw("unreadable", 503);
        }
        if (life.isFull()) {
            return saw("full", 503);
        }
        if (plan.slow()) {
            return saw("slow", 503);
        }
        return switch (plan.work()) {
            case COMPLETE -> saw("completed", 200);
            case FAIL, ROLL_BACK -> saw(plan.work().name(), 503);
            case REJECT -> message.isMail() ? saw("mail rejected", 422) : saw("event rejected", 200);
        };
    }

    private int post(Message message, int expected) throws Exception {
        boolean wasHeld = life.isHeld(message.name());
        long start = System.nanoTime();
        int status = checked(life.post(message.body(), keys.signature(signingKey, message)));
        boolean outOfTime = System.nanoTime() - start >= Life.PROCESSING_TIMEOUT.toNanos();
        life.awaitQuiet();
        if (status == 503 && outOfTime && (wasHeld || !life.isHeld(message.name()))) {
            saw("slow machine");
            unpredictable.add(message.name());
        }
        promise(status == expected || unpredictable.contains(message.name()), message.name() + " got " + status
                + " instead of " + expected);
        if (status == 200) {
            promise(book.isDone(message.name()), message.name() + " got 200 and was never completed by the route");
        }
        return status;
    }

    private void tryTwiceAtOnce(Message message) throws Exception {
        if (life.isHeld(message.name())) {
            return;
        }
        life.plan(message.name(), new Plan(Work.COMPLETE, false));
        String signature = keys.signature(signingKey, message);
        int runsBefore = book.runs(message.name());
        boolean written = life.connection().state == KeptKeys.State.WORKING;
        CompletableFuture<Wire.Response> other = CompletableFuture.supplyAsync(() -> {
            try {
                return life.post(message.body(), signature);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        int one = checked(life.post(message.body(), signature));
        int two = checked(other.get(60, TimeUnit.SECONDS));
        life.awaitQuiet();
        late.remove(message.name());
        unpredictable.add(message.name());
        say(message.name() + " twice at once -> " + one + ", " + two);
        promise(!written || book.runs(message.name()) <= runsBefore + 1, message.name() + " ran twice for two tries at once");
        finish(message, Math.min(one, two), true);
        promise(Math.min(one, two) != 200 || book.isDone(message.name()), message.name() + " got 200, never completed");
    }

    private int checked(Wire.Response response) {
        String text = switch (response.status()) {
            case 200 -> "";
            case 503 -> "Try again later";
            case 422 -> "Rejected";
            default -> "a response outside the table";
        };
        promise(response.text().equals(text), "Got " + response.status() + " " + response.text());
        return response.status();
    }

    private void start() throws Exception {
        trusted = random.nextBoolean() ? Set.of(0, 1) : Set.of(signingKey);
        life = new Life(book, kept.connect(), keys.optionFor(trusted));
        say("start, trusts " + trusted);
    }

    private void crash(String how) {
        saw("crash with " + (life.held().isEmpty() ? "nothing" : "work") + " in flight");
        life.crash();
        forgetLife(how);
    }

    private void end(String how) {
        life.stop();
        book.processDied();
        forgetLife(how);
    }

    private void forgetLife(String how) {
        say(how);
        life = null;
        late.clear();
        unpredictable.clear();
    }

    private void dieWhileRecording(Message message) throws Exception {
        Death death = random.nextBoolean() ? Death.BEFORE_THE_COMMIT : Death.AFTER_THE_COMMIT;
        if (!life.isHeld(message.name())) {
            life.plan(message.name(), new Plan(Work.COMPLETE, false));
        }
        life.connection().death = death;
        checked(life.post(message.body(), keys.signature(signingKey, message)));
        saw("death " + death);
        crash(message.name() + ": killed " + death);
    }

    private void restartRoute() throws Exception {
        life.restartRoute();
        saw("route restarted with " + (life.held().isEmpty() ? "nothing" : "work") + " in flight");
        say("route restarted");
    }

    private void suspendOrResume() throws Exception {
        if (life.isSuspended()) {
            life.resume();
            say("resumed");
        } else if (life.held().isEmpty()) { // or Camel, past its shutdown timeout, would stop the route instead
            life.suspend();
            say("suspended");
        }
    }

    private void releaseOne() {
        life.held().keySet().stream().sorted().findFirst().ifPresent(name -> {
            boolean done = book.isDone(name);
            life.release(name);
            say(name + " ends late");
            if (book.isDone(name) && !done) {
                late.put(name, 200);
            } else if (life.planOf(name).work() == Work.REJECT && name.startsWith("mail")) {
                late.put(name, 422);
            } else if (done) {
                unpredictable.add(name);
            }
        });
    }

    private Work randomWork() {
        if (random.nextDouble() < luck) {
            return Work.COMPLETE;
        }
        return random.nextInt(luck < 0.1 ? 400 : 12) == 0 ? Work.REJECT : random.nextBoolean() ? Work.FAIL : Work.ROLL_BACK;
    }

    private Message anyMessage() {
        return postal.messages().get(random.nextInt(postal.messages().size()));
    }

    private void promise(boolean kept, String otherwise) {
        if (!kept) {
            book.broke(otherwise);
        }
    }

    private void say(String what) {
        log.add(what);
    }

    private void saw(String what) {
        seen.add(what);
    }

    private int saw(String what, int status) {
        seen.add(what);
        return status;
    }
}
