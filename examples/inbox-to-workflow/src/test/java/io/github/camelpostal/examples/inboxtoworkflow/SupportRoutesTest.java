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
package io.github.camelpostal.examples.inboxtoworkflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpostal.sandbox.HttpEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mail to support opens a ticket, or joins the one that it replies to. */
class SupportRoutesTest extends InboxTestSupport {

    @Test
    void aReplyToOurReplyJoinsTheTicketWhateverHappenedToItsLetterCase() throws Exception {
        arrive(SUPPORT, mail(""));
        String replyTo = postal.awaitSentTo(ANN, TIMEOUT).mime().getHeader("Reply-To", null);
        String ticket = (String) inbox.row("select name from ticket").get("name");
        assertThat(replyTo).matches("support\\+[a-z2-7]+" + ticket + "[a-z2-7]+@shop.example");

        arrive(replyTo.toUpperCase(), mail(""));

        assertThat(inbox.rows("select ticket from mail")).hasSize(2).allSatisfy(
                row -> assertThat(row).containsEntry("ticket", ticket));
        assertThat(inbox.count("ticket")).isEqualTo(1);
    }

    /** What gateways that know no tags do: the reply comes to the bare address, and only its thread tells. */
    @ParameterizedTest
    @CsvSource({"In-Reply-To, RAW", "References, RAW", "In-Reply-To, HASH", "References, HASH"})
    void aReplyWhoseTagWasDroppedJoinsTheTicketByItsThread(String field, HttpEndpoint.Format format) throws Exception {
        arrive(SUPPORT, mail(""));
        String messageId = postal.awaitSentTo(ANN, TIMEOUT).mime().getHeader("Message-ID", null);
        String ticket = (String) inbox.row("select name from ticket").get("name");
        if (format == HttpEndpoint.Format.HASH) {
            postInFormatHash();
        }

        arrive(SUPPORT, mail(field + ": " + messageId + "\n"));

        assertThat(inbox.rows("select ticket from mail")).hasSize(2).allSatisfy(
                row -> assertThat(row).containsEntry("ticket", ticket));
        assertThat(inbox.count("ticket")).isEqualTo(1);
    }

    @Test
    void aThreadThatWasForgedOpensATicketOfItsOwn() throws Exception {
        arrive(SUPPORT, mail(""));
        String messageId = postal.awaitSentTo(ANN, TIMEOUT).mime().getHeader("Message-ID", null);
        String ticket = (String) inbox.row("select name from ticket").get("name");

        arrive(SUPPORT, mail("In-Reply-To: " + messageId.replace(ticket, "0123456789abcdef") + "\n"));

        assertThat(inbox.count("ticket")).isEqualTo(2);
    }

    @Test
    void nobodyJoinsATicketByKnowingItsName() throws Exception {
        arrive(SUPPORT, mail(""));
        String ticket = (String) inbox.row("select name from ticket").get("name");
        String replyTo = postal.awaitSentTo(ANN, TIMEOUT).mime().getHeader("Reply-To", null);

        arrive("support+" + ticket + "@shop.example", mail(""));
        arrive(replyTo.replace(ticket, "0123456789abcdef"), mail(""));

        assertThat(inbox.count("ticket")).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "0123456789abcdef", "'", "no-such-ticket", ""})
    void aTagThatIsNoTicketOpensOne(String tag) {
        arrive("support+" + tag + "@shop.example", mail(""));

        assertThat(inbox.row("select name from ticket")).containsEntry("name", inbox.row("select * from mail").get("ticket"));
    }
}
