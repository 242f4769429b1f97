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
package io.github.camelpostal.internal.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.PostalUnavailableException;
import io.github.camelpostal.api.SendResult;
import io.github.camelpostal.suppression.InMemorySuppressionList;
import io.github.camelpostal.suppression.PostalSuppressionList;
import io.github.camelpostal.suppression.RecipientEvent;
import io.github.camelpostal.suppression.SuppressionEntry;
import io.github.camelpostal.suppression.SuppressionListException;
import io.github.camelpostal.suppression.SuppressionReason;
import org.apache.camel.Exchange;
import org.apache.james.mime4j.dom.Message;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever is on the suppression list gets no mail, and nothing but that changes. */
class SuppressedRecipientsTest extends SendingTestSupport {

    private static final String SECRET = "a:" + "k7".repeat(32);
    private static final String LINKED = ENVELOPE + "&unsubscribeUrl=https://camel.example/leave&stream=news";

    private final InMemorySuppressionList list = new InMemorySuppressionList();

    @BeforeEach
    void useTheList() {
        component.getConfiguration().setSuppressionList(list);
    }

    @Test
    void skipLeavesThemOutAndSaysSo() {
        suppress("gone@rcpt.test", null);
        Exchange exchange = send("postal:send?from=sales@acme.example", "text", PostalConstants.TO,
                "Zoe <zoe@rcpt.test>, Gone <GONE@rcpt.test>", PostalConstants.BCC, "gone@RCPT.test, bob@rcpt.test");

        assertThat(exchange.getException()).isNull();
        assertThat(postal.onlyCall().list("to")).containsExactly("Zoe <zoe@rcpt.test>");
        assertThat(postal.onlyCall().list("bcc")).containsExactly("bob@rcpt.test");
        assertThat(exchange.getMessage().getBody(SendResult.class).suppressed()).singleElement().asString()
                .isEqualToIgnoringCase("gone@rcpt.test");
        assertThat(exchange.getMessage().getBody(SendResult.class).recipients()).hasSize(2);
    }

    @Test
    void aCompleteMailIsSentToTheOthers() {
        suppress("gone@rcpt.test", null);
        Exchange exchange = send("postal:sendRaw",
                "From: sales@acme.example\nTo: zoe@rcpt.test, gone@rcpt.test\nSubject: s\n\nbody");

        assertThat(exchange.getException()).isNull();
        assertThat(postal.onlyCall().list("rcpt_to")).containsExactly("zoe@rcpt.test");
        assertThat(exchange.getMessage().getBody(SendResult.class).suppressed()).containsExactly("gone@rcpt.test");
        refused(PostalErrorCode.SUPPRESSED, "postal:sendRaw", "From: a@acme.example\nTo: gone@rcpt.test\n\nbody");
    }

    @Test
    void aMailThatNobodyWouldGetIsRefused() {
        suppress("bob@rcpt.test", null);
        assertThat(refused(PostalErrorCode.SUPPRESSED, ENVELOPE, "text")).doesNotContain("bob");
    }

    @Test
    void failSendsToAllOrToNone() {
        suppress("gone@rcpt.test", null);
        refused(PostalErrorCode.SUPPRESSED, ENVELOPE + "&suppression=fail&cc=gone@rcpt.test", "text");
        sent(ENVELOPE + "&suppression=fail", "text");
    }

    @Test
    void offDoesNotAsk() {
        suppress("bob@rcpt.test", null);
        assertThat(sent(ENVELOPE + "&suppression=off", "text").list("to")).containsExactly("bob@rcpt.test");
    }

    @Test
    void whoLeavesAStreamGetsTheMailsOfTheOthers() {
        suppress("bob@rcpt.test", "news");
        refused(PostalErrorCode.SUPPRESSED, ENVELOPE + "&stream=news", "text");
        refused(PostalErrorCode.SUPPRESSED, ENVELOPE + "&stream=invoices", "text", PostalConstants.STREAM, "news");
        sent(ENVELOPE + "&stream=invoices", "text");
        sent(ENVELOPE, "text");
    }

    @Test
    void aListThatCannotBeAskedStopsTheMailUnlessItIsOff() {
        component.getConfiguration().setSuppressionList(new UnreachableList());
        for (String mode : List.of("skip", "fail")) {
            postal.clear();
            assertThat(send(ENVELOPE + "&suppression=" + mode, "text").getException()).as(mode)
                    .isInstanceOf(PostalUnavailableException.class).hasMessageContaining("suppression list");
            assertThat(send("postal:sendRaw?suppression=" + mode, "From: a@acme.example\nTo: b@rcpt.test\n\nx").getException())
                    .isInstanceOf(PostalUnavailableException.class);
            assertThat(postal.calls()).isEmpty();
        }
        sent(ENVELOPE + "&suppression=off", "text");
    }

