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
package io.github.camelpostal;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeSet;

import org.apache.camel.spi.annotations.DevConsole;
import org.apache.camel.support.console.AbstractDevConsole;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;

/**
 * Camel's developer console {@code postal}: the mail servers that an application uses, what its producers and consumers have
 * done, its ledgers and suppression lists. It shows ids, numbers and times, never an address, a key or a mail.
 *
 * <pre>{@code
 * camel.main.dev-console-enabled = true
 * }</pre>
 */
@DevConsole(name = "postal", displayName = "Postal", description = "Mail servers, webhooks, sending once and suppression")
public class PostalDevConsole extends AbstractDevConsole {

    public PostalDevConsole() {
        super("camel", "postal", "Postal", "Mail servers, webhooks, sending once and suppression");
    }

    @Override
    protected Map<String, Object> doCallJson(Map<String, Object> options) {
        JsonArray components = new JsonArray();
        for (String name : new TreeSet<>(getCamelContext().getComponentNames())) {
            if (getCamelContext().hasComponent(name) instanceof PostalComponent component) {
                components.add(new ComponentReport(component).as(name));
            }
        }
        JsonObject root = new JsonObject();
        root.put("components", components);
        return root;
    }

    @Override
    protected String doCallText(Map<String, Object> options) {
        StringBuilder text = new StringBuilder();
        write(doCallJson(options), 0, text);
        return text.toString();
    }

    /** The same tree as in JSON, so that neither form can show what the other one hides. */
    private static void write(Map<String, Object> fields, int depth, StringBuilder text) {
        int width = fields.keySet().stream().map(String::length).max(Comparator.naturalOrder()).orElse(0);
        fields.forEach((name, value) -> {
            if (value instanceof Map<?, ?>
                    || value instanceof JsonArray array && array.stream().allMatch(Map.class::isInstance)) {
                indent(depth, text).append(name).append(":\n");
                writeNested(value, depth + 1, text);
            } else {
                indent(depth, text).append(String.format("%-" + (width + 1) + "s ", name + ":")).append(value).append('\n');
            }
        });
    }

    @SuppressWarnings("unchecked")
    private static void writeNested(Object value, int depth, StringBuilder text) {
        if (value instanceof JsonArray array) {
            for (Object element : array) {
                indent(depth, text).append("-\n");
                writeNested(element, depth + 1, text);
            }
        } else {
            write((Map<String, Object>) value, depth, text);
        }
    }

    private static StringBuilder indent(int depth, StringBuilder text) {
        return text.append("    ".repeat(depth));
    }
}
