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
package io.github.camelpostal.sandbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A posted body in its smallest pieces, to be compared with a recorded one: the fields of a form as they stand on the wire, or
 * the text of the JSON. What must differ from run to run (ids, tokens, times, sizes, the line that Postal puts before the mail)
 * is matched by rule.
 */
final class PostedForm {
    private static final Pattern JSON_FIELD = Pattern
            .compile("\"(id|token|timestamp|size|message)\":(\"(?:[^\"\\\\]|\\\\.)*\"|[^,}]+)");
    private static final Pattern RECEIVED = Pattern.compile("Received: from [^\r]*\r\n");

    private final List<String> pieces;

    private PostedForm(List<String> pieces) {
        this.pieces = pieces;
    }

    static PostedForm of(String contentType, byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        return new PostedForm(contentType.equals("application/json") ? json(text) : form(text));
    }

    /** What is not the same, piece by piece and in order. */
    List<String> differences(PostedForm recorded) {
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < Math.max(pieces.size(), recorded.pieces.size()); i++) {
            String ours = i < pieces.size() ? pieces.get(i) : "nothing";
            String theirs = i < recorded.pieces.size() ? recorded.pieces.get(i) : "nothing";
            if (!ours.equals(theirs)) {
                differences.add(ours + "\n  instead of\n" + theirs);
            }
        }
        return differences;
    }

    private static List<String> form(String text) {
        List<String> pieces = new ArrayList<>();
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            pieces.add(equals < 0
                    ? pair
                    : pair.substring(0, equals + 1) + byRule(pair.substring(0, equals), pair.substring(equals + 1),
                            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8)));
        }
        return pieces;
    }

    /** The text around the values counts, because it is signed: order, escapes, spaces, number texts. */
    private static List<String> json(String text) {
        JsonNode json = Recording.parse(text);
        Matcher field = JSON_FIELD.matcher(text);
        StringBuilder same = new StringBuilder();
        List<String> seen = new ArrayList<>();
        while (field.find()) {
            String name = field.group(1);
            boolean first = !seen.contains(name);
            seen.add(name);
            field.appendReplacement(same, Matcher.quoteReplacement(first
                    ? '"' + name + "\":" + byRule(name, field.group(2), json.path(name).asText())
                    : field.group()));
        }
        boolean toReturnPath = json.path("bounce").asBoolean();
        String rest = field.appendTail(same).toString();
        return List.of(toReturnPath ? rest.replaceFirst("\"rcpt_to\":\"[^\"]+\"", "\"rcpt_to\":?") : rest);
    }

    private static String byRule(String name, String onTheWire, String value) {
        return switch (name) {
            case "id" -> onTheWire.matches("[0-9]+") ? "?" : onTheWire;
            case "token" -> value.matches("[A-Za-z0-9]{16}") ? "?" : onTheWire;
            case "timestamp" -> onTheWire.matches("[0-9]{10}\\.[0-9]{1,7}") ? "?" : onTheWire;
            case "size" -> onTheWire.replaceAll("[0-9]+", "?"); // with its quotes, or without
            case "rcpt_to" -> value.contains("@rp.") ? "?" : onTheWire;
            case "message" -> mail(onTheWire, value);
            default -> onTheWire;
        };
    }

    /** In lines of 60 characters, each ending in a newline, escaped in the way of the form. */
    private static String mail(String onTheWire, String base64) {
        boolean lines = base64.matches("([A-Za-z0-9+/=]{60}\n)*[A-Za-z0-9+/=]{1,60}\n");
        String newline = onTheWire.contains("%0A") ? "%0A" : onTheWire.contains("\\n") ? "\\n" : "none";
        String mail = new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.ISO_8859_1);
        return "lines " + lines + " newline " + newline + " mail "
                + RECEIVED.matcher(mail).replaceFirst("Received: ?\r\n");
    }
}
