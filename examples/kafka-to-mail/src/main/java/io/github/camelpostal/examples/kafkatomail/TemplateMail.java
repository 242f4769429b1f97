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
package io.github.camelpostal.examples.kafkatomail;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import io.github.camelpostal.api.PostalMessage;
import org.apache.camel.Body;

/**
 * A JSON record put into the templates of {@code src/main/resources/templates} that have one name: {@code order} or {@code news}.
 *
 * <p>A field that a template asks for and the record does not have makes the record unreadable: no customer gets a mail with a
 * hole in it.
 */
final class TemplateMail {

    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {
    };
    private static final String RECIPIENT = "email";
    /** One record is one mail, so that it has one outcome, too. Whether the address is a good one, the component knows. */
    private static final Pattern ONE_ADDRESS = Pattern.compile("[^\\s,;<>\"]+@[^\\s,;<>\"]+");

    private final ObjectMapper json = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private final Template subject;
    private final Template text;
    private final Template html;

    TemplateMail(String name) {
        subject = plain(name + ".subject");
        text = plain(name + ".text");
        html = compiled(Mustache.compiler(), name + ".html");
    }

    /** @param record JSON in UTF-8; null for a record without a value */
    PostalMessage mail(@Body byte[] record) throws UnreadableRecordException {
        Map<String, Object> fields = fields(record);
        try {
            return PostalMessage.builder()
                    .to(recipient(fields))
                    .subject(subject.execute(fields).strip())
                    .plainBody(text.execute(fields))
                    .htmlBody(html.execute(fields))
                    .build();
        } catch (MustacheException.Context e) {
            throw new UnreadableRecordException("The template asks for \"" + e.key + "\", which the record does not have", e);
        } catch (MustacheException e) {
            throw new UnreadableRecordException("The record does not fit the template", e);
        }
    }

    private Map<String, Object> fields(byte[] record) throws UnreadableRecordException {
        if (record == null) {
            throw new UnreadableRecordException("The record has no value", null);
        }
        try {
            Map<String, Object> fields = json.readValue(record, FIELDS);
            if (fields == null) {
                throw new UnreadableRecordException("The record is null", null);
            }
            return fields;
        } catch (JsonProcessingException e) {
            throw new UnreadableRecordException("The record is no JSON object" + position(e), e);
        } catch (IOException e) {
            throw new UnreadableRecordException("The record is no JSON object", e);
        }
    }

    private static String recipient(Map<String, Object> fields) throws UnreadableRecordException {
        if (fields.get(RECIPIENT) instanceof String address && ONE_ADDRESS.matcher(address).matches()) {
            return address;
        }
        throw new UnreadableRecordException("\"" + RECIPIENT + "\" is not one address", null);
    }

    /** Where, but not what: Jackson's own text quotes the record. */
    private static String position(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : ": line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr();
    }

    private static Template plain(String name) {
        return compiled(Mustache.compiler().escapeHTML(false), name);
    }

    private static Template compiled(Mustache.Compiler compiler, String name) {
        InputStream template = TemplateMail.class.getResourceAsStream("/templates/" + name + ".mustache");
        try (Reader reader = new InputStreamReader(template, StandardCharsets.UTF_8)) {
            return compiler.compile(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("The template " + name + " cannot be read", e);
        }
    }
}
