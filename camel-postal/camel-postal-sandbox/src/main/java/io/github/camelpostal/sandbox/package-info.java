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
/**
 * A Postal mail server in this JVM, for tests and for trying things out:
 * {@link io.github.camelpostal.sandbox.PostalSandbox} is the door, {@link io.github.camelpostal.sandbox.PostalSandboxExtension}
 * the same for JUnit 5.
 *
 * <p>Only this package is for users. The rooms behind it ({@code api}, {@code delivery}, {@code outbound}, {@code store},
 * {@code format}) may change at any time. Nothing is shared with the component, so that a mistake in one cannot hide in the
 * other.
 */
package io.github.camelpostal.sandbox;
