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
package io.github.camelpostal.examples.deliverytracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.github.camelpostal.sandbox.Outcome;
import io.github.camelpostal.sandbox.PostalSandbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class ReportTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private PostalSandbox postal;
    private RunningTracker tracker;

    @BeforeEach
    void start() {
        postal = PostalSandbox.builder().domain("shop.example").start();
        tracker = new RunningTracker(postal, new MovableClock(postal::now), TestDatabase.empty()).start();
    }

    @AfterEach
    void stop() {
        tracker.close();
        postal.close();
    }

    @Test
    void saysThatThereIsNothingYet() throws Exception {
        assertThat(page()).contains("No mail was sent yet.").contains("<dt>delivered</dt><dd>–</dd>").doesNotContain("<figure");
    }

    @Test
    void showsRatesChartAndNumbersButNoAddress() throws Exception {
        tracker.write("zoe@customer.example, amy@customer.example, bounced@customer.example, held@customer.example", "news");
        tracker.write("zoe@customer.example", "welcome");
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(tracker.states())
                .containsExactlyInAnyOrder("delivered", "delivered", "bounced", "held", "delivered"));
        postal.server().open(1);
        postal.server().open(1);
        postal.server().click(1, "https://shop.example/");
        await().atMost(TIMEOUT).until(() -> tracker.count("activity") == 3 && tracker.suppressed().size() == 1);

        String page = page();

        assertThat(page).contains("<dt>recipients</dt><dd>5</dd>").contains("<dt>delivered</dt><dd>60.0 %</dd>")
                .contains("<dt>bounced or failed</dt><dd>20.0 %</dd>").contains("<dt>opened</dt><dd>33.3 %</dd>")
                .contains("<dt>on the suppression list</dt><dd>1</dd>");
        assertThat(page).contains("aria-label=\"news: 1 held, 2 delivered, 1 bounced\"");
        assertThat(bars(page, "news")).containsExactly("held 0.0 25.0", "delivered 25.0 50.0", "bounced 75.0 25.0");
        assertThat(page).doesNotContain("@customer.example").doesNotContain("zoe");
    }

    @Test
    void showsReasonsAndWhoseMatterTheyAreAsTextBesideTheBars() throws Exception {
        postal.outcome("full@customer.example", Outcome.softFail("452 4.2.2 Mailbox full"));
        postal.outcome("listed@customer.example", Outcome.hardFail("554 5.7.1 Client host blocked using Spamhaus"));
        tracker.write("hardfail@customer.example, hardfail@other.example, full@customer.example, listed@customer.example,"
                + " zoe@customer.example", "news");
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(tracker.states())
                .containsExactly("failed", "failed", "deferred", "failed", "delivered"));

        assertThat(Pattern.compile("<span>([\\w-]+) \\((\\w+)\\)</span><span>(\\d+)</span></figcaption>\\n<svg [^>]*"
                + "aria-hidden=\"true\"><rect class=\"(\\w+)\" width=\"(\\d+)\"").matcher(page()).results()
                .map(row -> String.join(" ", row.group(1), row.group(2), row.group(3), row.group(4), row.group(5))).toList())
                .containsExactly("unknown-user mailbox 2 mailbox 100", "mailbox-full mailbox 1 mailbox 50",
                        "reputation sender 1 sender 50");
    }

    @Test
    void escapesWhatStandsInATag() throws Exception {
        tracker.write("zoe@customer.example", "<script>alert(\"1\")</script>");
        await().atMost(TIMEOUT).until(() -> tracker.count("recipient") == 1);

        assertThat(page()).contains("&lt;script&gt;").doesNotContain("<script");
    }

    @Test
    void warnsWhileTheSendingPausesAndShowsTheAlarm() throws Exception {
        postal.server().sendLimitExceeded(1000, 1000);
        await().atMost(TIMEOUT).until(() -> tracker.count("alarm") == 1);

        assertThat(page()).contains("Sending pauses").contains("limit: until ").contains("SendLimitExceeded")
                .contains("1000 of 1000 mails in an hour");
    }

    private static Iterable<String> bars(String page, String tag) {
        String figure = page.substring(page.indexOf("<span>" + tag + "</span>"));
        return Pattern.compile("<rect class=\"(\\w+)\" x=\"([\\d.]+)\" y=\"0\" width=\"([\\d.]+)\"")
                .matcher(figure.substring(0, figure.indexOf("</figure>"))).results()
                .map((MatchResult bar) -> bar.group(1) + " " + bar.group(2) + " " + bar.group(3)).toList();
    }

    private String page() throws Exception {
        HttpResponse<String> response = HTTP.send(HttpRequest.newBuilder(tracker.url("/report")).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(response.headers().firstValue("Content-Security-Policy")).isPresent();
        return response.body();
    }
}
