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
package io.github.camelpostal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.camelpostal.api.Delivery;
import io.github.camelpostal.api.SendResult;
import io.github.camelpostal.api.ServerAccess;
import io.github.camelpostal.payload.DeliveryEvent;
import io.github.camelpostal.payload.FailureReason;
import io.github.camelpostal.payload.FailureReason.Category;
import io.github.camelpostal.payload.ReasonRules;
import io.github.camelpostal.sandbox.Outcome;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.suppression.InMemorySuppressionList;
import io.github.camelpostal.suppression.SuppressionReason;
import io.github.camelpostal.testing.Wire;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules of a user's own decide before those of the component, wherever there is a reason. */
class OwnReasonRulesTest {

    private static final String MOVED = "550 Unsere Kollegin ist verzogen";
    private static final String NOT_LISTED = "550 5.1.1 No such user here, says the gateway of Acme";
    private static final String RULES = """
            # what the servers of our partners say
            rule: moved
            reason: inactive
            text: ist verzogen
            example: 550 Unsere Kollegin ist verzogen

            rule: gateway-of-acme
            reason: system
            text: says the gateway of acme
            example: 550 5.1.1 No such user here, says the gateway of Acme
            """;

    @TempDir
    private Path folder;
    private final InMemorySuppressionList list = new InMemorySuppressionList();
    private final BlockingQueue<Exchange> routed = new LinkedBlockingQueue<>();
    private CamelApp app;

    @BeforeEach
    void create() throws Exception {
        app = CamelApp.create();
        app.context().getRegistry().bind("list", list);
    }

    @AfterEach
    void close() {
        app.close();
    }

    @Test
    void theyDecideInHeadersInTheEventAndForTheSuppressionList() throws Exception {
        start("&verifySignature=false&reasonRules=" + file(RULES));

        Exchange moved = failed("jane@rcpt.test", MOVED);
        assertThat(moved.getMessage().getHeader(PostalConstants.REASON)).isEqualTo("inactive");
        assertThat(moved.getMessage().getHeader(PostalConstants.REASON_SIDE)).isEqualTo("mailbox");
        assertThat(moved.getMessage().getHeader(PostalConstants.PERMANENT)).isEqualTo(true);
        assertThat(moved.getMessage().getBody(DeliveryEvent.class).reason())
                .contains(new FailureReason(Category.INACTIVE, true, "moved"));
        assertThat(list.find(List.of("jane@rcpt.test"), null).get("jane@rcpt.test").reason())
                .isEqualTo(SuppressionReason.INACTIVE);

        assertThat(failed("john@rcpt.test", NOT_LISTED).getMessage().getHeader(PostalConstants.REASON)).isEqualTo("system");
        assertThat(list.find(List.of("john@rcpt.test"), null)).isEmpty();
    }

    @Test
    void whatTheyDoNotKnowTheComponentsRulesDecide() throws Exception {
        start("&verifySignature=false&reasonRules=" + file(RULES));
        assertThat(failed("eve@rcpt.test", "550 5.1.1 No such user here").getMessage().getHeader(PostalConstants.REASON))
                .isEqualTo("unknown-user");
        assertThat(list.find(List.of("eve@rcpt.test"), null)).isNotEmpty();
    }

    @Test
    void withoutThemTheComponentsRulesDecideAlone() throws Exception {
        start("&verifySignature=false");
        assertThat(failed("jane@rcpt.test", MOVED).getMessage().getHeader(PostalConstants.REASON)).isNotEqualTo("inactive");
        assertThat(failed("john@rcpt.test", NOT_LISTED).getMessage().getHeader(PostalConstants.REASON))
                .isEqualTo("unknown-user");
    }

    @Test
    void ofAMailThatPostalHasGivenUpTheyKnowTheLastReplyAndTheAttempts() throws Exception {
        try (PostalSandbox postal = PostalSandbox.builder().virtualTime().domain("example.com").start()) {
            PostalConfiguration options = app.context().getComponent("postal", PostalComponent.class).getConfiguration();
            app.sendTo(postal);
            options.setReasonRules(file(RULES)); // of the component: for all endpoints
            start("&events=MessageDeliveryFailed&processingTimeout=60s");
            postal.postEventsTo(URI.create("http://127.0.0.1:" + app.port() + "/postal"));
            postal.outcome("jane@rcpt.test", Outcome.softFail("450 Unsere Kollegin ist verzogen"));
            SendResult sent = app.context().createProducerTemplate().requestBody(
                    "postal:send?from=a@example.com&subject=hello&to=jane@rcpt.test", "hello", SendResult.class);
            postal.advance(Duration.ofDays(5));

            Exchange failed = routed.poll(60, TimeUnit.SECONDS);
            assertThat(failed.getMessage().getHeader(PostalConstants.REASON)).isEqualTo("inactive");
            assertThat(failed.getMessage().getHeader(PostalConstants.PERMANENT)).isEqualTo(false);
            List<?> attempts = app.context().createProducerTemplate().requestBody("postal:deliveries",
                    sent.onlyRecipient().id(), List.class);
            assertThat(((Delivery) attempts.get(0)).reason()).contains(new FailureReason(Category.INACTIVE, false, "moved"));
        }
    }

