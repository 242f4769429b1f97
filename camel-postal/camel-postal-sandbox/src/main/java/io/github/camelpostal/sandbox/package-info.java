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
 * A Postal mail server in this JVM, for tests and for trying things out: {@link io.github.camelpostal.sandbox.PostalSandbox}
 * starts it, {@link io.github.camelpostal.sandbox.PostalSandboxExtension} does so for JUnit 5.
 *
 * <p>Only this package is for users; everything below {@code internal} may change at any time. Nothing is shared with the
 * component, so that a mistake in one cannot hide in the other. Parameters and results are not null unless they are marked
 * {@link org.jspecify.annotations.Nullable}.
 */
@NullMarked
package io.github.camelpostal.sandbox;

import org.jspecify.annotations.NullMarked;
