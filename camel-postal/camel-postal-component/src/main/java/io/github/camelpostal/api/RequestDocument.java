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
package io.github.camelpostal.api;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonGenerator;

/**
 * The JSON object of one call. It is written twice, once to learn its length and once to the wire, and both times alike.
 */
interface RequestDocument {

    /**
     * @param json    where everything but content goes
     * @param content where content goes, as a JSON string in base64, in the place of a value
     */
    void writeTo(JsonGenerator json, ContentWriter content) throws IOException;

    /** Takes content; decides whether it is read. */
    @FunctionalInterface
    interface ContentWriter {

        void write(MailContent content) throws IOException;
    }
}
