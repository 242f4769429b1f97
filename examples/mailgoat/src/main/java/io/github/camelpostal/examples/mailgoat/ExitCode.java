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

import java.util.stream.Stream;

import io.github.camelpostal.api.PostalAccessException;
import io.github.camelpostal.api.PostalRejectedException;
import io.github.camelpostal.api.PostalUnavailableException;
import io.github.camelpostal.api.PostalUncertainException;
import picocli.CommandLine.ParameterException;

/** What a script can rely on. The numbers never change their meaning. */
enum ExitCode {
    /** Done. */
    OK(0, null),
    /** The command line is wrong. */
    USAGE(2, ParameterException.class),
    /** The configuration is missing or wrong. */
    CONFIG(3, ConfigException.class),
    /** This message, or this id, is refused; it has to change. */
    REJECTED(4, PostalRejectedException.class),
    /** No message will pass until somebody acts. */
    ACCESS(5, PostalAccessException.class),
    /** Postal cannot be reached; nothing was sent. */
    UNAVAILABLE(6, PostalUnavailableException.class),
    /** Nobody knows whether it was sent. A repeat is safe if the command had a key. */
    UNCERTAIN(7, PostalUncertainException.class),
    /** Something that is none of the others. */
    OTHER(1, Exception.class);

    private final int number;
    private final Class<? extends Exception> failure;

    ExitCode(int number, Class<? extends Exception> failure) {
        this.number = number;
        this.failure = failure;
    }

    static ExitCode of(Exception failure) {
        return Stream.of(values()).filter(code -> code.failure != null && code.failure.isInstance(failure)).findFirst()
                .orElse(OTHER);
    }

    int number() {
        return number;
    }
}
