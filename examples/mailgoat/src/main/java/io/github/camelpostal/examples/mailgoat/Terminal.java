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

import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * The world around one command, so that a test can be another one.
 *
 * @param in          what is piped in
 * @param out         results, and nothing else
 * @param err         everything that is said to a person on the way
 * @param environment environment variables
 * @param home        the user's home folder
 * @param interactive whether a person sits in front of it: only then is progress shown
 */
public record Terminal(InputStream in, PrintWriter out, PrintWriter err, Map<String, String> environment, Path home,
        boolean interactive) {

    static Terminal ofThisProcess() {
        Charset charset = Charset.forName(System.getProperty("stdout.encoding", StandardCharsets.UTF_8.name()));
        return new Terminal(System.in, new PrintWriter(System.out, true, charset), new PrintWriter(System.err, true, charset),
                System.getenv(), Path.of(System.getProperty("user.home")), System.console() != null);
    }
}
