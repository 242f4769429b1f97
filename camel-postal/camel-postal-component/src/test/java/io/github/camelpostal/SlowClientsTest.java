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

import java.net.Socket;
import java.nio.file.Path;
import java.util.List;

import io.github.camelpostal.testing.SlowClients;
import io.github.camelpostal.testing.SteadyPostal;
import io.github.camelpostal.testing.TestKey;
import io.github.camelpostal.testing.Wire;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Nothing that a client without a key does keeps a thread, or Postal's mail waiting. */
@Timeout(600)
class SlowClientsTest {

    private static final Logger LOG = LoggerFactory.getLogger(SlowClientsTest.class);

    @TempDir
    Path spool;

    @Tag("soak")
    @ParameterizedTest
    @EnumSource
    void doNotKeepMailWaiting(SlowClients.Shape shape) throws Exception {
        try (CamelApp app = CamelApp.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook?publicKey=RAW(" + TestKey.SHARED.publicKey() + ")&spoolDirectory=" + spool)
                        .process(exchange -> {
                        });
            }
        })) {
            SteadyPostal postal = new SteadyPostal(app.port());
            postal.sendAll(); // nothing is compiled yet
            SteadyPostal.Slowest quiet = postal.sendAll();
            try (SlowClients attackers = SlowClients.start(app.port(), shape, SteadyPostal.CONNECTIONS)) {
                SteadyPostal.Slowest attacked = postal.sendAll();

                LOG.info("{}: without {}, with {}", shape, quiet, attacked);
                attacked.assertAsGoodAs(quiet);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void doNotKeepOtherRoutesOfTheApplicationWaiting(boolean suspended) throws Exception {
        try (CamelApp app = CamelApp.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook?verifySignature=false&processingTimeout=10m&spoolDirectory=" + spool)
                        .routeId("webhook").to("mock:end");
                from("platform-http:/mine").setBody(constant("fine"));
            }
        })) {
            if (suspended) {
                app.context().getRouteController().suspendRoute("webhook");
            }
            for (SlowClients.Shape shape : List.of(SlowClients.Shape.SUB_PATHS, SlowClients.Shape.ANNOUNCED)) {
                try (SlowClients attackers = SlowClients.start(app.port(), shape, SteadyPostal.CONNECTIONS)) {
                    // or it would get no response for ten minutes
                    assertThat(Wire.request(app.port(), "GET", "/mine", new byte[0]).text()).as("%s", shape).contains("fine");
                }
            }
        }
    }

    /** Not only at the deadline. */
    @ParameterizedTest
    @ValueSource(strings = {"/postal", "/postal/below"})
    void areNoticedWhenTheyGoAway(String path) throws Exception {
        try (CamelApp app = CamelApp.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook?verifySignature=false&processingTimeout=10m").routeId("webhook").to("mock:end");
            }
        })) {
            PostalConsumer consumer = (PostalConsumer) app.context().getRoute("webhook").getConsumer();
            try (Socket socket = new Socket("127.0.0.1", app.port())) {
                socket.getOutputStream().write(Wire.head("POST", path, 1_000_000));
            }

            await().until(() -> consumer.getReceived() == 1);
        }
    }
}
