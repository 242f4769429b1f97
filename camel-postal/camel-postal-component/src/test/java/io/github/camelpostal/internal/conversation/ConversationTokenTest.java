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
package io.github.camelpostal.internal.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import io.github.camelpostal.conversation.ConversationSender;
import io.github.camelpostal.internal.conversation.Recognition.Match;
import io.github.camelpostal.internal.conversation.Recognition.NoMatch;
import io.github.camelpostal.internal.conversation.Recognition.TokenSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationTokenTest {

    private static final String ROUTE = "support@example.com";
    private static final List<String> BOB = List.of("Bob <Bob@Example.net>");

    private final ConversationIssuer issuer = issuer(Secrets.keys());
    private final ConversationRecognizer recognizer = new ConversationRecognizer(Secrets.keys(), Secrets.CLOCK);

    @Test
    void putsTheTokenBehindThePlusInTheDocumentedLayout() {
        String address = issuer.replyAddress("order-4711", BOB, ROUTE);

        assertThat(address).matches("support\\+a[a-z2-7]{3}[a-z2-7]{4}order-4711[a-z2-7]{16}@example\\.com");
    }

    @Test
    void recognizesAReplyByItsRecipientWhateverItsCase() {
        String address = issuer.replyAddress("order-4711", BOB, ROUTE);

        for (String recipient : List.of(address, address.toUpperCase(Locale.ROOT), '<' + address + '>')) {
            assertThat(recognizer.recognize(new ReplyClues(recipient, null, null, "bob@example.net")))
                    .isInstanceOfSatisfying(Match.class, known -> {
                        assertThat(known.conversation()).isEqualTo("order-4711");
                        assertThat(known.source()).isEqualTo(TokenSource.RECIPIENT);
                        assertThat(known.sender()).isEqualTo(ConversationSender.EXPECTED);
                    });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"order-4711", "ORD-2026-4711", "Order/4711", "a..b", "...", ".", "~=+@", "Größe 5", "注文", "\u0000",
            "01ARZ3NDEKTSV4RRFFQ69G5FAV", "aAbBcC", "x y", "0123456789abcdef0123456789abcdef"})
    void returnsEveryIdAsItWasGiven(String id) {
        String address = issuer.replyAddress(id, BOB, "r@example.com");

        assertThat(address).matches("[a-z0-9._=~-]+(\\+[a-z0-9_=~-]+(\\.[a-z0-9_=~-]+)*\\.?[a-z0-9_=~-]*)@example\\.com")
                .doesNotContain("..");
        assertThat(conversation(recognizer.recognize(new ReplyClues(address.toUpperCase(Locale.ROOT), null, null, null))))
                .isEqualTo(id);
    }

    @Test
    void refusesAnIdThatDoesNotFitAndNamesTheLimit() {
        assertThat(issuer.replyAddress("x".repeat(34), BOB, "reply@example.com").indexOf('@')).isEqualTo(64);
        assertThatThrownBy(() -> issuer.replyAddress("x".repeat(35), BOB, "reply@example.com"))
                .isInstanceOf(ConversationRefusedException.class).hasMessageContaining("35").hasMessageContaining("at most 34")
                .hasMessageNotContaining("xxx");
        assertThatThrownBy(() -> issuer.replyAddress("/".repeat(12), BOB, "reply@example.com"))
                .hasMessageContaining("36 characters once it is escaped");
        assertThatThrownBy(() -> issuer.replyAddress("x", BOB, "a".repeat(40) + "@example.com"))
                .hasMessageContaining("too long");
        assertThatThrownBy(() -> issuer.messageId("x".repeat(250), BOB, "example.com")).hasMessageContaining("at most 202");
        assertThat(issuer.messageId("x".repeat(202), BOB, "example.com")).hasSize(255 + 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "support", "Support <support@example.com>", "\"a b\"@example.com", "sùpport@example.com", "@x",
            "x@"})
    void refusesAReplyAddressThatCannotCarryAToken(String address) {
        assertThatThrownBy(() -> issuer.replyAddress("x", BOB, address)).isInstanceOf(ConversationRefusedException.class)
                .hasMessageContaining("replyAddress");
    }

    @Test
    void refusesAnIdThatNoTextCanExpressAndAMailToNobody() {
        assertThatThrownBy(() -> issuer.replyAddress("", BOB, ROUTE)).isInstanceOf(ConversationRefusedException.class);
        assertThatThrownBy(() -> issuer.replyAddress("\ud800", BOB, ROUTE)).isInstanceOf(ConversationRefusedException.class);
        assertThatThrownBy(() -> issuer.replyAddress("x", List.of(), ROUTE)).isInstanceOf(ConversationRefusedException.class);
    }

    @Test
    void keepsTheTagThatTheReplyAddressHasAlready() {
        String address = issuer.replyAddress("x", BOB, "support+orders@example.com");

        assertThat(address).startsWith("support+orders+");
        assertThat(conversation(recognizer.recognize(new ReplyClues(address, null, null, null)))).isEqualTo("x");
        String elsewhere = address.replace("+orders", "+sales");
        assertThat(recognizer.recognize(new ReplyClues(elsewhere, null, null, null)))
                .isEqualTo(new NoMatch(List.of(TokenFault.FORGED)));
    }

    @Test
    void acceptsNoTokenOfAnotherRouteOrDomain() {
        String address = issuer.replyAddress("x", BOB, ROUTE);

        for (String recipient : List.of(address.replace("support", "sales"), address.replace("example.com", "example.org"))) {
            assertThat(recognizer.recognize(new ReplyClues(recipient, null, null, null)))
                    .isEqualTo(new NoMatch(List.of(TokenFault.FORGED)));
        }
    }

    @Test
    void acceptsNoTokenForAnotherPurpose() {
        String address = issuer.replyAddress("x", BOB, ROUTE);
        String messageId = issuer.messageId("x", BOB, "example.com");
        String ofAddress = address.substring(address.indexOf('+') + 1, address.indexOf('@'));
        String ofMessageId = messageId.substring(messageId.indexOf('.') + 1, messageId.indexOf('@'));

        ReplyClues swapped = new ReplyClues("support+" + ofMessageId + "@example.com", "<abcdefghijklmnop." + ofAddress + "@x>",
                null, null);

        assertThat(recognizer.recognize(swapped))
                .isEqualTo(new NoMatch(List.of(TokenFault.FORGED, TokenFault.FORGED)));
    }

    @Test
    void acceptsATokenUntilTheEndOfItsLastDay() {
        String address = issuer.replyAddress("x", BOB, ROUTE);
        ReplyClues clues = new ReplyClues(address, null, null, null);

        assertThat(conversation(at(Duration.ofDays(30).plusHours(13)).recognize(clues))).isEqualTo("x");
        assertThat(at(Duration.ofDays(31)).recognize(clues)).isEqualTo(new NoMatch(List.of(TokenFault.EXPIRED)));
        assertThat(at(Duration.ofDays(40_000)).recognize(clues)).isEqualTo(new NoMatch(List.of(TokenFault.EXPIRED)));
    }

    @Test
    void acceptsTokensOfAKeyThatNoLongerSigns() {
        String address = issuer.replyAddress("x", BOB, ROUTE);
        ConversationKeys rotated = ConversationKeys.parse(Secrets.NEW + "," + Secrets.OLD);
        ReplyClues clues = new ReplyClues(address, null, null, "bob@example.net");

        assertThat(conversation(new ConversationRecognizer(rotated, Secrets.CLOCK).recognize(clues))).isEqualTo("x");
        assertThat(issuer(rotated).replyAddress("x", BOB, ROUTE)).startsWith("support+b");
        assertThat(new ConversationRecognizer(ConversationKeys.parse(Secrets.NEW), Secrets.CLOCK).recognize(clues))
                .isEqualTo(new NoMatch(List.of(TokenFault.UNKNOWN_KEY)));
    }

    @Test
    void expectsEachOfSeveralRecipientsAndHardlyAnybodyElse() {
        String address = issuer.replyAddress("x", List.of("bob@example.net", "eve@example.org"), ROUTE);

        assertThat(sender(address, "Eve <EVE@example.org>")).isEqualTo(ConversationSender.EXPECTED);
        assertThat(sender(address, "bob@example.net")).isEqualTo(ConversationSender.EXPECTED);
        int strangers = 0;
        for (int i = 0; i < 2_000; i++) {
            strangers += sender(address, "stranger" + i + "@example.net") == ConversationSender.EXPECTED ? 1 : 0;
        }
        assertThat(strangers).isLessThan(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"eve@example.org", "bob@example.org", "", "nobody"})
    void tellsAnotherSenderFromTheOneWeWroteTo(String from) {
        assertThat(sender(issuer.replyAddress("x", BOB, ROUTE), from)).isEqualTo(ConversationSender.OTHER);
    }

    @Test
    void comparesInternationalDomainsInEitherForm() {
        String address = issuer.replyAddress("x", List.of("bob@müller.example"), "support@köln.example");

        assertThat(sender(address.replace("xn--kln-sna", "köln"), "bob@xn--mller-kva.example"))
                .isEqualTo(ConversationSender.EXPECTED);
    }

    /** Reply-To goes out as it is, and not every mail server takes one that is not ASCII. */
    @Test
    void writesTheDomainOfTheReplyAddressInAscii() {
        assertThat(issuer.replyAddress("x", BOB, "support@köln.example")).endsWith("@xn--kln-sna.example");
        String address = issuer.replyAddress("x", BOB, "support@example.com.");
        assertThat(address).endsWith("@example.com");
        assertThat(sender(address, "\"Bob\"@example.net")).isEqualTo(ConversationSender.EXPECTED);
    }

    @Test
    void takesALookAlikeOfAnInternationalDomainForAnother() {
        String address = issuer.replyAddress("x", List.of("bob@straße.example"), "support@example.com");

        assertThat(sender(address, "bob@xn--strae-oqa.example")).isEqualTo(ConversationSender.EXPECTED);
        assertThat(sender(address, "bob@strasse.example")).isEqualTo(ConversationSender.OTHER);
    }

    @Test
    void givesAddressAndMessageIdOfOneMailOneKeyForSingleUse() {
        Recognition byAddress = recognizer.recognize(new ReplyClues(issuer.replyAddress("x", BOB, ROUTE), null, null, null));
        Recognition byMessageId = recognizer
                .recognize(new ReplyClues(ROUTE, issuer.messageId("x", BOB, "example.com"), null, null));

        assertThat(token(byAddress).singleUseKey()).isEqualTo(token(byMessageId).singleUseKey());
        String longId = "y".repeat(150);
        Recognition ofLongId = recognizer.recognizeSent(issuer.messageId(longId, BOB, "example.com"), null);
        assertThat(token(ofLongId).singleUseKey()).hasSizeLessThanOrEqualTo(100);
    }

    @Test
    void takesAnOrdinaryAddressTagForNoToken() {
        assertThat(recognizer.recognize(new ReplyClues("support+sales-and-marketing-of-germany@example.com",
                "<CAF=abc.def@mail.gmail.com>", "<1@x> <2@x>", null))).isEqualTo(new NoMatch(List.of()));
    }

    @Test
    void findsTheConversationOfADeliveryEvent() {
        String messageId = issuer.messageId("x", BOB, "example.com");
        String bare = messageId.substring(1, messageId.length() - 1);

        assertThat(conversation(recognizer.recognizeSent(bare, "bob@example.net"))).isEqualTo("x");
        assertThat(recognizer.recognizeSent(null, null)).isEqualTo(new NoMatch(List.of()));
        assertThat(recognizer.recognizeSent("a@b", "bob@example.net")).isEqualTo(new NoMatch(List.of()));
    }

    @Test
    void looksAtReferencesFromTheEndAndAtEachTokenOnce() {
        String first = issuer.messageId("first", BOB, "example.com");
        String second = issuer.messageId("second", BOB, "example.com");
        String damaged = second.replace("second", "other");

        assertThat(conversation(recognizer.recognize(new ReplyClues(null, null, first + "\r\n " + second + " <x@y>", null))))
                .isEqualTo("second");
        assertThat(recognizer.recognize(new ReplyClues(null, damaged, damaged + damaged, null)))
                .isEqualTo(new NoMatch(List.of(TokenFault.FORGED)));
        assertThat(conversation(recognizer.recognize(new ReplyClues(null,
                "Your message of Tuesday " + first + " (yes)", "junk < > <<>> @", null)))).isEqualTo("first");
    }

    @Test
    void beginsAMessageIdWithRandomness() {
        Random random = new Random(1);
        ConversationIssuer twice = new ConversationIssuer(Secrets.keys(), Duration.ofDays(30), Secrets.CLOCK, random);

        assertThat(twice.messageId("x", BOB, "example.com").substring(1, 9))
                .isNotEqualTo(twice.messageId("x", BOB, "example.com").substring(1, 9));
    }

    private ConversationSender sender(String recipient, String from) {
        return ((Match) recognizer.recognize(new ReplyClues(recipient, null, null, from))).sender();
    }

    private static ConversationRecognizer at(Duration later) {
        return new ConversationRecognizer(Secrets.keys(), Clock.offset(Secrets.CLOCK, later));
    }

    private static ConversationIssuer issuer(ConversationKeys keys) {
        return new ConversationIssuer(keys, Duration.ofDays(30), Secrets.CLOCK, new Random(4711));
    }

    private static ConversationToken token(Recognition recognition) {
        return ((Match) recognition).token();
    }

    private static String conversation(Recognition recognition) {
        return ((Match) recognition).conversation();
    }
}
