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

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Consumer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;

/** Tells results: as one JSON document to a script, else as text to a person, whose terminal a mail must not be able to control. */
record Output(Terminal terminal, boolean json) {

    private static final ObjectWriter JSON = new ObjectMapper().writerWithDefaultPrettyPrinter()
            .with(JsonWriteFeature.ESCAPE_NON_ASCII);

    /** @param text writes the lines for a person */
    void result(Object document, Consumer<Lines> text) {
        if (json) {
            terminal.out().println(written(document));
        } else {
            text.accept(new Lines(terminal.out()));
        }
        terminal.out().flush();
    }

    /** @param document the same for a script */
    void failure(String text, Map<String, Object> document) {
        if (json) {
            result(document, lines -> {
            });
        } else {
            hint(text);
        }
    }

    /** Something that a person should know and a script need not. */
    void hint(String text) {
        new Lines(terminal.err()).line(text);
        terminal.err().flush();
    }

    private static String written(Object document) {
        try {
            return JSON.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lines of text without what would move a cursor, ring a bell or rename a window. */
    record Lines(PrintWriter to) {

        void line(String text) {
            to.println(text.replaceAll("[\\p{Cc}&&[^\\n\\t]]", ""));
        }

        void field(String name, String value) {
            line(String.format("%-12s %s", name + ":", value));
        }
    }
}
