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
package io.github.camelpostal.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.github.camelpostal.CamelApp;
import io.github.camelpostal.PostalSendLimitPolicy;
import io.github.camelpostal.sandbox.PostalSandbox;
import org.junit.jupiter.api.Test;

/** The snippet of several-servers.md is a route that does what the page says. */
class SendLimitPageTest {

    private static final Path PAGE = Path.of("../../src/docs/several-servers.md");
    private static final Path ROUTE = Path.of("src/test/java/io/github/camelpostal/docs/SendLimitRoute.java");

    @Test
    void thePageShowsTheRouteThatIsTested() throws Exception {
        String source = Files.readString(ROUTE);
        String snippet = source.substring(source.indexOf("// snippet") + 10, source.indexOf("// end")).indent(-8).strip();

        assertThat(Files.readString(PAGE)).contains(snippet);
    }

    @Test
    void theRouteWaitsWhileTheLimitIsReached() throws Exception {
        PostalSendLimitPolicy limit = new PostalSendLimitPolicy();
        try (PostalSandbox postal = PostalSandbox.start(); CamelApp app = CamelApp.create()) {
            app.sendTo(postal);
            app.context().addRoutes(new SendLimitRoute(limit));
            app.context().start();
            postal.postEventsTo(URI.create("http://127.0.0.1:" + app.port() + "/postal"));

            postal.server().sendLimitExceeded(100, 100);

            await().atMost(Duration.ofSeconds(60)).until(() -> limit.resumesAt().isPresent());
        }
    }
}
