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
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two inboxes that reply by themselves write to each other. Both run the real routes, and the sandbox hands mail from one to the
 * other, so what is played here is the whole conversation.
 */
@Timeout(180)
class OutOfOfficeLoopTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String NORTH = "support@north.example";
    private static final String SOUTH = "support@south.example";

    @TempDir
    Path folder;

    private final PostalSandbox postal = PostalSandbox.builder().domain("north.example").domain("south.example").start();
    private final RunningInbox north = inbox("north.example");
    private final RunningInbox south = inbox("south.example");
    private int written;

    @AfterEach
    void stop() throws Exception {
        for (RunningInbox inbox : List.of(north, south)) {
            inbox.close();
            inbox.dropDatabase();
        }
        postal.close();
    }

    @Test
    void aMailFromOneToTheOtherGetsOneReplyAndTheReplyNone() {
        start(north);
        start(south);

        mail(NORTH, SOUTH);

        conversationEnds();
        assertThat(postal.sent()).extracting(StoredMail::rcptTo).containsExactly(NORTH);
        assertThat(north.row("select reason from reply")).containsEntry("reason", ReplyRules.PROGRAM + "auto-reply");
        assertThat(south.row("select state from reply")).containsEntry("state", "sent");
    }

    @Test
    void whenBothWriteAtOnceEachRepliesOnce() {
        start(north);
        start(south);

        mail(NORTH, SOUTH);
        mail(SOUTH, NORTH);

        conversationEnds();
        assertThat(postal.sent()).extracting(StoredMail::rcptTo).containsExactlyInAnyOrder(NORTH, SOUTH);
    }

    @Test
    void aResponderThatRepliesToEverythingAndMarksNothingGetsOneReply() {
        start(north.with(new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook?path=/postal/away&accept=mail")
                        .setHeader("CamelPostalTo", simple("${body.from}"))
                        .setHeader("CamelPostalSubject", constant("I am away"))
                        .setBody(constant("I am away until Monday."))
                        .to("postal:send?from=away@north.example");
            }
        }));
        postal.routeTo("away@north.example", north.url().resolve("/postal/away"));
        start(south);

        mail("away@north.example", SOUTH);

        // our reply, its reply to that, and there it ends
        await().atMost(TIMEOUT).until(() -> south.count("mail") == 2);
        conversationEnds();
        assertThat(postal.sent()).extracting(StoredMail::rcptTo).containsExactly("away@north.example", SOUTH);
        assertThat(south.rows("select reason from reply")).extracting(row -> row.get("reason"))
                .containsExactlyInAnyOrder(null, ReplyRules.REPLIED_TODAY);
    }

    private RunningInbox inbox(String domain) {
        return new RunningInbox(Path.of("unused"), UUID.randomUUID().toString(), domain)
                .with("camel.component.postal.server-url", postal.url())
                .with("camel.component.postal.api-key", postal.apiKey());
    }

    private void start(RunningInbox inbox) {
        inbox.with("inbox.folder", folder);
        inbox.start();
        postal.routeTo("*@" + (inbox == north ? "north.example" : "south.example"), inbox.url());
    }

    private void mail(String from, String to) {
        written++;
        postal.receive(from, to, """
                From: %s
                To: %s
                Subject: Hello
                Message-ID: <%s@customer.example>

                Is anybody there?
                """.formatted(from, to, UUID.randomUUID()).getBytes(StandardCharsets.UTF_8));
    }

    private void conversationEnds() {
        await().atMost(TIMEOUT).until(() -> !postal.sent().isEmpty());
        await().atMost(TIMEOUT).until(this::nothingMoves);
    }

    /** What has arrived was taken, its replies were sent, they have arrived, and nothing else has: from here nothing follows. */
    private boolean nothingMoves() {
        List<StoredMail> arrived = postal.received();
        return arrived.stream().allMatch(mail -> mail.status().equals("Sent")) && queued(north) + queued(south) == 0
                && postal.received().size() == arrived.size() && written + postal.sent().size() == arrived.size();
    }

    private static long queued(RunningInbox inbox) {
        return inbox.count("reply where state = 'queued'");
    }
}
