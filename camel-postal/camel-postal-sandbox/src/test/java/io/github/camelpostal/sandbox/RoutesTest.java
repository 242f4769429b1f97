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
package io.github.camelpostal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a route does with its mail, and which addresses lead to it (protocol 4.1). */
class RoutesTest {
    private final Stage stage = new Stage();

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void takesMailOfAModeAcceptRouteAndPostsNothing() {
        stage.postal.server().route(Route.of(Stage.SUPPORT, Route.Mode.ACCEPT));

        StoredMail mail = stage.settled(stage.receive(Stage.SUPPORT));

        assertThat(mail.status()).isEqualTo("Processed");
        assertThat(stage.postal.webhookRequests()).isEmpty();
    }

    @Test
    void bouncesMailOfAModeBounceRouteToItsSender() {
        stage.postal.server().route(Route.of(Stage.SUPPORT, Route.Mode.BOUNCE));

        StoredMail mail = stage.settled(stage.receive(Stage.SUPPORT));

        assertThat(mail.status()).isEqualTo("HardFail");
        assertThat(stage.events(mail)).containsExactly("MessageDeliveryFailed");
        assertThat(stage.postal.sent().to(Stage.ALICE).only().status()).isEqualTo("Sent");
    }

    @Test
    void leavesMailOfTheNullSenderPendingForEverOnAModeBounceRoute() {
        stage.postal.server().route(Route.of(Stage.SUPPORT, Route.Mode.BOUNCE));

        StoredMail mail = stage.settled(stage.receive(null, Stage.SUPPORT, ""));

        assertThat(mail.status()).isEqualTo("Pending");
        assertThat(stage.postal.sent()).isEmpty();
    }

    @Test
    void refusesMailOfAModeRejectRouteAtTheDoor() {
        stage.postal.server().route(Route.of(Stage.SUPPORT, Route.Mode.REJECT));

        assertThatThrownBy(() -> stage.receive(Stage.SUPPORT)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("550");
        assertThat(stage.postal.received()).isEmpty();
    }

    @Test
    void makesAMessageOfItsOwnForEachEndpointWithItsOwnRetries() {
        Receiver other = new Receiver();
        try (other) {
            other.respond(503, new byte[0]);
            stage.postal.routeTo(Stage.SUPPORT, HttpEndpoint.of(stage.endpoint.url("/")), HttpEndpoint.of(other.url("/")));

            List<StoredMail> mails = stage.postal.receive(Stage.ALICE, List.of(Stage.SUPPORT), "Subject: s\n\nb\n".getBytes());
            stage.settle();

            assertThat(mails).extracting(StoredMail::id).containsExactly(1L, 2L);
            assertThat(stage.now(mails.get(0)).status()).isEqualTo("Sent");
            assertThat(stage.now(mails.get(1)).status()).isEqualTo("SoftFail");
            assertThat(stage.endpoint.next().json().path("id").asLong()).isEqualTo(1);
            assertThat(other.next().json().path("id").asLong()).isEqualTo(2);
        }
    }

    @Test
    void storesOneMessageForEachRecipient() {
        stage.postal.routeTo("*@acme.example", stage.endpoint.url("/"));

        List<StoredMail> mails = stage.postal.receive(Stage.ALICE, List.of("a@acme.example", "b@acme.example"),
                "Subject: s\n\nb\n".getBytes());

        assertThat(mails).extracting(StoredMail::rcptTo).containsExactly("a@acme.example", "b@acme.example");
    }

    @Test
    void storesNothingWhenOneOfTheRecipientsIsUnknown() {
        stage.postal.routeTo(Stage.SUPPORT, stage.endpoint.url("/"));

        assertThatThrownBy(() -> stage.postal.receive(Stage.ALICE, List.of(Stage.SUPPORT, "x@other.example"), new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(stage.postal.received()).isEmpty();
    }

    @Test
    void rewritesTheAddressOfARouteTokenAndKeepsTheTag() {
        Route route = stage.postal.server().route(Route.to(Stage.SUPPORT, HttpEndpoint.of(stage.endpoint.url("/"))));

        StoredMail mail = stage.settled(stage.receive(route.token() + "+x@routes.postal.example.com"));

        assertThat(route.token()).hasSize(8);
        assertThat(mail.rcptTo()).isEqualTo("support+x@acme.example");
        assertThat(mail.status()).isEqualTo("Sent");
    }

    @Test
    void knowsTheReturnPathOfACustomDomainToo() {
        StoredMail mail = stage.settled(stage.receive(null, "sandbx@psrp.acme.example", ""));

        assertThat(mail.bounce()).isTrue();
        assertThat(mail.status()).isEqualTo("HardFail");
    }

    @Test
    void failsMailWhoseRouteHasLostItsEndpointsAndSendsItsSenderABounce() {
        stage.postal.routeTo(Stage.SUPPORT, stage.endpoint.url("/"));
        StoredMail mail = stage.receive(Stage.SUPPORT);
        stage.postal.server().route(Route.of(Stage.SUPPORT, Route.Mode.REJECT));

        assertThat(stage.settled(mail).status()).isEqualTo("HardFail");
        assertThat(stage.postal.sent().to(Stage.ALICE)).hasSize(1);
    }
}
