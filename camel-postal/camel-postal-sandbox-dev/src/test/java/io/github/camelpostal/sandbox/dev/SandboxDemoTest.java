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
package io.github.camelpostal.sandbox.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

import io.github.camelpostal.sandbox.PostalSandbox;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;

/** A demo plays beside a sandbox only, and its exit code says whether all went well. */
class SandboxDemoTest {

    private boolean played;

    @Test
    void endsWellWhenItWasPlayedToItsEnd() throws Exception {
        assertThat(run(new Properties(), "--exit")).isZero();
        assertThat(played).isTrue();
    }

    @Test
    void whatDoesNotGoAsItShouldEndsItWithAnExitCode() throws Exception {
        assertThat(run(new Properties(), "--exit", "fail")).isEqualTo(1);
    }

    @Test
    void nothingIsPlayedBesideARealPostal() throws Exception {
        Properties real = new Properties();
        real.setProperty("camel.component.postal.server-url", "https://postal.example");
        real.setProperty("camel.component.postal.api-key", "key");

        assertThat(run(real, "--exit")).isEqualTo(1);
        assertThat(played).isFalse();
    }

    @Test
    void startsWhatTheApplicationNeedsBesidePostalAndClosesTheLastPartFirst() throws Exception {
        List<String> happened = new ArrayList<>();

        int exitCode = new Surroundings(happened, "direct:send").run(main(new Properties()), "--exit");

        assertThat(exitCode).isZero();
        assertThat(happened).containsExactly("play with direct:send", "close surface", "close ground");
    }

    @Test
    void closesThemAlsoWhereTheApplicationDoesNotStart() {
        List<String> happened = new ArrayList<>();

        assertThatThrownBy(() -> new Surroundings(happened, "unknown:place").run(main(new Properties()), "--exit"))
                .hasStackTraceContaining("unknown");

        assertThat(happened).containsExactly("close surface", "close ground");
    }

    @Test
    void aButtonThatRefusesStopsTheDemo() {
        try (PostalSandbox postal = PostalSandbox.start()) {
            assertThatThrownBy(() -> SandboxDemo.press(postal.url().resolve("/no/button")))
                    .isInstanceOf(IOException.class).hasMessageContaining("404");
        }
    }

    private static final class Surroundings extends SandboxDemo {

        private final List<String> happened;
        private final String place;

        private Surroundings(List<String> happened, String place) {
            this.happened = happened;
            this.place = place;
        }

        @Override
        protected void prepare(BaseMainSupport main, boolean realPostal) {
            assertThat(realPostal).isFalse();
            assertThat(isSet(main, "place")).isFalse();
            set(main, "place", place);
            assertThat(isSet(main, "place")).isTrue();
            closeAtEnd(() -> happened.add("close ground"));
            closeAtEnd(() -> happened.add("close surface"));
        }

        @Override
        protected void play(CamelContext camel, PostalSandbox postal) {
            happened.add("play with " + camel.resolvePropertyPlaceholders("{{place}}"));
        }

        @Override
        protected String yourTurn(CamelContext camel) {
            return "go to the place";
        }
    }

    private int run(Properties properties, String... args) throws Exception {
        return new SandboxDemo() {
            @Override
            protected void play(CamelContext camel, PostalSandbox postal) {
                played = true;
                assertThat(args).as("the arguments of a demo that goes well").doesNotContain("fail");
            }

            @Override
            protected String yourTurn(CamelContext camel) {
                return "send to direct:send";
            }
        }.run(main(properties), args);
    }

    private static Main main(Properties properties) {
        Main main = new Main();
        properties.setProperty("camel.main.profile", "dev");
        main.setOverrideProperties(properties);
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("{{place:direct:send}}").to("postal:send");
            }
        });
        return main;
    }
}
