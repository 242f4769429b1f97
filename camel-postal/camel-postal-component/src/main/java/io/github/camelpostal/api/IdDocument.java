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
import java.util.Set;

import com.fasterxml.jackson.core.JsonGenerator;

/**
 * What {@code messages/*} takes. The id is an integer: a string makes Postal answer 500 (contract 2.9).
 *
 * @param expansions null for the call that has none; else always an array, because without one Postal 3.3.1 and 3.3.2 crash
 */
record IdDocument(long id, Set<Expansion> expansions) implements RequestDocument {

    @Override
    public void writeTo(JsonGenerator json, ContentWriter content) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", id);
        if (expansions != null) {
            json.writeArrayFieldStart("_expansions");
            for (Expansion expansion : expansions) {
                json.writeString(expansion.postalName());
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }
}
