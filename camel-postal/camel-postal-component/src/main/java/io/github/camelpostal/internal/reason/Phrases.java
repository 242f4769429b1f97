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
package io.github.camelpostal.internal.reason;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds all phrases of all rules in one walk over a text, in time linear in its length (Aho and Corasick, 1975): the
 * text comes from a foreign server, and one rule after the other, or a regular expression that backtracks, would let it
 * choose how long we are busy.
 */
final class Phrases {

    // Postfix puts it in front of what others write, whatever that is: it names no recipient of whom something is said
    private static final String FRAME = "recipient address rejected ";

    // so far apart, two words hardly belong to one statement
    private static final int NEAR = 60;

    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Integer> ids = new LinkedHashMap<>();
    private final List<Phrase> phrases = new ArrayList<>();
    // per phrase, the numbers under which its hits count: its own, and those of the sets that it belongs to
    private final List<List<Integer>> counts = new ArrayList<>();
    private int numbers;

    Phrases() {
        nodes.add(new Node());
    }

    /** The number under which hits of this phrase are found; call it for all phrases before {@link #close()}. */
    int add(Phrase phrase) {
        return counts.get(number(phrase)).get(0);
    }

    /** The number under which a hit of any of these phrases is found. */
    int addAny(List<Phrase> set) {
        Integer known = ids.get(set.toString());
        if (known != null) {
            return known;
        }
        int number = numbers++;
        set.stream().map(this::number).distinct().forEach(phrase -> counts.get(phrase).add(number));
        ids.put(set.toString(), number);
        return number;
    }

    private int number(Phrase phrase) {
        return ids.computeIfAbsent(phrase.toString(), key -> insert(phrase));
    }

    private int insert(Phrase phrase) {
        int at = 0;
        for (int i = 0; i < phrase.words().length(); i++) {
            char c = phrase.words().charAt(i);
            Integer next = nodes.get(at).next.get(c);
            if (next == null) {
                next = nodes.size();
                nodes.add(new Node());
                nodes.get(at).next.put(c, next);
            }
            at = next;
        }
        phrases.add(phrase);
        counts.add(new ArrayList<>(List.of(numbers++)));
        nodes.get(at).ends.add(phrases.size() - 1);
        return phrases.size() - 1;
    }

    /** Computes where a walk goes on after a mismatch. */
    Phrases close() {
        Deque<Integer> queue = new ArrayDeque<>(nodes.get(0).next.values());
        while (!queue.isEmpty()) {
            int at = queue.poll();
            Node node = nodes.get(at);
            node.shorter = nodes.get(node.fail).ends.isEmpty() ? nodes.get(node.fail).shorter : node.fail;
            node.next.forEach((c, next) -> {
                nodes.get(next).fail = step(node.fail, c);
                queue.add(next);
            });
        }
        return this;
    }

    private int step(int from, char c) {
        int at = from;
        while (true) {
            Integer next = nodes.get(at).next.get(c);
            if (next != null) {
                return next;
            }
            if (at == 0) {
                return 0;
            }
            at = nodes.get(at).fail;
        }
    }

    Hits in(String text) {
        Hits hits = new Hits(numbers);
        int frameStart = text.indexOf(FRAME);
        int frameEnd = frameStart < 0 ? 0 : frameStart + FRAME.length();
        int at = 0;
        for (int i = 0; i < text.length(); i++) {
            at = step(at, text.charAt(i));
            for (int n = nodes.get(at).ends.isEmpty() ? nodes.get(at).shorter : at; n > 0; n = nodes.get(n).shorter) {
                for (int id : nodes.get(n).ends) {
                    int start = i + 1 - phrases.get(id).words().length();
                    if (phrases.get(id).standsAlone(text, start, i + 1)) {
                        hits.add(counts.get(id).get(0), start, i + 1);
                        if (start < frameStart || start >= frameEnd) {
                            hits.addToSets(counts.get(id), start, i + 1);
                        }
                    }
                }
            }
        }
        return hits;
    }

    private static final class Node {
        private final Map<Character, Integer> next = new HashMap<>();
        private final List<Integer> ends = new ArrayList<>(1);
        private int fail;
        // the next node on the way of mismatches at which a phrase ends, 0 if there is none
        private int shorter;
    }

    /**
     * Words in a row.
     *
     * @param words normalized as the text is
     * @param open  true if the last word may go on: {@code reject*}
     */
    record Phrase(String words, boolean open) {

        boolean standsAlone(String text, int start, int end) {
            return (start == 0 || !joined(text.charAt(start - 1), words.charAt(0)))
                    && (open || end == text.length() || !joined(words.charAt(words.length() - 1), text.charAt(end)));
        }

        // Chinese and Japanese are written without spaces
        private static boolean joined(char before, char after) {
            return Character.isLetterOrDigit(before) && Character.isLetterOrDigit(after)
                    && !isEastAsian(before) && !isEastAsian(after);
        }

        private static boolean isEastAsian(char c) {
            return c >= '\u3040' && c <= '\u30ff' || Character.isIdeographic(c);
        }

        @Override
        public String toString() {
            return open ? words + "*" : words;
        }
    }

    /** Where the phrases were found: the first end and the last start are enough to know what follows what. */
    static final class Hits {
        private final int[] firstEnd;
        private final int[] lastStart;
        // of sets, all of them, by their ends: words that servers use for everything must also stand near each other
        private final Map<Integer, TreeMap<Integer, Integer>> ofSets = new HashMap<>();

        private Hits(int size) {
            firstEnd = new int[size];
            lastStart = new int[size];
            Arrays.fill(lastStart, -1);
        }

        private void add(int id, int start, int end) {
            if (lastStart[id] < 0) {
                firstEnd[id] = end;
            }
            lastStart[id] = start;
        }

        private void addToSets(List<Integer> phraseAndSets, int start, int end) {
            for (int i = 1; i < phraseAndSets.size(); i++) {
                add(phraseAndSets.get(i), start, end);
                ofSets.computeIfAbsent(phraseAndSets.get(i), set -> new TreeMap<>()).merge(end, start, Math::max);
            }
        }

        boolean contains(int id) {
            return lastStart[id] >= 0;
        }

        boolean inOrder(int first, int second) {
            if (!contains(first) || lastStart[second] < firstEnd[first]) {
                return false;
            }
            TreeMap<Integer, Integer> heads = ofSets.get(first);
            TreeMap<Integer, Integer> tails = ofSets.get(second);
            return heads == null || tails == null || tails.values().stream().anyMatch(start -> {
                Integer end = heads.floorKey(start);
                return end != null && start - end <= NEAR;
            });
        }
    }
}
