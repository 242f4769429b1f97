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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Writes the class of the starter's properties from the component's catalog, so that no option is forgotten. Run by the build, as
 * one source file: {@code java PropertiesClass.java postal.json PostalComponentConfiguration.java}.
 */
final class PropertiesClass {

    private static final Map<String, String> BOXED = Map.of("int", "Integer", "long", "Long", "boolean", "Boolean");
    private static final Pattern TYPE = Pattern.compile("[a-z][\\w.]*\\.([A-Z]\\w*)");
    private static final int WIDTH = 110;

    private final Set<String> imports = new TreeSet<>(Set.of("org.apache.camel.spring.boot.ComponentConfigurationPropertiesCommon",
            "org.springframework.boot.context.properties.ConfigurationProperties"));
    private final StringBuilder fields = new StringBuilder();
    private final StringBuilder accessors = new StringBuilder();

    public static void main(String[] args) throws IOException {
        JsonNode catalog = new ObjectMapper().readTree(Path.of(args[0]).toFile());
        PropertiesClass written = new PropertiesClass();
        catalog.path("componentProperties").fields()
                .forEachRemaining(option -> written.add(option.getKey(), option.getValue()));
        Path target = Path.of(args[1]);
        Files.createDirectories(target.getParent());
        Files.writeString(target, written.source());
    }

    private void add(String name, JsonNode option) {
        String type = type(option);
        String capital = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        fields.append("\n    /**\n").append(wrapped(option.path("description").asText())).append("     */\n    private ")
                .append(type).append(' ').append(name).append(initial(option, type)).append(";\n");
        accessors.append("\n    public ").append(type).append(" get").append(capital).append("() {\n        return ")
                .append(name).append(";\n    }\n\n    public void set").append(capital).append('(').append(type).append(' ')
                .append(name).append(") {\n        this.").append(name).append(" = ").append(name).append(";\n    }\n");
    }

    /** Simple names, and an import for each. */
    private String type(JsonNode option) {
        if (option.path("type").asText().equals("duration")) {
            imports.add(Duration.class.getName());
            return "Duration";
        }
        String javaType = option.path("javaType").asText();
        Matcher matcher = TYPE.matcher(javaType);
        while (matcher.find()) {
            if (!matcher.group().startsWith("java.lang.")) {
                imports.add(matcher.group());
            }
        }
        return BOXED.getOrDefault(javaType, TYPE.matcher(javaType).replaceAll("$1"));
    }

    private static String initial(JsonNode option, String type) {
        if (!option.has("defaultValue")) {
            return "";
        }
        String value = option.path("defaultValue").asText();
        return " = " + switch (type) {
            case "Duration" -> duration(Long.parseLong(value));
            case "String" -> '"' + value + '"';
            case "Long" -> value + "L";
            case "Integer", "Boolean" -> value;
            default -> type + "." + value.toUpperCase(Locale.ROOT); // an enum
        };
    }

    /** In the largest unit, which is what an editor shows. */
    private static String duration(long millis) {
        if (millis % 86_400_000 == 0) {
            return "Duration.ofDays(" + millis / 86_400_000 + ")";
        }
        return millis % 1000 == 0 ? "Duration.ofSeconds(" + millis / 1000 + ")" : "Duration.ofMillis(" + millis + ")";
    }

    private static String wrapped(String text) {
        StringBuilder lines = new StringBuilder();
        StringBuilder line = new StringBuilder("     *");
        for (String word : text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").split(" ")) {
            if (line.length() + word.length() > WIDTH) {
                lines.append(line).append('\n');
                line = new StringBuilder("     *");
            }
            line.append(' ').append(word);
        }
        return lines.append(line).append('\n').toString();
    }

    private String source() {
        StringBuilder source = new StringBuilder("/* Generated from the component's catalog by PropertiesClass: do not edit. */\n"
                + "package io.github.camelpostal.springboot;\n\n");
        imports.forEach(name -> source.append("import ").append(name).append(";\n"));
        return source.append("\n/** The options of the component in {@code application.yml}. */\n"
                + "@ConfigurationProperties(prefix = \"camel.component.postal\")\n"
                + "public class PostalComponentConfiguration extends ComponentConfigurationPropertiesCommon {\n")
                .append(fields).append(accessors).append("}\n").toString();
    }
}