    @Test
    void aThousandRecipientsAreAskedAboutAtOnce() {
        List<Integer> asked = new ArrayList<>();
        component.getConfiguration().setSuppressionList(new UnreachableList() {
            @Override
            public Map<String, SuppressionEntry> find(Collection<String> addresses, String stream) {
                asked.add(addresses.size());
                return list.find(addresses, stream);
            }
        });
        List<String> recipients = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            recipients.add("r" + i + "@rcpt.test");
        }
        suppress("r77@rcpt.test", null);
        assertThat(sent("postal:send?from=sales@acme.example", "text", PostalConstants.TO, recipients).list("rcpt_to"))
                .hasSize(999);
        assertThat(asked).containsExactly(1000);
    }

    @Test
    void aMailCarriesTheWayToLeave() throws Exception {
        component.getConfiguration().setConversationSecret(SECRET);
        String field = sent(LINKED, "text").body().get("headers").get("List-Unsubscribe").textValue();
        assertThat(field).startsWith("<https://camel.example/leave?t=").endsWith(">").doesNotContain("bob");
        assertThat(postal.onlyCall().body().get("headers").get("List-Unsubscribe-Post").textValue())
                .isEqualTo("List-Unsubscribe=One-Click");

        Message raw = parsed(sent(LINKED + "&transport=raw", "text"));
        assertThat(raw.getHeader().getField("List-Unsubscribe").getBody()).startsWith("<https://camel.example/leave?t=");
        Message complete = parsed(sent("postal:sendRaw?unsubscribeUrl=https://camel.example/leave",
                "From: a@acme.example\nTo: b@rcpt.test\n\nbody"));
        assertThat(complete.getHeader().getField("List-Unsubscribe")).isNotNull();
        assertThat(complete.getHeader().getField("List-Unsubscribe-Post")).isNotNull();
    }

    @Test
    void aWayToLeaveThatCannotWorkIsRefused() {
        assertThat(refused(PostalErrorCode.INVALID_VALUE, LINKED, "text")).contains("conversationSecret");
        component.getConfiguration().setConversationSecret(SECRET);
        assertThat(refused(PostalErrorCode.INVALID_VALUE, LINKED + "&cc=eve@rcpt.test", "text")).contains("one recipient");
        assertThat(refused(PostalErrorCode.INVALID_VALUE, "postal:sendRaw?unsubscribeUrl=https://camel.example/leave",
                "From: a@acme.example\nTo: b@rcpt.test, c@rcpt.test\n\nbody")).contains("one recipient");
    }

    @Test
    void quotesAroundTheLocalPartBringNobodyBack() {
        suppress("gone@rcpt.test", null);
        CapturedPostal.Call call = sent("postal:send?from=sales@acme.example", "text", PostalConstants.TO,
                "\"gone\"@rcpt.test, \"Bob\"@rcpt.test, Bob@RCPT.test");
        assertThat(call.list("to")).containsExactly("\"Bob\"@rcpt.test");
    }

    /** A path expression leaves a list: the stream would be {@code [news]}, which nobody has left. */
    @Test
    void aStreamThatIsAListIsNoStream() {
        suppress("bob@rcpt.test", "news");
        assertThat(refused(PostalErrorCode.INVALID_VALUE, ENVELOPE, "text", PostalConstants.STREAM, List.of("news")))
                .contains(PostalConstants.STREAM, "takes a String");
        assertThat(refused(PostalErrorCode.SUPPRESSED, ENVELOPE, "text", PostalConstants.STREAM, "news")).isNotBlank();
    }

    @Test
    void aWayToLeaveOfItsOwnStays() {
        component.getConfiguration().setConversationSecret(SECRET);
        assertThat(sent(LINKED, "text", PostalConstants.HEADERS, Map.of("List-Unsubscribe", "<https://other.example/>")).body()
                .get("headers").toString()).doesNotContain("camel.example").doesNotContain("One-Click");
    }

    @Test
    void anAddressToLeaveByGetsTheTokenAndTheLinkStandsFirst() throws Exception {
        component.getConfiguration().setConversationSecret(SECRET);
        Message complete = parsed(sent("postal:sendRaw?unsubscribeUrl=https://camel.example/leave",
                "From: a@acme.example\nTo: b@rcpt.test\nList-Unsubscribe: <mailto:leave@acme.example>\n\nbody"));
        assertThat(complete.getHeader().getFields("List-Unsubscribe")).hasSize(1);
        assertThat(complete.getHeader().getField("List-Unsubscribe").getBody())
                .matches("<https://camel.example/leave\\?t=(\\S+)>, <mailto:leave@acme.example\\?subject=\\1>");
        assertThat(complete.getHeader().getField("List-Unsubscribe-Post").getBody()).isEqualTo("List-Unsubscribe=One-Click");
    }

    private void suppress(String address, String stream) {
        list.add(new SuppressionEntry(address, stream, SuppressionReason.MANUAL, Instant.now(), null));
    }

    private static class UnreachableList implements PostalSuppressionList {

        @Override
        public Map<String, SuppressionEntry> find(Collection<String> addresses, String stream) {
            throw new SuppressionListException("on purpose", null);
        }

        @Override
        public void record(RecipientEvent event) {
        }

        @Override
        public void add(SuppressionEntry entry) {
        }

        @Override
        public void remove(String address, String stream, Instant at) {
        }

        @Override
        public void forEach(java.util.function.Consumer<SuppressionEntry> consumer) {
        }

        @Override
        public long size() {
            return 0;
        }
    }
}
