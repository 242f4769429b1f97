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

import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The extension as a user writes it. */
class PostalSandboxExtensionTest {
    private static final Set<PostalSandbox> EACH_SEEN = new HashSet<>();
    private static final Set<PostalSandbox> ALL_SEEN = new HashSet<>();

    @RegisterExtension
    static PostalSandboxExtension forAll = new PostalSandboxExtension(sandbox -> sandbox.apiKey("OwnKey"));

    @RegisterExtension
    PostalSandboxExtension forEach = new PostalSandboxExtension();

    @RepeatedTest(2)
    void startsOneForTheClassAndOneForEachTest() {
        assertThat(EACH_SEEN.add(forEach.sandbox())).isTrue();
        ALL_SEEN.add(forAll.sandbox());
        assertThat(ALL_SEEN).hasSize(1);
        assertThat(forAll.sandbox().apiKey()).isEqualTo("OwnKey");
        assertThat(forEach.sandbox().apiKey()).isEqualTo(PostalSandbox.DEFAULT_API_KEY);
    }

    @Nested
    class InsideAnotherClass {
        @Test
        void keepsTheSandboxOfTheOuterOne() {
            ALL_SEEN.add(forAll.sandbox());
            assertThat(ALL_SEEN).hasSize(1);
        }
    }

    @Test
    void saysHowToRegisterItWhenItIsNot() {
        assertThatThrownBy(() -> new PostalSandboxExtension().sandbox()).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("@RegisterExtension");
    }
}
