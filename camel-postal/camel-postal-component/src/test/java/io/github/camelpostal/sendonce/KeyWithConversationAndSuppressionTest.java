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
package io.github.camelpostal.sendonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.PostalRejectedException;
import io.github.camelpostal.api.SendResult;
import io.github.camelpostal.suppression.InMemorySuppressionList;
import io.github.camelpostal.suppression.RecipientEvent;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** A key goes together with a conversation and a suppression list: what they add is no part of what was given. */
class KeyWithConversationAndSuppressionTest extends SendOnceTestSupport {

    private static final String URI = "postal:send?from=sales@acme.example&subject=Offer&sendLedger=#ledger&suppressionList=#list"
            + "&replyAddress=support@acme.example&conversationSecret=RAW(k:0123456789abcdef0123456789abcdef)";

    @Test
    void theConversationsMessageIdIsTheOneInTheLedger() {
        list();
        Map<String, Object> headers = Map.of(PostalConstants.CONVERSATION, "offer-7");

        SendResult first = sent(send(URI, "offer-7", "Here it is.", headers, A));
        SendResult again = sent(send(URI, "offer-7", "Here it is.", headers, A));

        assertThat(again).isEqualTo(first);
        assertEachStoredOnce(A);
        assertThat(rows(A).get(0).messageId()).isEqualTo(first.messageId());
        Exception other = send(URI, "offer-7", "Here it is.", Map.of(PostalConstants.CONVERSATION, "offer-8"), A)
                .getException();
        assertThat(other).isInstanceOfSatisfying(PostalRejectedException.class,
                e -> assertThat(e.code()).isEqualTo(PostalErrorCode.KEY_REUSED));
    }

    @Test
    void whoIsSuppressedGetsNothingAndTheStoredResultSaysSo() {
        InMemorySuppressionList list = list();
        list.record(new RecipientEvent.Unsubscription(B, null, Clock.systemUTC().instant()));

        SendResult first = sent(send(URI, "news-1", "News.", Map.of(), A, B));
        assertThat(first.suppressed()).containsExactly(B);
        list.record(new RecipientEvent.Unsubscription(A, null, Clock.systemUTC().instant()));

        assertThat(sent(send(URI, "news-1", "News.", Map.of(), A, B))).as("without asking the list again").isEqualTo(first);
        assertEachStoredOnce(A);
        assertThat(rows(B)).isEmpty();
    }

    @Test
    void nobodySeesWhoIsSuppressedAndARepeatIsTheSameMail() {
        InMemorySuppressionList list = list();
        list.record(new RecipientEvent.Unsubscription(B, null, Clock.systemUTC().instant()));
        sendSomethingBefore();
        sandbox.apiFaults().on("send/raw").next(1).loseResponseAfterRecipients(1);
        Map<String, Object> headers = Map.of(PostalConstants.CC, "Bea <" + B + ">, Cleo <" + C + ">");

        uncertain(send(URI, "news-2", "News.", headers, A));
        list.remove(B, null, Clock.systemUTC().instant());
        SendResult result = await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(200)).until(() -> {
            Exchange exchange = send(URI, "news-2", "News.", headers, A);
            clock.advance(Duration.ofSeconds(70));
            return exchange.getMessage().getBody(SendResult.class);
        }, sent -> sent != null);

        assertThat(result.suppressed()).as("as when the key was claimed").containsExactly(B);
        assertEachStoredOnce(A, C);
        assertThat(rows(B)).isEmpty();
        assertThat(List.of(rows(A).get(0), rows(C).get(0))).allSatisfy(mail -> {
            assertThat(mail.mime().getHeader("To", ",")).isEqualTo(A);
            assertThat(mail.mime().getHeader("Cc", ",")).contains(C).doesNotContain(B);
        });
    }

    private InMemorySuppressionList list() {
        InMemorySuppressionList list = new InMemorySuppressionList();
        camel.getRegistry().bind("list", list);
        return list;
    }
}
