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
package io.github.camelpostal.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.camelpostal.api.PostalMessage;
import io.github.camelpostal.internal.codec.PayloadDecoder;
import io.github.camelpostal.internal.mime.compose.AddressList;
import io.github.camelpostal.testing.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a reply takes over from a mail, whatever stands in it. */
class MailReplyTest {

    private static final String FROM = "Ann <ann@customer.example>";

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "Help                    | Re: Help",
            "Re: Help                | Re: Help",
            "RE:Help                 | Re: Help",
            "re : Help               | Re: Help",
            "Re: RE: Re[2]: Help     | Re: Help",
            "Re：Help                | Re: Help",
            "AW: Help                | Re: AW: Help",
            "Regarding: Help         | Re: Regarding: Help",
            "'  '                    | Re:",
            "Re:                     | Re:"})
    void theSubjectHasOneRe(String subject, String reply) {
        assertThat(mail(field("From", FROM), field("Subject", subject)).reply().subject()).isEqualTo(reply);
    }

    @Test
    void aMailWithoutSubjectGetsAReplyWithOne() {
        assertThat(mail(field("From", FROM)).reply().subject()).isEqualTo("Re:");
    }

    @Test
    void aHostileSubjectStaysOnOneLineAndShort() {
        String subject = "Hello\r\nBcc: victim@other.example\u0000\u2028\u0085" + "x".repeat(10_000);

        assertThat(mail(field("From", FROM), field("Subject", subject)).reply().subject())
                .startsWith("Re: Hello Bcc: victim@other.example x").hasSizeLessThan(260).doesNotContainPattern("\\p{Cntrl}");
        assertThat(mail(field("From", FROM), field("Subject", "x".repeat(249) + "\ud83d\ude00")).reply().subject())
                .isEqualTo("Re: " + "x".repeat(249));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "ann@customer.example                              | ann@customer.example",
            "Ann <ann@customer.example>                        | ann@customer.example",
            "\"Doe, Ann\" <ann@customer.example>               | ann@customer.example",
            "Doe, Ann <ann@customer.example>                   | ann@customer.example",
            "Ann at Work: Sales <ann@customer.example>         | ann@customer.example",
            "\"ceo@shop.example\" <ann@customer.example>       | ann@customer.example",
            "ceo@shop.example <ann@customer.example>           | ann@customer.example",
            "ann@customer.example (Ann)                        | ann@customer.example",
            "ann@customer.example, bob@customer.example        | ann@customer.example bob@customer.example",
            "ann@customer.example, Bob <ann@customer.example>  | ann@customer.example",
            "Team: ann@customer.example, bob@customer.example; | ann@customer.example bob@customer.example",
            "Ann <ann@bücher.example>                          | ann@xn--bcher-kva.example",
            "Ann ann@customer.example                          | ann@customer.example",
            "Änn <änn@customer.example>, bob@customer.example  | bob@customer.example"})
    void itGoesToTheAddressesOfTheFieldInWhateverWayTheyAreWritten(String from, String to) {
        assertThat(mail(field("From", from)).reply().to()).containsExactly(to.split(" "));
    }

    @Test
    void replyToIsPreferredUnlessThereIsNoAddressInIt() {
        assertThat(mail(List.of("Desk <desk@customer.example>", "bob@customer.example"), field("From", FROM)).reply().to())
                .containsExactly("desk@customer.example", "bob@customer.example");
        assertThat(mail(List.of("nobody"), field("From", FROM)).reply().to()).containsExactly("ann@customer.example");
    }

    @Test
    void aMailCannotMakeUsWriteToHundreds() {
        List<String> many = IntStream.range(0, 300).mapToObj(i -> "victim" + i + "@other.example").toList();

        assertThat(mail(many, field("From", FROM)).reply().to()).hasSize(10).startsWith("victim0@other.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nobody", "<>", "Ann <ann@>", "Ann <an\u0000n@customer.example>", "shop@example.com",
            "Shop <SHOP+another@Example.com>", "undisclosed-recipients:;", "\"", "@", "<@a:b@c>", "änn@customer.example"})
    void whereNobodyCanBeWrittenToThereIsNoReply(String from) {
        InboundMail mail = mail(field("From", from));

        assertThat(mail.canReply()).isFalse();
        assertThatThrownBy(mail::reply).isInstanceOf(IllegalStateException.class)
                .hasMessage("inbound mail 7 cannot be replied to: it names no address but the one that it came for");
    }

    @Test
    void aLineBreakInAnAddressFieldIsABlankLikeAnother() {
        assertThat(mail(field("From", "ann@customer.example\r\nBcc: victim@other.example <x")).reply().to())
                .containsExactly("ann@customer.example");
    }

    @Test
    void theNullSenderGetsNoReply() {
        InboundMail bounce = mail("shop@example.com", null, false, List.of(), field("From", "MAILER-DAEMON@customer.example"));

        assertThat(bounce.canReply()).isFalse();
        assertThatThrownBy(bounce::reply).isInstanceOf(IllegalStateException.class)
                .hasMessage("inbound mail 7 cannot be replied to: it comes from the null sender");
    }

    @Test
    void itComesFromTheAddressThatTheMailCameForWithoutItsTag() {
        assertThat(mail("support+k2ab3cde7order@example.com", "ann@customer.example", false, List.of(), field("From", FROM))
                .reply().from()).isEqualTo("support@example.com");
        assertThat(mail("abcdef@rp.postal.example", "ann@customer.example", true, List.of(), field("From", FROM)).reply()
                .from()).as("the return path").isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
            // Message-ID        | References         | In-Reply-To  | reply: In-Reply-To | reply: References
            "<c@x>               | <a@x> <b@x>        | <b@x>        | <c@x>             | <a@x> <b@x> <c@x>",
            "<c@x>               | -                  | <b@x>        | <c@x>             | <b@x> <c@x>",
            "<c@x>               | -                  | <a@x> <b@x>  | <c@x>             | <c@x>",
            "<c@x>               | -                  | -            | <c@x>             | <c@x>",
            "-                   | <a@x> <b@x>        | <b@x>        | -                 | <a@x> <b@x>",
            "-                   | -                  | -            | -                 | -",
            "c@x                 | -                  | -            | <c@x>             | <c@x>",
            "<c@x> (by gateway)  | -                  | -            | <c@x>             | <c@x>",
            "' <c@x> '           | <a@x>,<b@x>        | -            | <c@x>             | <a@x> <b@x> <c@x>",
            "<c@x>               | <a@x> junk <a@x>   | -            | <c@x>             | <a@x> <c@x>",
            "<c@x>               | <c@x> <a@x>        | -            | <c@x>             | <a@x> <c@x>",
            "not an id           | -                  | -            | -                 | -",
            "<ü@x>               | <ü@x> <a@x>        | -            | -                 | <a@x>"})
    void theThreadGoesOn(String id, String references, String inReplyTo, String repliesTo, String thread) {
        Map<String, String> headers = mail(field("From", FROM), field("Message-ID", id), field("References", references),
                field("In-Reply-To", inReplyTo)).reply().headers();

        assertThat(headers.get("In-Reply-To")).isEqualTo(repliesTo);
        assertThat(headers.get("References")).isEqualTo(thread);
    }

    @Test
    void idsThatWereFoldedInTheMiddleAreWhatTheyWere() {
        MailReply reply = mail(field("From", FROM), field("Message-ID", "<very-long\r\n -id@x>"),
                field("References", "<a@x>\r\n\t<b\r\n @x>")).reply();

        assertThat(reply.inReplyTo()).isEqualTo("very-long-id@x");
        assertThat(reply.references()).containsExactly("a@x", "b@x", "very-long-id@x");
    }

    @Test
    void aHostileMessageIdBringsNoHeaderWithIt() {
        Map<String, String> headers = mail(field("From", FROM), field("Message-ID", "<a@x>\r\nBcc: <victim@other.example>"),
                field("References", "<b@x>\r\n\r\nBody\u0000 <c\u0000@x>")).reply().headers();

        assertThat(headers).containsExactly(Map.entry("In-Reply-To", "<a@x>"), Map.entry("References", "<b@x> <a@x>"));
    }

    @Test
    void aLongThreadKeepsItsFirstMailAndItsLast() {
        List<String> ids = IntStream.rangeClosed(1, 500).mapToObj(i -> "<m" + i + "@x>").toList();

        MailReply reply = mail(field("From", FROM), field("Message-ID", "<me@x>"),
                field("References", String.join(" ", ids) + " <" + "x".repeat(300) + "@x>")).reply();

        assertThat(reply.references()).hasSize(20).startsWith("m1@x", "m483@x").endsWith("m500@x", "me@x");
    }

    @Test
    void aMessageBeginsWithItAndItsTextTellsNothing() {
        MailReply reply = mail(field("From", FROM), field("Subject", "Help"), field("Message-ID", "<c@x>")).reply();

        PostalMessage message = PostalMessage.builder(reply).plainBody("Thank you.").build();

        assertThat(message.to()).containsExactly("ann@customer.example");
        assertThat(message.from()).isEqualTo("shop@example.com");
        assertThat(message.subject()).isEqualTo("Re: Help");
        assertThat(message.headers()).containsExactly(new HeaderField("In-Reply-To", "<c@x>"),
                new HeaderField("References", "<c@x>"));
        assertThat(reply).hasToString("reply to 1 addresses");
    }

    private static List<InboundMail> mailsOfAllKinds() throws Exception {
        List<InboundMail> mails = new ArrayList<>();
        for (Recording recording : Recording.all("incoming")) {
            if (recording.body().length > 0) {
                mails.add((InboundMail) decoded(recording.contentType(), recording.body()));
            }
        }
        try (Stream<Path> files = Files.list(Path.of(MailReplyTest.class.getResource("/cases/mail").toURI()))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".eml")).sorted().toList()) {
                String json = "{\"id\":1,\"rcpt_to\":\"in@example.com\",\"mail_from\":\"ann@customer.example\",\"base64\":true,"
                        + "\"message\":\"" + Base64.getEncoder().encodeToString(Files.readAllBytes(file)) + "\"}";
                mails.add((InboundMail) decoded("application/json", json.getBytes(StandardCharsets.US_ASCII)));
            }
        }
        return mails;
    }

    @Test
    void ofAllMailsThatWereEverCollectedNothingGetsInThatCannotBeSent() throws Exception {
        List<InboundMail> mails = mailsOfAllKinds();
        List<MailReply> replies = mails.stream().filter(InboundMail::canReply).map(InboundMail::reply).toList();

        assertThat(replies).hasSizeGreaterThan(mails.size() / 2).allSatisfy(reply -> {
            assertThat(reply.to()).isNotEmpty().allSatisfy(to -> assertThat(AddressList.parse("to", to)).hasSize(1));
            assertThat(reply.subject()).matches("Re:( \\S.*)?").doesNotContainPattern("\\p{Cc}").hasSizeLessThan(260);
            assertThat(reply.headers().values()).allMatch(value -> value.matches("<[!-~]+>( <[!-~]+>)*"));
        });
    }

    private static HeaderField field(String name, String value) {
        return value == null ? new HeaderField("X-None", "") : new HeaderField(name, value);
    }

    private static InboundMail mail(HeaderField... fields) {
        return mail(List.of(), fields);
    }

    private static InboundMail mail(List<String> replyTo, HeaderField... fields) {
        return mail("shop+4711@example.com", "bounces@customer.example", false, replyTo, fields);
    }

    private static InboundMail mail(String rcptTo, String mailFrom, boolean bounce, List<String> replyTo,
            HeaderField... fields) {
        List<HeaderField> headers = new ArrayList<>();
        Collections.addAll(headers, fields);
        return new InboundMail(new InboundMail.Envelope(7, "token", rcptTo, mailFrom, null, null, null, bounce, null),
                new InboundMail.Contents(headers, replyTo, "text", null, null, 0, List.of(), false, false));
    }

    private static PostalPayload decoded(String contentType, byte[] body) throws Exception {
        return new PayloadDecoder(Long.MAX_VALUE).decode(contentType, Content.of(body));
    }
}
