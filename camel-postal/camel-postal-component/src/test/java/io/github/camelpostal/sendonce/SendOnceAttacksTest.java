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

import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.management.MBeanServer;
import javax.management.ObjectName;

import io.github.camelpostal.PostalComponent;
import io.github.camelpostal.PostalServer;
import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.PostalRejectedException;
import io.github.camelpostal.api.PostalUnavailableException;
import io.github.camelpostal.ledger.InMemorySendLedger;
import io.github.camelpostal.ledger.LedgerUnavailableException;
import io.github.camelpostal.ledger.PostalSendLedger;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** What attacks sending once, and what happens then: the rows of send-once.md that can be seen from outside. */
class SendOnceAttacksTest extends SendOnceTestSupport {

    private final AtomicBoolean away = new AtomicBoolean();
    private final AtomicBoolean awayAfterCall = new AtomicBoolean();

    @Override
    PostalSendLedger ledger() {
        PostalSendLedger store = new InMemorySendLedger(clock);
        return (PostalSendLedger) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[]{PostalSendLedger.class},
                (proxy, method, arguments) -> {
                    boolean called = awayAfterCall.get() && !rows(A).isEmpty();
                    if (method.getDeclaringClass() == PostalSendLedger.class && (away.get() || called)) {
                        throw new LedgerUnavailableException("away", null);
                    }
                    try {
                        return method.getName().equals("equals") ? proxy == arguments[0] : method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void idsWithGapsAndOfOtherSendersAreReadOver() {
        sendSomethingBefore();
        sandbox.server().faults().interleaveOtherSenders(3);
        sandbox.server().faults().skipIds(7);
        sandbox.apiFaults().on("send/raw").next(1).loseResponse();
        uncertain(send("order-1", "x", A, B, C));
        assertThat(repeatUntilSent("order-1", "x", A, B, C).recipients()).containsOnlyKeys(A, B, C);
        assertEachStoredOnce(A, B, C);
    }

    @Test
    void anIncomingCopyWithTheSameMessageIdIsNotTakenForTheMail() {
        sandbox.server().faults().copyBackIn(true);
        sendSomethingBefore();
        sandbox.apiFaults().on("send/raw").next(1).loseResponseAfterRecipients(1);
        uncertain(send("order-1", "x", A, B));
        repeatUntilSent("order-1", "x", A, B);
        assertEachStoredOnce(A, B);
    }

    @Test
    void aMailThatPostalStoredTwiceIsAcceptedAndNotSentAThirdTime() {
        sendSomethingBefore();
        sandbox.server().faults().storeTwice(1);
        sandbox.apiFaults().on("send/raw").next(1).loseResponse();
        uncertain(send("order-1", "x", A));
        assertThat(repeatUntilSent("order-1", "x", A).recipients()).containsOnlyKeys(A);
        assertThat(rows(A)).hasSize(2);
    }

    @Test
    void aMailThatWasNeverQueuedIsAccepted() {
        sendSomethingBefore();
        sandbox.server().faults().leavePending(1);
        sandbox.apiFaults().on("send/raw").next(1).loseResponse();
        uncertain(send("order-1", "x", A));
        repeatUntilSent("order-1", "x", A);
        assertEachStoredOnce(A);
    }

    @Test
    void aPurgedMarkMakesTheRecipientUnknownForEver() {
        sendSomethingBefore();
        long last = rows("before@rcpt.test").get(0).id();
        sandbox.apiFaults().on("send/raw").next(1).loseResponse();
        uncertain(send("order-1", "x", A));
        sandbox.server().faults().purge(1, last);
        clock.advance(AFTER_RESEND);
        clock.advance(AFTER_RESEND);
        assertThat(uncertain(send("order-1", "x", A)).unknown()).containsExactly(A);
        assertEachStoredOnce(A);
    }

    @Test
    void aLateCommitAfterTheRecipientSeemedMissingIsNotSentAgain() {
        sendSomethingBefore();
        sandbox.apiFaults().on("send/raw").next(1).commitAfterDisconnect(Duration.ofSeconds(8));
        uncertain(send("order-1", "x", A));
        clock.advance(Duration.ofMinutes(2)); // by the ledger's time it is long absent
        await().atMost(Duration.ofMinutes(1)).until(() -> send("order-1", "x", A).getException() == null
                || rows(A).size() == 1);
        await().atMost(Duration.ofMinutes(1)).until(() -> rows(A).size() == 1);
        clock.advance(AFTER_RESEND);
        repeatUntilSent("order-1", "x", A);
        assertEachStoredOnce(A);
    }

    @Test
    void anotherLetterCaseIsTheSameRecipient() {
        sendSomethingBefore();
        sandbox.apiFaults().on("send/raw").next(1).loseResponse();
        uncertain(send("order-1", "x", "Bob.Builder@rcpt.test"));
        assertThat(repeatUntilSent("order-1", "x", "Bob.Builder@rcpt.test").recipients())
                .containsOnlyKeys("Bob.Builder@rcpt.test");
    }

    @Test
    void aKeyBelongsToOneMailServer() {
        sent(send("order-1", "x", A));
        camel.getComponent("postal", PostalComponent.class).getServers().put("other", otherServer());
        Exchange other = send(SEND + "&server=other", "order-1", "x", Map.of(), A);
        assertThat(other.getException()).isInstanceOf(PostalRejectedException.class);
        assertThat(((PostalRejectedException) other.getException()).code()).isEqualTo(PostalErrorCode.KEY_REUSED);
        assertEachStoredOnce(A);
    }

    private PostalServer otherServer() {
        PostalServer server = new PostalServer();
        server.setApiKey(sandbox.apiKey());
        return server;
    }

    @Test
    void withoutTheLedgerNothingIsSent() {
        sent(send("before", "x", "before@rcpt.test"));
        away.set(true);
        assertThat(send("order-1", "x", A).getException()).isInstanceOf(PostalUnavailableException.class);
        assertThat(rows(A)).isEmpty();
        away.set(false);
        sent(send("order-1", "x", A));
        assertEachStoredOnce(A);
    }

    @Test
    void aSuccessThatCannotBeRecordedIsASuccessAndSettlesLater() {
        sendSomethingBefore();
        awayAfterCall.set(true);
        assertThat(sent(send("order-1", "x", A)).recipients()).containsOnlyKeys(A);
        awayAfterCall.set(false);
        assertThat(uncertain(send("order-1", "x", A)).unknown()).as("still claimed").containsExactly(A);
        repeatUntilSent("order-1", "x", A);
        assertEachStoredOnce(A);
    }

    @Test
    void aPersonCanSettleWhatNothingElseCan() throws Exception {
        sandbox.apiFaults().on("send/raw").next(1).loseResponse();
        uncertain(send("order-1", "x", A));
        clock.advance(AFTER_RESEND);
        assertThat(uncertain(send("order-1", "x", A)).unknown()).containsExactly(A);

        MBeanServer jmx = ManagementFactory.getPlatformMBeanServer();
        Set<ObjectName> names = jmx.queryNames(new ObjectName("org.apache.camel:context=" + camel.getManagementName()
                + ",type=services,name=MailServerLedger*,*"), null);
        assertThat(names).hasSize(1);
        ObjectName name = names.iterator().next();
        assertThat(jmx.getAttribute(name, "Counts").toString()).contains("uncertain_calls=1");
        assertThat(jmx.getAttribute(name, "MailServer")).isEqualTo(sandbox.url().toString());
        Object settled = jmx.invoke(name, "settleAsAccepted", new Object[]{"order-1"}, new String[]{"java.lang.String"});
        assertThat(settled).isEqualTo(true);
        sent(send("order-1", "x", A));
        assertEachStoredOnce(A);
    }
}
