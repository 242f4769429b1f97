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
package io.github.camelpostal.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

import io.github.camelpostal.internal.conversation.ConversationKeys;
import io.github.camelpostal.internal.conversation.UnsubscribeTokenCipher;
import io.github.camelpostal.suppression.InMemorySuppressionList;
import io.github.camelpostal.testing.Wire;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Recipients leave on Spring Boot as they do elsewhere, also in front of a stopped route. */
class UnsubscribeOnBootTest {

    private static final String SECRET = "a:" + "k7".repeat(32);
    private static final byte[] ONE_CLICK = "List-Unsubscribe=One-Click".getBytes(StandardCharsets.US_ASCII);

    private final InMemorySuppressionList list = new InMemorySuppressionList();
    private final String link = "/unsubscribe?t="
            + new UnsubscribeTokenCipher(ConversationKeys.parse(SECRET), new SecureRandom())
                    .issue(new UnsubscribeTokenCipher.Unsubscription("bob@rcpt.test", "news"));
    private BootApp app;

    @BeforeEach
    void start() {
        app = BootApp.start(new RouteBuilder() {
            @Override
            public void configure() {
                getContext().getRegistry().bind("list", list);
                from("postal:unsubscribe?suppressionList=#list").routeId("leaving").log("left");
            }
        }, "camel.component.postal.conversation-secret=" + SECRET);
    }

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void onlyAPostActs() throws Exception {
        Wire.Response page = request("GET");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains("<form method=\"post\">");
        assertThat(page.headers().get("content-type")).startsWith("text/html");
        assertThat(page.headers()).containsEntry("referrer-policy", "no-referrer");
        assertThat(request("HEAD").status()).isEqualTo(200);
        assertThat(list.size()).isZero();

        assertThat(request("POST").status()).isEqualTo(200);
        assertThat(request("POST").status()).isEqualTo(200);
        assertThat(list.size()).isEqualTo(1);
        assertThat(Wire.post(app.port(), "/unsubscribe?t=x", ONE_CLICK).status()).isEqualTo(404);
    }

    @Test
    void aStoppedRouteAsksForAnotherAttempt() throws Exception {
        app.camel().getRouteController().stopRoute("leaving");
        for (String method : new String[]{"GET", "HEAD", "POST"}) {
            assertThat(request(method).status()).as(method).isEqualTo(503);
        }
        assertThat(list.size()).isZero();

        app.camel().getRouteController().startRoute("leaving");
        assertThat(request("POST").status()).isEqualTo(200);
        assertThat(list.size()).isEqualTo(1);
    }

    private Wire.Response request(String method) throws Exception {
        return method.equals("POST")
                ? Wire.post(app.port(), link, ONE_CLICK, "Content-Type: application/x-www-form-urlencoded")
                : Wire.request(app.port(), method, link, new byte[0]);
    }
}
