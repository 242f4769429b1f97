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
package io.github.camelpostal.sandbox.internal.smtp;

import java.util.List;

/**
 * What the server says to one line.
 *
 * @param lines without line ends; none while a mail is coming in
 * @param then  what happens after they were sent
 */
record Reply(List<String> lines, Then then) {
    /** Says nothing. */
    static final Reply NONE = new Reply(List.of(), Then.GO_ON);

    enum Then {
        GO_ON, START_TLS, CLOSE
    }

    static Reply of(String... lines) {
        return new Reply(List.of(lines), Then.GO_ON);
    }

    Reply then(Then next) {
        return new Reply(lines, next);
    }
}
