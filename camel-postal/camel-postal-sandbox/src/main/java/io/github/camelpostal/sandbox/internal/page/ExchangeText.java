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
package io.github.camelpostal.sandbox.internal.page;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import org.jspecify.annotations.Nullable;

/** A request to a receiver as text for people: readable, not endless, and without what must stay secret. */
final class ExchangeText {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Separators SEPARATORS = Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Separators.Spacing.AFTER);
    private static final Set<String> SECRET = Set.of("authorization", "proxy-authorization", "cookie", "x-server-api-key");
    /** Also as JSON may write it, with escaped slashes. */
    private static final Pattern CREDENTIALS = Pattern.compile("(?i)(https?:\\\\?/\\\\?/)[^\\s/?#\"'<>@]*@");
    private static final int LONGEST_TEXT = 1_000;
    private static final int LONGEST_BODY = 32_000;

    private ExchangeText() {
    }

    static String url(URI url) {
        return withoutCredentials(url.toString());
    }

    /** Postal writes its endpoints' URLs into details as they are, user and password included. */
    static String withoutCredentials(String text) {
        return CREDENTIALS.matcher(text).replaceAll("$1");
    }

    /** The same of what may be missing; null for null. */
    static @Nullable String withoutCredentialsOrNone(@Nullable String text) {
        return text == null ? null : withoutCredentials(text);
    }

    /** In the order of the wire; what proves who we are is not shown. */
    static List<MailContent.Line> headers(Map<String, String> headers) {
        List<MailContent.Line> lines = new ArrayList<>();
        headers.forEach((name, value) -> lines.add(new MailContent.Line(name,
                SECRET.contains(name.toLowerCase(Locale.ROOT))
                        ? value.replaceFirst(" .*|^[^ ]*$", " (not shown)").strip()
                        : value)));
        return lines;
    }

    /** JSON indented, a form one field a line; long texts are cut, and say so. */
    static String body(byte[] body, @Nullable String contentType) {
        String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
        String text = new String(body, StandardCharsets.UTF_8);
        if (type.startsWith("application/x-www-form-urlencoded")) {
            return cut(form(text), LONGEST_BODY);
        }
        return cut(json(body, text), LONGEST_BODY);
    }

    static String response(String response) {
        return cut(response, LONGEST_BODY);
    }

    /** Token by token, so that numbers stay as written and repeated names stay repeated. */
    private static String json(byte[] body, String text) {
        StringWriter pretty = new StringWriter();
        try (JsonParser parser = JSON.createParser(body); JsonGenerator out = JSON.createGenerator(pretty)) {
            out.setPrettyPrinter(new DefaultPrettyPrinter(SEPARATORS));
            while (parser.nextToken() != null) {
                switch (parser.currentToken()) {
                    case VALUE_STRING -> out.writeString(cut(parser.getText(), LONGEST_TEXT));
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.writeNumber(parser.getText());
                    default -> out.copyCurrentEvent(parser);
                }
            }
        } catch (IOException e) {
            return text; // no JSON
        }
        return pretty.toString();
    }

    private static String form(String text) {
        try {
            return Arrays.stream(text.split("&"))
                    .map(pair -> cut(URLDecoder.decode(pair.replaceFirst("=", " = "), StandardCharsets.UTF_8), LONGEST_TEXT))
                    .collect(Collectors.joining("\n"));
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** Credentials go first: of a cut URL they would no longer be recognised. */
    private static String cut(String whole, int longest) {
        String text = withoutCredentials(whole);
        return text.length() <= longest
                ? text
                : text.substring(0, longest) + " … (" + String.format(Locale.ROOT, "%,d", text.length()) + " characters)";
    }
}
