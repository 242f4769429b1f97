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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.github.camelpostal.internal.reason.Phrases.Hits;
import io.github.camelpostal.internal.reason.Phrases.Phrase;
import io.github.camelpostal.internal.reason.ReasonRule.CodeRange;
import io.github.camelpostal.internal.reason.ReasonRule.Wording;
import io.github.camelpostal.payload.Direction;
import io.github.camelpostal.payload.FailureReason;
import io.github.camelpostal.payload.FailureReason.Category;
import io.github.camelpostal.payload.ReasonRules;
import org.jspecify.annotations.Nullable;

/**
 * Finds the reason of a failure: the first rule of the rules file whose conditions hold. The order of the file is the
 * order of trust: Postal's own sentences, then words about the sender, then words about the recipient, then enhanced
 * status codes, then reply codes, because servers put the same code on very different sentences.
 */
public final class ReasonClassifier implements ReasonRules {

    private static final String RULES = "/io/github/camelpostal/reason/reason-rules.txt";
    private static final String WORDS = "/io/github/camelpostal/reason/reason-words.txt";
    // nothing failed, or not yet
    private static final Set<String> NO_FAILURE = Set.of("Pending", "Sent", "Processed", "HoldCancelled");
    // words that make a final reply doubtful: it promises better times ("User temporarily locked, try again later"), or speaks
    // of something else as well ("5.1.1 mailbox full", "no such user, your IP is listed"), whatever rule or code decided
    private static final List<String> DOUBTS = List.of("temporar*", "try again", "try later", "retry", "tente*", "spater",
            "full",
            "quota", "storage", "exceed*", "limit", "score", "reputation", "spam*", "blacklist*", "blocklist*", "senders",
            "sender", "mailfrom", "mail from", "relaying", "client host", "your ip", "ip address", "policy", "virus",
            "too many", "misconfigur*", "or access denied", "callout*", "called",
            "connection*", "messages from", "helo", "spf", "dkim", "dmarc", "database", "tls",
            "refus*", "preference*", "service", "sending", "outgoing", "outbound", "must be", "fully qualified", "authenti*",
            "blocked by", "blocked your", "list of allowed", "not accepted", "content*", "attachment*", "greylist*",
            "relay disabled", "relay denied", "mail command", "transaction failed", "return address", "your address",
            "your email", "your domain", "your server", "illegal characters", "from", "internet", "outside", "external*",
            "unauthori*", "permission*", "put you", "not our domain", "ignore*");

    // a code alone, under more words than these that no rule knows: they may say something else
    private static final int FEW_WORDS = 9;

    // codes that speak of the sender's address, space, the mail or its proofs: whatever the words are, the address may be alive
    private static final List<CodeRange> OTHER_MATTERS = List.of(new CodeRange(0, 1, 7, 9), new CodeRange(0, 2, 2, 4),
            new CodeRange(0, 5, 1, 999), new CodeRange(0, 6, 0, 999), new CodeRange(0, 7, 20, 999));

    // the same of reply codes: "552 No room is left in the user's mailbox" names no missing one
    private static final Set<Integer> SPACE = Set.of(522, 552);

    // the dialogue went wrong: "503 No recipients" says nothing about any of them
    private static final Set<Integer> DIALOGUE = Set.of(502, 503, 504, 530, 535, 555);

    // bad destination system, null MX, system takes no mail, unable to route, domain owner has changed (RFC 3463, 7293, 7504, 7505)
    private static final List<CodeRange> RECIPIENT_DOMAIN = List.of(new CodeRange(5, 1, 2, 2), new CodeRange(5, 1, 10, 10),
            new CodeRange(5, 3, 2, 2), new CodeRange(5, 4, 4, 4), new CodeRange(5, 7, 18, 18));

    // the server or the network has trouble, whatever it says of mailboxes
    private static final List<CodeRange> SYSTEM = List.of(new CodeRange(0, 3, 0, 999), new CodeRange(0, 4, 0, 0),
            new CodeRange(0, 4, 2, 999));

