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

import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts a {@link PostalSandbox} for JUnit 5 tests and closes it after them.
 *
 * <pre>{@code
 * @RegisterExtension
 * static PostalSandboxExtension postal = new PostalSandboxExtension();
 *
 * @Test
 * void sends() {
 *     ... postal.sandbox().url() ...
 * }
 * }</pre>
 *
 * <p>In a static field, or by {@code @ExtendWith} on the class: one sandbox for all tests of the class and its nested ones. In
 * an instance field, or by {@code @ExtendWith} on a method: a new one for each test. Test methods may take a
 * {@link PostalSandbox} as a parameter.
 */
public final class PostalSandboxExtension
        implements
            BeforeAllCallback,
            AfterAllCallback,
            BeforeEachCallback,
            AfterEachCallback,
            ParameterResolver {
    private final UnaryOperator<SandboxBuilder> configuration;
    private @Nullable PostalSandbox sandbox;
    private int openClasses;

    public PostalSandboxExtension() {
        this(builder -> builder);
    }

    /** With choices: {@code new PostalSandboxExtension(sandbox -> sandbox.domain("acme.example"))}. */
    public PostalSandboxExtension(UnaryOperator<SandboxBuilder> configuration) {
        this.configuration = configuration;
    }

    /**
     * The running sandbox.
     *
     * @throws IllegalStateException outside of a test
     */
    public PostalSandbox sandbox() {
        if (sandbox == null) {
            throw new IllegalStateException("The sandbox runs only while tests do: register this extension with "
                    + "@RegisterExtension or @ExtendWith, and ask from inside a test");
        }
        return sandbox;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (openClasses++ == 0) {
            open();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (openClasses == 0) {
            open();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (openClasses == 0) {
            close();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (--openClasses == 0) {
            close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == PostalSandbox.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return sandbox();
    }

    private void open() {
        sandbox = configuration.apply(PostalSandbox.builder()).start();
    }

    private void close() {
        if (sandbox != null) {
            sandbox.close();
            sandbox = null;
        }
    }
}
