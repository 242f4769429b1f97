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
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.api.PostalAttachment;
import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.PostalException;
import io.github.camelpostal.api.PostalMessage;
import io.github.camelpostal.api.PostalRejectedException;
import io.github.camelpostal.api.PostalUncertainException;
import io.github.camelpostal.api.SendResult;
import io.github.camelpostal.payload.Content;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** What a route sees that sends with a key. */
class SendWithKeyTest extends SendOnceTestSupport {

    @Test
    void theSameKeyTwiceSendsOnce() {
        Exchange first = send("order-1", "Thank you.", A, B);
        SendResult result = sent(first);
        assertThat(first.getMessage().getHeader(PostalConstants.DUPLICATE)).isEqualTo(false);
        assertThat(first.getMessage().getHeader(PostalConstants.IDEMPOTENCY_KEY)).as("removed after success").isNull();

        Exchange second = send("order-1", "Thank you.", A, B);
        assertThat(sent(second)).isEqualTo(result);
        assertThat(second.getMessage().getHeader(PostalConstants.DUPLICATE)).isEqualTo(true);
        assertThat(second.getMessage().getHeader(PostalConstants.MESSAGE_ID)).isEqualTo(result.messageId());
        assertEachStoredOnce(A, B);
    }

    @Test
    void anotherMailUnderTheSameKeyIsRefused() {
        sent(send("order-1", "Thank you.", A));
        Exchange other = send("order-1", "Thank you!", A);
        assertRefused(other, PostalErrorCode.KEY_REUSED);
        assertThat(other.getMessage().getHeader(PostalConstants.IDEMPOTENCY_KEY)).as("kept after failure").isEqualTo("order-1");
        assertRefused(send("order-1", "Thank you.", B), PostalErrorCode.KEY_REUSED);
        assertEachStoredOnce(A);
    }

    @Test
    void aLostResponseIsFoundByTheRetry() {
        sendSomethingBefore();
        sandbox.apiFaults().on("send/raw").next(1).loseResponse();
        Exchange lost = send("order-1", "Thank you.", A, B);
        assertThat(uncertain(lost).unknown()).containsExactlyInAnyOrder(A, B);
        assertThat(lost.getMessage().getHeader(PostalConstants.IDEMPOTENCY_KEY)).isEqualTo("order-1");

        SendResult found = repeatUntilSent("order-1", "Thank you.", A, B);
        assertEachStoredOnce(A, B);
        assertThat(found.recipients().get(A).id()).isEqualTo(rows(A).get(0).id());
        assertThat(found.recipients().get(B).token()).isEqualTo(rows(B).get(0).token());
        assertThat(found.messageId()).isEqualTo(rows(A).get(0).messageId());
    }

    @Test
    void afterPartialAcceptanceOnlyTheMissingAreSentLater() {
        sendSomethingBefore();
        sandbox.apiFaults().on("send/raw").next(1).loseResponseAfterRecipients(1);
        uncertain(send("order-1", "Thank you.", A, B, C));
        clock.advance(Duration.ofMinutes(2));
        PostalUncertainException partial = await().atMost(Duration.ofMinutes(1))
                .until(() -> uncertain(send("order-1", "Thank you.", A, B, C)), e -> e.unknown().isEmpty());
        assertThat(partial.accepted()).containsExactly(A);
        assertThat(partial.missing()).containsExactlyInAnyOrder(B, C);
        assertThat(rows(B)).as("not before resendAfter").isEmpty();

        clock.advance(AFTER_RESEND);
        SendResult result = repeatUntilSent("order-1", "Thank you.", A, B, C);
        assertThat(result.recipients()).containsOnlyKeys(A, B, C);
        assertEachStoredOnce(A, B, C);
        assertThat(rows(B).get(0).messageId()).isEqualTo(rows(A).get(0).messageId());
    }

    @Test
    void aRefusedMailLeavesTheKeyFree() {
        Exchange refused = send("postal:send?from=x@not-ours.example&sendLedger=#ledger", "order-1", "Thank you.", Map.of(), A);
        assertRefused(refused, PostalErrorCode.UNAUTHENTICATED_FROM_ADDRESS);
        sent(send("order-1", "Thank you.", A));
        assertEachStoredOnce(A);
    }

    @Test
    void withoutAMarkNothingIsEverCalledMissing() {
        sandbox.apiFaults().on("send/raw").next(1).loseResponseAfterRecipients(0);
        uncertain(send("order-1", "Thank you.", A));
        clock.advance(AFTER_RESEND);
        assertThat(uncertain(send("order-1", "Thank you.", A)).unknown()).containsExactly(A);
        assertThat(rows(A)).isEmpty();
    }