    // codes of the recipient's mailbox, and Exchange's 5.4.1
    private static final List<CodeRange> RECIPIENT = List.of(new CodeRange(5, 1, 0, 6), new CodeRange(5, 1, 351, 351),
            new CodeRange(5, 2, 0, 9), new CodeRange(5, 4, 1, 1), new CodeRange(5, 7, 13, 13), new CodeRange(5, 7, 17, 17));

    // one of these names what is missing or closed
    private static final List<String> NOUNS = List.of("user*", "recipient*", "recip*", "rcpt*", "mailbox*", "mail box",
            "account*",
            "inbox*", "addressee*", "address*", "alias*", "nobody", "no one", "person", "customer", "member", "name",
            "utilisateur*", "destinataire*", "adresse*", "compte*", "boite*", "empfanger*", "benutzer*", "nutzer*", "konto*",
            "postfach*", "usuari*", "destinatari*", "cuenta*", "conta*", "buzon*", "direccion*", "utente*", "casella*",
            "indirizzo*", "пользовател*", "ящик*", "адрес*", "用户", "邮箱", "帐号", "账号");

    // after the lists that its constructor reads
    private static final ReasonClassifier STANDARD = new ReasonClassifier(List.of(),
            ReasonRulesReader.read(resource(RULES)), WordWeights.read(resource(WORDS)));

    // below this, single words say nothing
    private static final double HUNCH = 0.4;
    // above this, they say more than a rule that found its phrase in passing
    private static final double CERTAINTY = 0.8;
    // enough not to call an address dead
    private static final double DOUBT = 0.3;
    // a rule that knows a cause knows more
    private static final Set<Category> NO_CAUSES = Set.of(Category.EXPIRED, Category.UNKNOWN);

    private final List<ReasonRule> ownRules;
    private final List<ReasonRule> rules;
    private final Phrases phrases = new Phrases();
    private final List<Numbers> numbers = new ArrayList<>();
    private final List<Integer> doubts;
    private final int noun;
    private final WordWeights words;

    private ReasonClassifier(List<ReasonRule> own, List<ReasonRule> others, WordWeights words) {
        this.words = words;
        ownRules = own;
        rules = Stream.concat(own.stream(), others.stream()).toList();
        for (ReasonRule rule : rules) {
            numbers.add(new Numbers(ids(rule.texts()), ids(rule.exceptions())));
        }
        doubts = DOUBTS.stream().map(word -> phrases.add(phrase(word))).toList();
        noun = phrases.addAny(NOUNS.stream().map(ReasonClassifier::phrase).toList());
        phrases.close();
    }

    /** With the rules that come with the component. */
    public static ReasonClassifier standard() {
        return STANDARD;
    }

    /** With these rules only: for tests of what the others are worth. */
    static ReasonClassifier of(List<ReasonRule> rules) {
        return new ReasonClassifier(List.of(), rules, WordWeights.read(""));
    }

    /** With the rules of the component and these words: for tests of what the words are worth. */
    static ReasonClassifier withWords(WordWeights words) {
        return new ReasonClassifier(List.of(), STANDARD.rules, words);
    }

    /**
     * With the caller's rules, in the format of the rules file, in front of those of the component.
     *
     * @throws IllegalArgumentException with the line, if the rules are not well-formed, or one does not decide its example
     */
    public static ReasonClassifier withRulesInFront(String rules) {
        List<ReasonRule> own = ReasonRulesReader.read(rules);
        ReasonClassifier classifier = new ReasonClassifier(own, STANDARD.rules, STANDARD.words);
        own.forEach(classifier::requireItsExamples);
        return classifier;
    }

