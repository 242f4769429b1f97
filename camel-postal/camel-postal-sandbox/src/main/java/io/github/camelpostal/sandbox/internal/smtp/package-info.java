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
 * Mail in over SMTP: what a client says, and what Postal's SMTP server replies (protocol 7).
 *
 * <p>SubEthaSMTP owns the connections: listening, threads, limits, time-outs, STARTTLS sockets, the end of it all. What is said
 * on them is not standard enough for a library's commands, each of which has replies, checks and capabilities of its own:
 * Postal takes any user name, ignores MAIL parameters, accepts bare LF in commands, refuses a sender only after the data, and
 * closes the connection where it crashes. So {@link io.github.camelpostal.sandbox.internal.smtp.SmtpServer} hooks in at the library's
 * {@code SessionHandler} and holds the conversation itself, line by line.
 *
 * <p>Knows no messages and no routes: {@link io.github.camelpostal.sandbox.internal.smtp.Postmaster} does.
 */
@NullMarked
package io.github.camelpostal.sandbox.internal.smtp;

import org.jspecify.annotations.NullMarked;
