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
 * How Postal reads and writes: mail (MIME) in and out, JSON with its escapes, base64 lines, times.
 *
 * <p>The bottom of the sandbox: no state, no network, and no knowledge of what the texts are for. Every room may use it.
 */
@NullMarked
package io.github.camelpostal.sandbox.internal.format;

import org.jspecify.annotations.NullMarked;
