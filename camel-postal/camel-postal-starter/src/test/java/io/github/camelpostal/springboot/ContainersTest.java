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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Stream;

import io.github.camelpostal.testing.Bodies;
import io.github.camelpostal.testing.TestKey;
import io.github.camelpostal.testing.Wire;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.web.embedded.jetty.JettyServletWebServerFactory;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.embedded.undertow.UndertowServletWebServerFactory;
import org.springframework.boot.web.servlet.server.ServletWebServerFactory;

/** Whatever servlet container an application runs on, with its default limits: Postal's requests reach the route. */
@Tag("slow")
class ContainersTest {

    static Stream<Arguments> containers() {
        return Stream.of(TomcatServletWebServerFactory.class, JettyServletWebServerFactory.class,
                UndertowServletWebServerFactory.class).map(type -> Arguments.of(Named.of(type.getSimpleName(), type)));
    }

    @ParameterizedTest
    @MethodSource("containers")
    void takesMailOfAnySizeUpToMaxBodySize(Class<? extends ServletWebServerFactory> container) throws Exception {
        BootApp.Kept route = new BootApp.Kept();
        try (BootApp app = BootApp.start(container, route, "camel.component.postal.processing-timeout=30s",
                "camel.component.postal.max-body-size=20000000")) {
            for (int megabytes : new int[]{3, 12}) {
                byte[] content = new byte[megabytes * 750_000]; // a third more in base64
                new Random(megabytes).nextBytes(content);

                assertThat(post(app, "/postal", mail(megabytes, content)).status()).isEqualTo(200);
                assertThat(route.received().remove().attachments().get("big.bin")).isEqualTo(content);
            }
            assertThat(post(app, "/postal", mail(3, new byte[16_000_000])).status()).isEqualTo(413);
        }
    }

    /** Undertow's own limit is out of the way for our paths, and still there for the others. */
    @ParameterizedTest
    @ValueSource(strings = {"", "server.undertow.max-http-post-size=100KB"})
    void leavesTheApplicationTheLimitThatUndertowHas(String property) throws Exception {
        try (BootApp app = BootApp.start(UndertowServletWebServerFactory.class, new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook?processingTimeout=30s").to("mock:end");
                from("platform-http:/mine").setBody(simple("${bodyAs(String).length}"));
            }
        }, property)) {
            assertThat(post(app, "/postal", mail(1, new byte[3_000_000])).status()).isEqualTo(200);
            assertThat(Wire.post(app.port(), "/mine", new byte[50_000]).status()).isEqualTo(200);
            assertThat(mine(app, 3_000_000)).isNotEqualTo(200);
            assertThat(mine(app, 200_000) == 200).isEqualTo(property.isEmpty());
        }
    }

    /** Undertow may close the connection instead of a response. */
    private static int mine(BootApp app, int size) {
        try {
            return Wire.post(app.port(), "/mine", new byte[size]).status();
        } catch (IOException closed) {
            return 0;
        }
    }

    @ParameterizedTest
    @MethodSource("containers")
    void takesASlashAndParametersAtTheEndForThePathItself(Class<? extends ServletWebServerFactory> container) throws Exception {
        try (BootApp app = BootApp.start(container, new BootApp.Kept())) {
            assertThat(post(app, "/postal", Bodies.event("e1")).status()).isEqualTo(200);
            assertThat(post(app, "/postal/", Bodies.event("e2")).status()).isEqualTo(200);
            assertThat(post(app, "/postal;x=1", Bodies.event("e3")).status()).isEqualTo(200);
            assertThat(post(app, "/postal/;x=1", Bodies.event("e4")).status()).isEqualTo(200);
            assertThat(post(app, "/p%6Fstal", Bodies.event("e5")).status()).isEqualTo(200);
            assertThat(post(app, "/postal/below", Bodies.event("e6")).status()).isEqualTo(503);
            assertThat(post(app, "/typo", Bodies.event("e7")).status()).isEqualTo(503);
        }
    }

    private static Wire.Response post(BootApp app, String path, byte[] body) throws Exception {
        return Wire.post(app.port(), path, body, TestKey.SHARED.signature(body));
    }

    private static byte[] mail(int id, byte[] content) {
        String attachment = "\"attachments\":[{\"filename\":\"big.bin\",\"content_type\":\"application/octet-stream\",\"size\":"
                + content.length + ",\"data\":\"" + Base64.getEncoder().encodeToString(content) + "\"}]";
        return new String(Bodies.mail(id, "tok"), StandardCharsets.US_ASCII).replace("\"attachments\":[]", attachment)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