    @Test
    void aClientThatIsGivenThemGoesByThemToo() throws Exception {
        try (PostalSandbox postal = PostalSandbox.start(); RealClient real = RealClient.of(postal.url())) {
            postal.outcome("jane@rcpt.test", Outcome.hardFail(MOVED));
            app.sendTo(postal);
            app.context().start();
            SendResult sent = app.context().createProducerTemplate().requestBody(
                    "postal:send?from=a@example.com&subject=hello&to=jane@rcpt.test", "hello", SendResult.class);
            ServerAccess access = new ServerAccess(postal.url(), postal::apiKey, null);
            long id = sent.onlyRecipient().id();

            Awaitility.await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(real.with(access, ReasonRules.inFront(RULES)).deliveries(id))
                            .extracting(Delivery::reason).containsExactly(
                                    Optional.of(new FailureReason(Category.INACTIVE, true, "moved"))));
            assertThat(real.with(access).deliveries(id).get(0).reason().orElseThrow().rule()).isNotEqualTo("moved");
            assertThat(real.with(access, (status, details, output) -> Optional.empty()).deliveries(id).get(0).reason())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rule: a\\nreason: unknown_user\\ntext: b\\nexample: 550 b | Line 2 of the rules: No category is called unknown_user
            rule: a\\nreason: policy\\ntext: b\\nexample: 550 c | Rule a in line 1 of the rules does not decide its example
            rule: a\\nreason: policy\\ntext: b\\nexample: 550 b\\nrule: c\\nreason: spam\\ntext: b d\\nexample: b d | a does
            """)
    void aMistakeInThemEndsTheStartAndSaysWhereItIs(String rules, String said) throws Exception {
        String file = file(rules.replace("\\n", "\n"));
        assertThatThrownBy(() -> start("&verifySignature=false&reasonRules=" + file)).rootCause()
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(said);
        assertThatThrownBy(() -> app.context().getEndpoint("postal:deliveries?apiKey=key&serverUrl=http://127.0.0.1:1"
                + "&reasonRules=" + file).createProducer()).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("reasonRules=" + file, said, "Correct it there", "reason-rules.txt");
    }

    @Test
    void aFileThatIsNotThereOrNotUtf8EndsTheStartToo() throws Exception {
        assertThatThrownBy(() -> start("&verifySignature=false&reasonRules=classpath:nowhere/reasons.txt"))
                .hasStackTraceContaining("reasonRules=classpath:nowhere/reasons.txt cannot be read: put the file there");
        Path latin = folder.resolve("latin.txt");
        Files.write(latin, RULES.replace("verzogen", "übergesiedelt").getBytes(Charset.forName("ISO-8859-1")));
        app.close();
        create();
        assertThatThrownBy(() -> start("&verifySignature=false&reasonRules=file:" + latin))
                .hasStackTraceContaining("is not written in UTF-8: save it in that");
    }

    private String file(String rules) throws Exception {
        return "file:" + Files.writeString(folder.resolve("reasons.txt"), rules);
    }

    private void start(String options) throws Exception {
        app.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook?suppressionList=#list" + options).process(exchange -> routed.add(exchange.copy()));
            }
        });
        app.context().start();
    }

    private Exchange failed(String to, String output) throws Exception {
        String event = """
                {"event":"MessageDeliveryFailed","timestamp":%1$s,"payload":{"message":{"id":127,"token":"t-%2$s",
                "direction":"outgoing","message_id":"a@b","to":"%2$s","from":"me@acme.example","subject":"s","timestamp":%1$s,
                "spam_status":"NotChecked","tag":null},"status":"HardFail","details":"d","output":"%3$s",
                "sent_with_ssl":false,"timestamp":%1$s,"time":0.04},"uuid":"e-%4$d"}
                """.formatted(Instant.now().getEpochSecond(), to, output, output.hashCode() & 0xffff);
        assertThat(Wire.post(app.port(), "/postal", event.getBytes(StandardCharsets.UTF_8)).status()).isEqualTo(200);
        return routed.poll(60, TimeUnit.SECONDS);
    }
}
