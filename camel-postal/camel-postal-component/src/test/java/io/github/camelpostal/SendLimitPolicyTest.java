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
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import io.github.camelpostal.api.Delivery;
import io.github.camelpostal.payload.SendLimitEvent;
import io.github.camelpostal.payload.ServerInfo;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.ServerSettings;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.service.ServiceSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** While a mail server's send limit is reached, routes that send wait, instead of filling Postal with mail that is Held. */
class SendLimitPolicyTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final PostalSandbox postal = PostalSandbox.builder().virtualTime().domain("example.com")
            .server("other", other -> other.apiKey("OtherKeyNotASecret000000").domain("other.test")).start();
    private final InstantSource virtualTime = postal::now;
    private final PostalSendLimitPolicy policy = new PostalSendLimitPolicy(virtualTime.withZone(ZoneOffset.UTC));
    private CamelApp app;
    private URI here;

    private void start() throws Exception {
        app = CamelApp.create();
        PostalComponent component = app.context().getComponent("postal", PostalComponent.class);
        app.sendTo(postal);
        PostalServer other = new PostalServer();
        other.setApiKey(postal.server("other").apiKey());
        component.getServers().put("other", other);
        app.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:mails").routeId("sending").routePolicy(policy).to("postal:send?from=a@example.com&subject=hello");
                from("seda:others").routeId("others").to("log:others?level=DEBUG");
                from("postal:webhook").routeId("events").to("log:events?level=DEBUG");
                from("postal:webhook?server=other&path=/other").routeId("otherEvents").to("log:events?level=DEBUG");
            }
        });
        app.context().start();
        here = URI.create("http://127.0.0.1:" + app.port() + "/postal");
    }

    @AfterEach
    void close() {
        if (app != null) {
            app.close();
        }
        postal.close();
    }

    @Test
    void sendingWaitsFromTheLimitToTheNextWindow() throws Exception {
        start();
        postal.postEventsTo(here);
        postal.server().settings(settings -> settings.withSendLimit(2));
        sendAndDeliver(3); // the third is Held, and Postal says that the limit is exceeded

        awaitSuspended();
        Instant reached = postal.now();
        app.context().createProducerTemplate().sendBodyAndHeader("seda:mails", "waits", PostalConstants.TO, "b@example.net");
        postal.advance(Duration.ofMinutes(59));
        assertThat(policy.resumesAt()).hasValueSatisfying(end -> assertThat(end)
                .isBetween(reached.plus(Duration.ofMinutes(59)), reached.plus(Duration.ofMinutes(62))));
        assertThat(isSuspended("sending")).isTrue();
        assertThat(postal.sent()).hasSize(3);
        assertThat(isSuspended("others")).isFalse();

        postal.advance(Duration.ofMinutes(3));
        await().atMost(LONG).untilAsserted(() -> assertThat(isSuspended("sending")).isFalse());
        await().atMost(LONG).untilAsserted(() -> assertThat(postal.sent()).hasSize(4));
        await().atMost(LONG).untilAsserted(() -> {
            postal.advance(Duration.ofMinutes(1));
            assertThat(postal.sent().to("b@example.net").only().status()).isEqualTo("Sent");
        });
        assertThat(policy.resumesAt()).isEmpty();
    }

    @Test
    void aMessageThatIsHeldForTheLimitIsEnough() throws Exception {
        start();
        postal.postEventsTo(here, "MessageHeld");
        postal.server().settings(settings -> settings.withSendLimit(1));
        sendAndDeliver(2);

        awaitSuspended();
    }

    @Test
    void aMailThatIsHeldForAnotherReasonSuspendsNothing() throws Exception {
        start();
        postal.postEventsTo(here);
        postal.server().settings(settings -> settings.withMode(ServerSettings.Mode.DEVELOPMENT));
        sendAndDeliver(1);

        assertThat(postal.webhookRequests().events("MessageHeld").accepted()).hasSize(1);
        assertThat(policy.resumesAt()).isEmpty();
    }

    @Test
    void approachingTheLimitSuspendsOnlyOnRequest() throws Exception {
        start();
        postal.postEventsTo(here);
        postal.server().sendLimitApproaching(9, 10);
        postal.advance(Duration.ofSeconds(1));
        assertThat(policy.resumesAt()).isEmpty();

        policy.setSuspendWhenApproaching(true);
        postal.server().sendLimitApproaching(9, 10);
        postal.advance(Duration.ofSeconds(1));
        awaitSuspended();
    }

    @Test
    void theLimitOfAnotherMailServerIsNotItsOwn() throws Exception {
        start();
        postal.server("other").postEventsTo(URI.create("http://127.0.0.1:" + app.port() + "/other"));
        postal.server("other").sendLimitExceeded(10, 10);
        postal.advance(Duration.ofSeconds(1));

        assertThat(postal.server("other").webhookRequests().accepted()).hasSize(1);
        assertThat(policy.resumesAt()).isEmpty();
    }

    @Test
    void deliveriesThatWereReadTellItToo() throws Exception {
        start();
        postal.server().settings(settings -> settings.withSendLimit(0));
        sendAndDeliver(1);
        assertThat(policy.resumesAt()).isEmpty();

        @SuppressWarnings("unchecked")
        List<Delivery> attempts = app.context().createProducerTemplate().requestBody("postal:deliveries",
                postal.sent().only().id(), List.class);
        policy.deliveries(attempts);

        awaitSuspended();
        policy.resumeNow();
        await().atMost(LONG).untilAsserted(() -> assertThat(isSuspended("sending")).isFalse());
    }

    @Test
    void anEventThatComesAfterItsWindowSuspendsNothing() throws Exception {
        start();
        policy.setWindow(Duration.ofMinutes(1));
        postal.postEventsTo(here);
        app.context().getRouteController().suspendRoute("events");
        postal.server().sendLimitExceeded(10, 10);
        postal.advance(Duration.ofSeconds(1));
        app.context().getRouteController().resumeRoute("events");
        postal.advance(Duration.ofMinutes(10)); // Postal tries again after 2 minutes

        assertThat(postal.webhookRequests().events("SendLimitExceeded").accepted()).hasSize(1);
        assertThat(policy.resumesAt()).isEmpty();
    }

    /** The clock of Postal, set wrong for a day or a century, must not stop all mail for as long. */
    @Test
    void aClockThatIsAheadSuspendsForNoLongerThanTheWindow() {
        for (Duration ahead : List.of(Duration.ofDays(1), Duration.ofDays(36_500))) {
            PostalSendLimitPolicy own = new PostalSendLimitPolicy(virtualTime.withZone(ZoneOffset.UTC));
            own.event(new SendLimitEvent("SendLimitExceeded", "u", postal.now().plus(ahead),
                    new ServerInfo("id", "mail", "mail", "acme"),
                    10, 10));
            assertThat(own.resumesAt()).hasValueSatisfying(
                    end -> assertThat(end).isBeforeOrEqualTo(postal.now().plus(own.getWindow())));
        }
    }

    @Test
    void aRouteThatStartsWhileTheLimitIsReachedWaitsToo() throws Exception {
        start();
        postal.postEventsTo(here);
        app.context().getRouteController().stopRoute("sending");
        postal.server().sendLimitExceeded(10, 10);
        postal.advance(Duration.ofSeconds(1));
        await().atMost(LONG).until(() -> policy.resumesAt().isPresent());

        app.context().getRouteController().startRoute("sending");
        awaitSuspended();
    }

    @Test
    void theOtherRoutesGoOnWhenOneIsRemovedMeanwhile() throws Exception {
        start();
        app.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:more").routeId("more").routePolicy(policy).to("log:more?level=DEBUG");
            }
        });
        postal.postEventsTo(here);
        postal.server().sendLimitExceeded(10, 10);
        postal.advance(Duration.ofSeconds(1));
        await().atMost(LONG).untilAsserted(() -> assertThat(isSuspended("more")).isTrue());
        awaitSuspended();

        app.context().getRouteController().stopRoute("more");
        app.context().removeRoute("more");
        postal.advance(Duration.ofMinutes(62));
        await().atMost(LONG).untilAsserted(() -> assertThat(isSuspended("sending")).isFalse());

        postal.server().sendLimitExceeded(10, 10);
        postal.advance(Duration.ofSeconds(1));
        awaitSuspended();
    }

    @Test
    void whatAnOperatorSuspendedStaysSuspended() throws Exception {
        start();
        postal.postEventsTo(here);
        postal.server().sendLimitExceeded(10, 10);
        postal.advance(Duration.ofSeconds(1));
        awaitSuspended();
        app.context().getRouteController().suspendRoute("sending");

        postal.advance(Duration.ofMinutes(62));
        await().atMost(LONG).until(() -> policy.resumesAt().isEmpty());
        assertThat(app.context().getRouteController().getRouteStatus("sending")).isEqualTo(ServiceStatus.Suspended);
        assertThat(isSuspended("sending")).isTrue();
    }

    private void sendAndDeliver(int mails) {
        for (int i = 0; i < mails; i++) {
            app.context().createProducerTemplate().requestBodyAndHeaders("postal:send?from=a@example.com&subject=hello",
                    "Hello", Map.of(PostalConstants.TO, "b" + i + "@example.net"));
            postal.advance(Duration.ofSeconds(1));
        }
    }

    private void awaitSuspended() {
        await().atMost(LONG).untilAsserted(() -> assertThat(isSuspended("sending")).isTrue());
    }

    private boolean isSuspended(String route) {
        return ((ServiceSupport) app.context().getRoute(route).getConsumer()).isSuspended();
    }
}
