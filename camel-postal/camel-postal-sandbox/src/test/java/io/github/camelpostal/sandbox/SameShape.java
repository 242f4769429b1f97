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

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Compares JSON with recorded JSON: the same members in the same order, the same types, the same nulls, and the same values
 * except for what must differ, which is matched by rule.
 */
final class SameShape {
    /** Numbers that differ from run to run: only their kind (whole or not) is compared. */
    private static final Pattern VARYING_NUMBERS = Pattern.compile(
            "time|timestamp|last_delivery_attempt|hold_expiry|dns_checked_at|id|bounce_for_id|volume|limit|spam_score");
    /** Texts that differ from run to run, and what they look like. */
    private static final Map<String, Pattern> VARYING_TEXTS = Map.of(
            "token", Pattern.compile("[A-Za-z0-9]{16}"),
            "log_id", Pattern.compile("[A-Z0-9]{8}"),
            "uuid", Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
            "size", Pattern.compile("[0-9]+"),
            "raw_message", Pattern.compile("([A-Za-z0-9+/=]{1,60}\n)+"),
            "dkim-signature",
            Pattern.compile("v=1; a=rsa-sha256; c=relaxed/relaxed;\td=rp\\.postal\\.example\\.com;\ts=postal; "
                    + "t=[0-9]{10};\tbh=[A-Za-z0-9+/]{43}=;\th=date:from:to:message-id:subject:mime-version:content-type:"
                    + "content-transfer-encoding;\tb=([A-Za-z0-9+/=]{1,72}\t)+[A-Za-z0-9+/=]{1,72}"),
            "message_id", Pattern.compile("[^<>\\s]+@[^<>\\s]+"),
            "timestamp", Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"));
    /** Postal's English is not part of the protocol: any text will do, but text it must be. */
    private static final Pattern WORDING = Pattern.compile(
            "details|message|.*_error|name|permalink|organization|ip_address|user_agent");

    private final List<String> differences = new ArrayList<>();
    private final Pattern anyValue;

    private SameShape(String alsoAnyValue) {
        this.anyValue = Pattern.compile(alsoAnyValue);
    }

    /** @param alsoAnyValue member names whose value is not compared in this case, as a pattern */
    static List<String> differences(JsonNode recorded, JsonNode actual, String alsoAnyValue) {
        SameShape comparison = new SameShape(alsoAnyValue);
        comparison.compare("", "", recorded, actual);
        return comparison.differences;
    }

    private void compare(String path, String name, JsonNode recorded, JsonNode actual) {
        if (recorded.getNodeType() != actual.getNodeType()) {
            differ(path, recorded, actual);
        } else if (recorded.isObject()) {
            compareMembers(path, recorded, actual);
        } else if (recorded.isArray()) {
            compareElements(path, name, recorded, actual);
        } else if (recorded.isNumber()) {
            boolean sameKind = recorded.isIntegralNumber() == actual.isIntegralNumber();
            if (!sameKind || !VARYING_NUMBERS.matcher(name).matches()
                    && !anyValue.matcher(name).matches() && !recorded.equals(actual)) {
                differ(path, recorded, actual);
            }
        } else if (recorded.isTextual()) {
            compareTexts(path, name, recorded, actual);
        } else if (!recorded.equals(actual)) {
            differ(path, recorded, actual);
        }
    }

    private void compareMembers(String path, JsonNode recorded, JsonNode actual) {
        List<String> expectedNames = names(recorded);
        if (!expectedNames.equals(names(actual))) {
            differences.add(path + ": members " + names(actual) + " instead of " + expectedNames);
            return;
        }
        expectedNames.forEach(name -> compare(path + "/" + name, name, recorded.get(name), actual.get(name)));
    }

    private void compareElements(String path, String name, JsonNode recorded, JsonNode actual) {
        if (recorded.size() != actual.size()) {
            differences.add(path + ": " + actual.size() + " elements instead of " + recorded.size());
            return;
        }
        for (int i = 0; i < recorded.size(); i++) {
            compare(path + "/" + i, name, recorded.get(i), actual.get(i));
        }
    }

    private void compareTexts(String path, String name, JsonNode recorded, JsonNode actual) {
        Pattern varying = VARYING_TEXTS.get(name);
        boolean same = varying != null && varying.matcher(recorded.textValue()).matches()
                ? varying.matcher(actual.textValue()).matches()
                : recorded.equals(actual) || !recorded.textValue().isEmpty() && !actual.textValue().isEmpty()
                        && (WORDING.matcher(name).matches() || anyValue.matcher(name).matches());
        if (!same) {
            differ(path, recorded, actual);
        }
    }

    private void differ(String path, JsonNode recorded, JsonNode actual) {
        differences.add(path + ": " + actual + " instead of " + recorded);
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        for (Iterator<String> all = object.fieldNames(); all.hasNext();) {
            names.add(all.next());
        }
        return names;
    }
}
