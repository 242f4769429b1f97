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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Writes the class of the starter's properties from the component's catalog, so that no option is forgotten. The build runs this
 * file as it is: {@code java PropertiesClass.java postal.json PostalComponentConfiguration.java}.
 */
final class PropertiesClass {

    private static final Map<String, String> BOXED = Map.of("int", "Integer", "long", "Long", "boolean", "Boolean");
    private static final Pattern TYPE = Pattern.compile("[a-z][\\w.]*\\.([A-Z]\\w*)");
    private static final String JAVADOC = "     *";
    private static final int WIDTH = 120;

    private final Set<String> imports = new TreeSet<>(Set.of(
            "org.apache.camel.spring.boot.ComponentConfigurationPropertiesCommon",
            "org.springframework.boot.context.properties.ConfigurationProperties"));
    private final StringBuilder fields = new StringBuilder();
    private final StringBuilder accessors = new StringBuilder();

    public static void main(String[] args) throws IOException {
        JsonNode catalog = new ObjectMapper().readTree(Path.of(args[0]).toFile());
        PropertiesClass properties = new PropertiesClass();
        catalog.path("componentProperties").properties()
                .forEach(option -> properties.add(option.getKey(), option.getValue()));
        Path target = Path.of(args[1]);
        String source = properties.source();
        if (!Files.exists(target) || !Files.readString(target).equals(source)) {
            Files.createDirectories(target.getParent());
            Files.writeString(target, source);
        }
    }

    private void add(String name, JsonNode option) {
        String type = type(option);
        String capital = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        fields.append("""

                    /**
                %s
                     */
                    private %s %s%s;
                """.formatted(String.join("\n", javadoc(option.path("description").asText())), type, name,
                initial(option, type)));
        accessors.append("""

                    public %1$s get%2$s() {
                        return %3$s;
                    }

                    public void set%2$s(%1$s %3$s) {
                        this.%3$s = %3$s;
                    }
                """.formatted(type, capital, name));
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

    /** In a unit that an editor shows as a small number. */
    private static String duration(long millis) {
        Map<String, Long> units = new LinkedHashMap<>();
        units.put("ofDays", 86_400_000L);
        units.put("ofHours", 3_600_000L);
        units.put("ofMinutes", 60_000L);
        units.put("ofSeconds", 1000L);
        return units.entrySet().stream().filter(unit -> millis % unit.getValue() == 0).findFirst()
                .map(unit -> "Duration." + unit.getKey() + "(" + millis / unit.getValue() + ")")
                .orElse("Duration.ofMillis(" + millis + ")");
    }

    /** An editor shows the text as it is here, so that it has to do without HTML. */
    private static List<String> javadoc(String text) {
        if (text.matches("(?s).*([<>&]|\\*/|(^|\\s)@).*")) {
            throw new IllegalArgumentException("A description that javadoc and editors would show in different ways: " + text);
        }
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(JAVADOC);
        for (String word : text.split(" ")) {
            if (line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder(JAVADOC);
            }
            line.append(' ').append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private String source() {
        StringBuilder source = new StringBuilder("""
                /* Generated from the component's catalog by src/build/PropertiesClass.java at each build: do not edit. */
                package io.github.camelpostal.springboot;

                """);
        imports.stream().filter(name -> name.startsWith("java.")).forEach(name -> source.append(imported(name)));
        source.append('\n');
        imports.stream().filter(name -> !name.startsWith("java.")).forEach(name -> source.append(imported(name)));
        return source.append("""

                /**
                 * The options of the component in {@code application.yml}: names, types and defaults. What they mean is the
                 * component's to know.
                 */
                @ConfigurationProperties(prefix = "camel.component.postal")
                public class PostalComponentConfiguration extends ComponentConfigurationPropertiesCommon {
                """).append(fields).append(accessors).append("}\n").toString();
    }

    private static String imported(String name) {
        return "import " + name + ";\n";
    }
}
