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

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelpostal.sandbox.PostalSandbox;

/** A user at a command line: types commands, and sees what they print. */
final class Session {
    private final Path home;
    private final Map<String, String> environment = new HashMap<>();
    private byte[] standardInput = {};
    private boolean interactive;

    Session(Path home) {
        this.home = home;
    }

    /** With the environment variables of somebody who sends as shop@example.com through this Postal. */
    static Session with(PostalSandbox postal, Path home) {
        return new Session(home).with("MAILGOAT_SERVER", postal.url().toString()).with("MAILGOAT_API_KEY", postal.apiKey())
                .with("MAILGOAT_EMAIL", "shop@example.com");
    }

    /** What one command printed, and how it ended. */
    record Result(int exitCode, String out, String err) {
        JsonNode json() {
            try {
                return new ObjectMapper().readTree(out);
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    Path home() {
        return home;
    }

    Session with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Session piping(byte[] bytes) {
        standardInput = bytes;
        return this;
    }

    Session piping(String text) {
        return piping(text.getBytes(StandardCharsets.UTF_8));
    }

    Session atATerminal() {
        interactive = true;
        return this;
    }

    Result types(String... command) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = MailGoat.run(new Terminal(new ByteArrayInputStream(standardInput), new PrintWriter(out),
                new PrintWriter(err), environment, home, interactive), command);
        return new Result(exitCode, out.toString(), err.toString());
    }
}