    // nobody else runs the tests of a user's rules
    private void requireItsExamples(ReasonRule rule) {
        for (ReasonRule.Example example : rule.examples()) {
            ReasonRule decides = NO_FAILURE.contains(example.status())
                    ? null
                    : decisive(Attempt.of(example.status(), example.details(), example.output(), phrases));
            if (decides != rule) {
                String said = example.output().isEmpty() ? example.details() : example.output();
                throw new IllegalArgumentException("Rule " + rule.name() + " in line " + rule.line() + " of the rules does not"
                        + " decide its example '" + said + "', "
                        + (decides == null ? "and no other does" : decides.name() + " does"));
            }
        }
    }

    @Override
    public Optional<FailureReason> classify(String status, @Nullable String details, @Nullable String output) {
        if (NO_FAILURE.contains(status)) {
            return Optional.empty();
        }
        Attempt attempt = Attempt.of(status, details == null ? "" : details, output == null ? "" : output, phrases);
        ReasonRule rule = decisive(attempt);
        FailureReason reason = rule == null
                ? new FailureReason(Category.UNKNOWN, false, "none")
                : new FailureReason(rule.category(), isPermanent(rule, attempt.reply, attempt.hits), rule.name());
        return Optional.of(mayBeDoubted(rule, attempt) ? bySingleWords(rule, reason, attempt.reply) : reason);
    }

    // what the caller's rules, Postal and the network say is clear
    private boolean mayBeDoubted(@Nullable ReasonRule rule, Attempt attempt) {
        return attempt.reply.reply() > 0 && (rule == null
                || rule.details().isEmpty() && rule.deliveries().isEmpty() && !ownRules.contains(rule));
    }

    // never permanent: if words and rule differ, the address may be alive
    private FailureReason bySingleWords(@Nullable ReasonRule rule, FailureReason reason, ServerReply reply) {
        WordWeights.Opinion opinion = words.of(reply);
        boolean weak = rule == null || rule.weak();
        boolean says = weak
                ? opinion.certainty() >= HUNCH
                : opinion.certainty() >= CERTAINTY && !NO_CAUSES.contains(opinion.category());
        if (says && opinion.category() != reason.category()) {
            return new FailureReason(opinion.category(), false, "single-words");
        }
        boolean alive = reason.permanent() && !opinion.category().aboutAddress() && opinion.certainty() >= DOUBT;
        return alive ? new FailureReason(reason.category(), false, reason.rule()) : reason;
    }

    /** The same of an event: what an endpoint of ours says about a mail that came in is no reply about an address. */
    public Optional<FailureReason> classify(Direction direction, String status, @Nullable String details,
            @Nullable String output) {
        return direction == Direction.OUTGOING ? classify(status, details, output) : Optional.empty();
    }

    private @Nullable ReasonRule decisive(Attempt attempt) {
        for (int i = 0; i < rules.size(); i++) {
            if (holds(rules.get(i), numbers.get(i), attempt.status, attempt.own, attempt.reply, attempt.hits)) {
                return rules.get(i);
            }
        }
        return null;
    }

    /** The reason that a {@code message/delivery-status} gives (RFC 3464): its code stands in a field of its own. */
    public FailureReason classifyReport(String status, String diagnostic) {
        ServerReply spoken = ServerReply.of(diagnostic);
        // the code of the dialogue is closer to the facts than what a gateway made of it
        String output = spoken.code().isPresent() ? diagnostic : status + " " + diagnostic;
        String withReply = spoken.reply() > 0 && spoken.code().isEmpty()
                ? spoken.reply() + " " + status + " " + diagnostic
                : output;
        return classify("HardFail", "", withReply).orElseThrow();
    }

    List<ReasonRule> rules() {
        return rules;
    }

    private boolean isPermanent(ReasonRule rule, ServerReply reply, Hits hits) {
        return rule.category().aboutAddress() && !rule.never() && reply.saysFinal()
                && (ownRules.contains(rule) // who writes a rule knows what it means
                        || saysWhose(rule.category(), reply, hits) && (!rule.texts().isEmpty() || isPlain(reply.words(), hits)))
                && !hasCode(reply, OTHER_MATTERS) && !DIALOGUE.contains(reply.reply())
                && (reply.code().isPresent() || !SPACE.contains(reply.reply()))
                && doubts.stream().noneMatch(hits::contains);
    }

