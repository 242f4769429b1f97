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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Mail for one endpoint is worked through together, and one failure to get there is everybody's (protocol 4.6). */
class BatchTest {
    private final Stage stage = new Stage();
    private final MisbehavingServer closing = new MisbehavingServer("close");

    @AfterEach
    void stop() {
        stage.close();
        closing.close();
    }

    @Test
    void makesOneRequestAndSixSoftFailsWhenTheEndpointHangsUp() {
        stage.postal.routeTo(Stage.SUPPORT, closing.url());
        List<StoredMail> mails = receive(6);

        stage.settle();

        assertThat(stage.postal.webhookRequests().mail()).hasSize(1);
        assertThat(mails).allSatisfy(mail -> {
            assertThat(stage.statuses(mail)).containsExactly("SoftFail");
            assertThat(stage.events(mail)).containsExactly("MessageDelayed");
            assertThat(stage.now(mail).deliveries().get(0).details()).contains("Received a -2");
        });
    }

    @Test
    void countsTheAttemptThatWasNotMade() {
        stage.postal.routeTo(Stage.SUPPORT, closing.url());
        List<StoredMail> mails = receive(2);
        stage.settle();

        stage.postal.routeTo(Stage.SUPPORT, stage.endpoint.url("/"));
        stage.postal.advance(Duration.ofSeconds(300));

        assertThat(stage.postal.webhookRequests().mail().about(mails.get(1)).accepted().only().attempt()).isEqualTo(2);
    }

    @Test
    void asksForEachMailAfterAResponseOfFiveHundred() {
        stage.endpoint.respond(500, new byte[0]);
        stage.postal.routeTo(Stage.SUPPORT, stage.endpoint.url("/"));
        receive(6);

        stage.settle();

        assertThat(stage.postal.webhookRequests().mail()).hasSize(6);
    }

    @Test
    void beginsAnewAfterAHundredAndOneMessages() {
        stage.postal.routeTo(Stage.SUPPORT, closing.url());
        receive(102);

        stage.settle();

        assertThat(stage.postal.webhookRequests().mail()).hasSize(2);
    }

    @Test
    void leavesMailForAnotherEndpointAlone() {
        stage.postal.routeTo(Stage.SUPPORT, closing.url());
        stage.postal.routeTo("other@acme.example", stage.endpoint.url("/"));
        receive(2);
        StoredMail other = stage.receive("other@acme.example");

        assertThat(stage.settled(other).status()).isEqualTo("Sent");
    }

    private List<StoredMail> receive(int count) {
        List<StoredMail> mails = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            mails.add(stage.receive(Stage.SUPPORT));
        }
        return mails;
    }
}
