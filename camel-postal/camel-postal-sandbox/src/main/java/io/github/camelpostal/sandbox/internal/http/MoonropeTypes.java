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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Which type each parameter must have until 3.3.0, and what is said when it has another (protocol 11). */
final class MoonropeTypes {
    private static final Map<String, Map<String, Type>> CALLS = Map.of(
            "send/message", types("to Array, cc Array, bcc Array, from String, sender String, subject String, tag String, "
                    + "reply_to String, plain_body String, html_body String, attachments Array, headers Hash, bounce boolean"),
            "send/raw", types("mail_from String!, rcpt_to Array!, data String!, bounce boolean"),
            "messages/message", types("id Integer!"),
            "messages/deliveries", types("id Integer!"));
    private static final List<String> TRUE = List.of("true", "1");
    private static final List<String> FALSE = List.of("false", "0");

    private record Type(String name, boolean required) {
    }

    private MoonropeTypes() {
    }

    /** Goes through them in this order; an empty string counts as absent, and what stands for a boolean becomes one. */
    static void check(String call, ObjectNode parameters) throws Parameters.WrongParameterException {
        for (Map.Entry<String, Type> parameter : CALLS.getOrDefault(call, Map.of()).entrySet()) {
            check(parameter.getKey(), parameter.getValue(), parameters);
        }
    }

    private static void check(String name, Type type, ObjectNode parameters) throws Parameters.WrongParameterException {
        JsonNode value = parameters.path(name);
        if (value.isMissingNode() || value.isNull() || value.isTextual() && value.textValue().isEmpty()) {
            parameters.remove(name);
            if (type.required()) {
                throw new Parameters.WrongParameterException("`" + name + "` parameter is required but is missing");
            }
        } else if (value.isBoolean() && !value.booleanValue()) {
            return; // false is never looked at
        } else if (type.name().equals("boolean")) {
            parameters.set(name, bool(name, value));
        } else if (!type.name().equals(rubyClass(value))) {
            throw new Parameters.WrongParameterException(
                    "`" + name + "` should be a `" + type.name() + "` but is a `" + rubyClass(value) + "`");
        }
    }

    private static BooleanNode bool(String name, JsonNode value) throws Parameters.WrongParameterException {
        String text = value.isContainerNode() ? "" : value.asText();
        if (!TRUE.contains(text) && !FALSE.contains(text)) {
            throw new Parameters.WrongParameterException("`" + name + "` should be a boolean value");
        }
        return BooleanNode.valueOf(TRUE.contains(text));
    }

    private static String rubyClass(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "String";
            case NUMBER -> value.isIntegralNumber() ? "Integer" : "Float";
            case ARRAY -> "Array";
            case OBJECT -> "Hash";
            case BOOLEAN -> "TrueClass";
            default -> "NilClass";
        };
    }

    /** {@code name Type} with {@code !} when it is required. */
    private static Map<String, Type> types(String list) {
        Map<String, Type> types = new LinkedHashMap<>();
        for (String one : list.split(", ")) {
            String[] words = one.split(" ");
            types.put(words[0], new Type(words[1].replace("!", ""), words[1].endsWith("!")));
        }
        return types;
    }
}
