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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What became of all that a trial has given to its processes.
 *
 * @param written     what should become of each piece of work, by its key
 * @param mails       how many mails Postal has of each
 * @param deadLetters how often each is among the dead letters
 * @param review      how often each is under review
 * @param perProcess  how many mails each process has given to Postal
 */
public record ScaleOutReport(Duration took, Map<String, Kind> written, Map<String, Integer> mails,
        Map<String, Integer> deadLetters,
        Map<String, Integer> review, Map<String, Integer> perProcess, Troubles troubles) {

    /** What should become of a piece of work. */
    public enum Kind {
        MAIL, DEAD_LETTER
    }

    /**
     * What was done to the processes.
     *
     * @param inDoubt       mails that Postal had taken and the killed process did not know of
     * @param lostResponses mails whose response was lost on the way
     * @param lateCommits   mails that Postal stored long after the connection had ended
     * @param others        messages of other senders in between
     * @param copies        incoming messages with the Message-ID of a mail
     */
    public record Troubles(int inDoubt, int lostResponses, int lateCommits, int others, int copies) {
    }

    /** How often it has come to an end; a mail whose response was lost belongs to its place under review. */
    private int ends(String record) {
        int reviewed = count(review, record);
        int sent = Math.max(0, count(mails, record) - reviewed);
        return sent + count(deadLetters, record) + reviewed;
    }

    private long sent() {
        return written.keySet().stream().filter(record -> count(mails, record) > 0 && count(review, record) == 0).count();
    }

    /** What has more than one end. */
    public Set<String> duplicates() {
        Set<String> duplicates = new TreeSet<>();
        written.keySet().stream().filter(record -> ends(record) > 1).forEach(duplicates::add);
        return duplicates;
    }

    /** What does not hold; empty when all is well. */
    public List<String> broken() {
        List<String> broken = new ArrayList<>();
        written.forEach((record, kind) -> {
            if (ends(record) == 0) {
                broken.add(record + " is lost");
            }
            if ((count(deadLetters, record) > 0) != (kind == Kind.DEAD_LETTER)) {
                broken.add(record + " should have become " + kind);
            }
        });
        Set<String> duplicates = duplicates();
        duplicates.forEach(record -> broken.add(record + " has two ends"));
        review.keySet().forEach(record -> broken.add(record + " is under review"));
        mails.keySet().stream().filter(record -> !written.containsKey(record))
                .forEach(record -> broken.add("a mail of nobody, tag " + record));
        return broken;
    }

    public List<String> lines() {
        List<String> lines = new ArrayList<>(List.of("",
                perProcess.size() + " processes, one killed with SIGKILL when Postal had responded, "
                        + took.toSeconds() + " s",
                line("to do", written.size()),
                line("sent", sent()),
                line("dead-lettered", deadLetters.size()),
                line("under review", review.size()),
                line("  of which Postal has the mail", review.keySet().stream().filter(mails::containsKey).count()),
                line("lost", written.keySet().stream().filter(record -> ends(record) == 0).count()),
                line("duplicates", duplicates().size()),
                line("mails in doubt at the kill", troubles.inDoubt),
                line("responses lost", troubles.lostResponses),
                line("stored up to 20 s late", troubles.lateCommits),
                line("messages of other senders", troubles.others),
                line("incoming copies", troubles.copies)));
        perProcess.forEach((process, count) -> lines.add(line("mails by " + process, count)));
        broken().stream().limit(20).forEach(what -> lines.add("BROKEN: " + what));
        return lines;
    }

    private static String line(String what, long count) {
        return String.format(Locale.ROOT, "   %-32s %,8d", what, count);
    }

    private static int count(Map<String, Integer> counts, String record) {
        return counts.getOrDefault(record, 0);
    }
}
