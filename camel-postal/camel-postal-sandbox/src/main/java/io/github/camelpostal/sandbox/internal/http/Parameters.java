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
package io.github.camelpostal.sandbox.internal.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.ContentDisposition;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelpostal.sandbox.internal.format.PostalJson;
import org.jspecify.annotations.Nullable;

/**
 * Where Postal looks for a call's parameters (protocol 2.1): a JSON body if the content type begins with
 * {@code application/json}, else one form or query parameter called {@code params}. Anything else is no parameters, not an error.
 */
final class Parameters {
    private static final Pattern JSON_TYPE = Pattern.compile("(?i)^application/json(;|$)");

    private Parameters() {
    }

    /** The JSON body cannot be read: HTTP 400. */
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** A parameter is missing or of the wrong type, by the rules until 3.3.0: {@code parameter-error}. */
    static final class WrongParameterException extends Exception {
        private static final long serialVersionUID = 1L;

        WrongParameterException(String message) {
            super(message);
        }
    }

    /**
     * The rules until 3.3.0: a JSON body in any letter case of the type, an empty or broken one is malformed, the query counts
     * only without one, and what is no object crashes.
     *
     * @throws MalformedException when there is JSON that cannot be read, wherever it stands
     */
    static ObjectNode readByMoonrope(@Nullable String contentType, @Nullable String query, byte[] body)
            throws MalformedException {
        boolean inBody = contentType != null && JSON_TYPE.matcher(contentType).find();
        String params = inBody
                ? new String(body, StandardCharsets.UTF_8)
                : formFields(contentType, body).getOrDefault("params", fields(query).get("params"));
        if (params == null) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            JsonNode json = PostalJson.read(new ByteArrayInputStream(params.getBytes(StandardCharsets.UTF_8)));
            if (json.isMissingNode()) {
                throw new MalformedException();
            }
            if (json.isNull() || json.isBoolean() && !json.booleanValue()) {
                return JsonNodeFactory.instance.objectNode();
            }
            if (json instanceof ObjectNode object) {
                return object;
            }
            throw new CrashException("The parameters are no object");
        } catch (IOException e) {
            throw new MalformedException();
        }
    }

    /**
     * @param contentType as sent, or null
     * @param query       raw, or null
     * @throws MalformedException when the JSON body cannot be read
     * @throws CrashException     when {@code params} cannot be read or is no object
     */
    static ObjectNode read(@Nullable String contentType, @Nullable String query, byte[] body) throws MalformedException {
        if (contentType != null && contentType.startsWith("application/json")) {
            return withQuery(jsonBody(body), query);
        }
        String params = formFields(contentType, body).getOrDefault("params", fields(query).get("params"));
        return params == null || params.isBlank() ? JsonNodeFactory.instance.objectNode() : object(params);
    }

    private static ObjectNode jsonBody(byte[] body) throws MalformedException {
        if (body.length == 0) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            JsonNode json = PostalJson.read(new ByteArrayInputStream(body));
            return json instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
        } catch (IOException e) {
            throw new MalformedException();
        }
    }

    /** Query values come in as strings, and win (recorded in {@code json-body-and-query-string}). */
    private static ObjectNode withQuery(ObjectNode parameters, @Nullable String query) {
        fields(query).forEach(parameters::put);
        return parameters;
    }

    private static ObjectNode object(String params) {
        try {
            JsonNode json = PostalJson.read(new ByteArrayInputStream(params.getBytes(StandardCharsets.UTF_8)));
            if (json instanceof ObjectNode object) {
                return object;
            }
            throw new CrashException("params is no object");
        } catch (IOException e) {
            throw new CrashException("params is no JSON");
        }
    }

    private static Map<String, String> formFields(@Nullable String contentType, byte[] body) {
        if (contentType == null) {
            return Map.of();
        }
        String type = contentType.toLowerCase(Locale.ROOT);
        if (type.startsWith("application/x-www-form-urlencoded")) {
            return fields(new String(body, StandardCharsets.UTF_8));
        }
        return type.startsWith("multipart/form-data") ? multipart(contentType, body) : Map.of();
    }

    private static Map<String, String> fields(@Nullable String form) {
        Map<String, String> fields = new LinkedHashMap<>();
        if (form == null) {
            return fields;
        }
        for (String pair : form.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static Map<String, String> multipart(String contentType, byte[] body) {
        Map<String, String> fields = new LinkedHashMap<>();
        try {
            MimeMultipart parts = new MimeMultipart(new ByteArrayDataSource(body, contentType));
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart part = parts.getBodyPart(i);
                String name = new ContentDisposition(part.getHeader("Content-Disposition")[0]).getParameter("name");
                fields.put(name, new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            }
            return fields;
        } catch (MessagingException | IOException e) {
            throw new CrashException("The multipart form cannot be read");
        }
    }
}