    // "<a@example.com> does not exist" can mean the sender. And a server that was found through the recipient's domain means
    // the sender's when it says "domain not found". Unless the code says which
    private boolean saysWhose(Category category, ServerReply reply, Hits hits) {
        if (category == Category.UNKNOWN_DOMAIN) {
            return reply.reply() == 521 || reply.reply() == 556 || hasCode(reply, RECIPIENT_DOMAIN);
        }
        return hasCode(reply, RECIPIENT) || hits.contains(noun) && !hasCode(reply, SYSTEM);
    }

    // a code alone, as of "5.1.1 RCP-P2 http://postmaster.example.com/codes#rcp Refused due to preferences", is not enough
    private boolean isPlain(String words, Hits hits) {
        long more = words.chars().filter(c -> c == ' ').count();
        return !words.contains("http /") && !words.contains("https /")
                && (more < 5 || more < FEW_WORDS && (hits.contains(noun) || words.contains("domain")));
    }

    private static boolean hasCode(ServerReply reply, List<CodeRange> ranges) {
        return reply.code().stream().anyMatch(code -> ranges.stream().anyMatch(range -> range.contains(code)));
    }

    private static boolean holds(ReasonRule rule, Numbers numbers, String status, String own, ServerReply reply, Hits hits) {
        return (rule.deliveries().isEmpty() || rule.deliveries().contains(status))
                && rule.hasReply(reply.reply())
                && (rule.codes().isEmpty() || reply.code().filter(code -> anyOf(rule, code)).isPresent())
                && (rule.details().isEmpty() || rule.details().stream().anyMatch(wording -> begins(own, wording)))
                && (rule.texts().isEmpty() || isSaid(numbers.texts, hits))
                && !isSaid(numbers.exceptions, hits);
    }

    private static boolean anyOf(ReasonRule rule, ServerReply.EnhancedCode code) {
        return rule.codes().stream().anyMatch(range -> range.contains(code));
    }

    // only the beginning: an address that Postal quotes in its sentence is chosen by anyone
    private static boolean begins(String own, Wording wording) {
        return own.startsWith(wording.words())
                && (wording.then().isEmpty() || own.indexOf(wording.then(), wording.words().length()) >= 0);
    }

    private static boolean isSaid(int[][] alternatives, Hits hits) {
        for (int[] alternative : alternatives) {
            if (alternative.length == 1 ? hits.contains(alternative[0]) : hits.inOrder(alternative[0], alternative[1])) {
                return true;
            }
        }
        return false;
    }

    private int[][] ids(List<Wording> wordings) {
        return wordings.stream()
                .map(wording -> wording.then().isEmpty()
                        ? new int[]{id(wording.words())}
                        : new int[]{id(wording.words()), id(wording.then())})
                .toArray(int[][]::new);
    }

    private int id(String words) {
        List<Phrase> set = Stream.of(words.split(" \\| ", -1)).map(ReasonClassifier::phrase).toList();
        return set.size() == 1 ? phrases.add(set.get(0)) : phrases.addAny(set);
    }

    private static Phrase phrase(String words) {
        return words.endsWith("*") ? new Phrase(words.substring(0, words.length() - 1), true) : new Phrase(words, false);
    }

    private static String resource(String name) {
        try (InputStream in = ReasonClassifier.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What Postal reports of an attempt, looked through once. */
    private record Attempt(String status, String own, ServerReply reply, Hits hits) {

        static Attempt of(String status, String details, String output, Phrases phrases) {
            ServerReply reply = ServerReply.of(output);
            String own = ServerReply.words(details.length() > 500 ? details.substring(0, 500) : details);
            return new Attempt(status, own, reply, phrases.in(reply.words()));
        }
    }

    /** The numbers of a rule's phrases in the index. */
    private record Numbers(int[][] texts, int[][] exceptions) {
    }
}