    @Test
    void aCompleteMessageKeepsItsMessageId() {
        String mail = "From: sales@acme.example\r\nTo: a@rcpt.test\r\nSubject: Hi\r\nMessage-ID: <own-1@acme.example>\r\n"
                + "Date: Mon, 02 Nov 2026 10:00:00 +0000\r\n\r\nHello\r\n";
        String uri = "postal:sendRaw?sendLedger=#ledger";
        SendResult result = sent(send(uri, "order-1", mail, Map.of()));
        assertThat(result.messageId()).isEqualTo("own-1@acme.example");
        // built anew: other Date, other Message-ID, the same mail
        String again = mail.replace("10:00:00", "11:00:00").replace("own-1", "own-2");
        assertThat(sent(send(uri, "order-1", again.getBytes(StandardCharsets.US_ASCII), Map.of()))).isEqualTo(result);
        assertEachStoredOnce(A);
        assertThat(new String(rows(A).get(0).raw(), StandardCharsets.US_ASCII)).contains("Message-ID: <own-1@acme.example>")
                .endsWith("\r\n\r\nHello\r\n");
    }

    @Test
    void newBoundariesAreTheSameMailAndOtherTextIsNot() {
        String uri = "postal:sendRaw?sendLedger=#ledger";
        sent(send(uri, "order-1", multipart("b-1", "Hello"), Map.of()));
        sent(send(uri, "order-1", multipart("other-2", "Hello"), Map.of()));
        assertRefused(send(uri, "order-1", multipart("b-1", "Hallo"), Map.of()), PostalErrorCode.KEY_REUSED);
        assertEachStoredOnce(A);
    }

    private static String multipart(String boundary, String text) {
        return "From: sales@acme.example\r\nTo: a@rcpt.test\r\nContent-Type: multipart/mixed;\r\n boundary=\"" + boundary
                + "\"\r\n\r\n--" + boundary + "\r\nContent-Type: text/plain\r\n\r\n" + text + "\r\n--" + boundary + "--\r\n";
    }

    @Test
    void attachmentsBelongToTheMailAndArriveWhole() {
        byte[] large = new byte[300_000];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) (i * 31);
        }
        sent(send("order-1", withAttachment(large), A));
        sent(send("order-1", withAttachment(large), A));
        large[299_999]++;
        assertRefused(send("order-1", withAttachment(large), A), PostalErrorCode.KEY_REUSED);
        assertEachStoredOnce(A);
        assertThat(rows(A).get(0).raw().length).isGreaterThan(400_000);
    }

    private static PostalMessage withAttachment(byte[] bytes) {
        return PostalMessage.builder().plainBody("x").attachment(PostalAttachment.of("a.bin", "application/octet-stream",
                Content.once(new ByteArrayInputStream(bytes)))).build();
    }

    @Test
    void keysThatCannotProtectAreRefusedByName() {
        assertThat(assertRefused(send("postal:send?from=sales@acme.example", "k", "x", Map.of(), A),
                PostalErrorCode.INVALID_VALUE)).contains("sendLedger");
        assertThat(assertRefused(send(SEND + "&transport=message", "k", "x", Map.of(), A), PostalErrorCode.NOT_EXPRESSIBLE))
                .contains("transport=message", "CamelPostalIdempotencyKey");
        assertRefused(send(" ", "x", A), PostalErrorCode.INVALID_VALUE);
        assertRefused(send("k".repeat(256), "x", A), PostalErrorCode.TOO_LONG);
        sent(send("k".repeat(255), "x", A));
        assertEachStoredOnce(A);
    }

    @Test
    void resendingBeforeACallCanBeOverIsRefusedAtStart() {
        assertThatThrownBy(() -> camel.createProducerTemplate().requestBody(SEND + "&resendAfter=95000", "x"))
                .rootCause().hasMessageContaining("resendAfter").hasMessageContaining("ledgerLease");
        sent(send(SEND + "&resendAfter=0", "k", "x", Map.of(), A));
    }

    private static String assertRefused(Exchange exchange, PostalErrorCode code) {
        assertThat(exchange.getException()).isInstanceOf(PostalRejectedException.class);
        assertThat(((PostalRejectedException) exchange.getException()).code()).isEqualTo(code);
        assertThat(exchange.getException()).isInstanceOf(PostalException.class);
        return exchange.getException().getMessage();
    }
}
