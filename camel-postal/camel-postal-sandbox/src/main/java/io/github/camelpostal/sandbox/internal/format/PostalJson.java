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
package io.github.camelpostal.sandbox.internal.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import org.jspecify.annotations.Nullable;

/**
 * JSON the way Postal writes and reads it: knows its escapes and its number texts, never what the JSON is about.
 *
 * <p>Signatures cover the exact bytes (protocol 6.1), so that a receiver which parses and writes again must be seen to fail:
 * {@code <}, {@code >}, {@code &}, U+2028 and U+2029 go out as {@code \\u003c} and so on, all other non-ASCII as UTF-8
 * (protocol 2.1).
 */
public final class PostalJson {
    /** Ruby's limit; one level more is a parse error (recorded as {@code json-deep-nesting}). */
    private static final int DEEPEST = 100;

    private static final ObjectMapper WRITER = new ObjectMapper(
            new JsonFactoryBuilder().characterEscapes(new Escapes()).build())
            .registerModule(new SimpleModule().addSerializer(Double.class, new PlainDouble()));

    private static final ObjectMapper READER = new ObjectMapper(
            JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private PostalJson() {
    }

    /** The bytes Postal would send for these maps, lists, strings, numbers, booleans and nulls. */
    public static byte[] write(Object value) {
        try {
            return WRITER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Only maps, lists and plain values can be written", e);
        }
    }

    /**
     * Reads strictly, as Ruby does: UTF-8 only, no byte order mark, no lone surrogate, at most 100 levels.
     *
     * @throws IOException when it is not such JSON
     */
    public static JsonNode read(InputStream json) throws IOException {
        Reader strict = new InputStreamReader(json, StandardCharsets.UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
        JsonNode node = READER.readTree(strict);
        refuseLoneSurrogates(node);
        return node;
    }

    private static void refuseLoneSurrogates(JsonNode node) throws IOException {
        if (node.isTextual() && hasLoneSurrogate(node.textValue())) {
            throw new IOException("A lone surrogate is no text");
        }
        for (JsonNode child : node) {
            refuseLoneSurrogates(child);
        }
    }

    private static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isHighSurrogate(text.charAt(i)) || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    /** Lower-case hexadecimal, which Jackson's own escapes are not. */
    private static final class Escapes extends CharacterEscapes {
        private static final long serialVersionUID = 1L;

        private final int[] ascii = CharacterEscapes.standardAsciiEscapesForJSON();

        Escapes() {
            for (int c = 0; c < ascii.length; c++) {
                if (ascii[c] == ESCAPE_STANDARD || c == '<' || c == '>' || c == '&') {
                    ascii[c] = ESCAPE_CUSTOM;
                }
            }
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return ascii.clone();
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int c) {
            boolean escaped = c < ascii.length || c == 0x2028 || c == 0x2029;
            return escaped ? new SerializedString(String.format("\\u%04x", c)) : null;
        }
    }

    /** Ruby's {@code 0.0} and {@code 1795196741.3768268}, never an exponent. */
    private static final class PlainDouble extends StdSerializer<Double> {
        private static final long serialVersionUID = 1L;

        PlainDouble() {
            super(Double.class);
        }

        @Override
        public void serialize(Double value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeNumber(PostalForm.number(value));
        }
    }
}
