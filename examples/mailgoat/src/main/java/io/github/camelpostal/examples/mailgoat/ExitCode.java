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
package io.github.camelpostal.examples.mailgoat;

/** What a script can rely on. The numbers never change their meaning. */
enum ExitCode {
    /** Done. */
    OK(0),
    /** Something that is none of the others. */
    OTHER(1),
    /** The command line is wrong. */
    USAGE(2),
    /** The configuration is missing or wrong. */
    CONFIG(3),
    /** This message, or this id, is refused; it has to change. */
    REJECTED(4),
    /** No message will pass until somebody acts. */
    ACCESS(5),
    /** Postal cannot be reached; nothing was sent. */
    UNAVAILABLE(6),
    /** Nobody knows whether it was sent. A repeat is safe if the command had a key. */
    UNCERTAIN(7);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
