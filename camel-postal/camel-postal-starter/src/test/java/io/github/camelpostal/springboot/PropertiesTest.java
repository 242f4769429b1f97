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
package io.github.camelpostal.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelpostal.AcceptedKinds;
import io.github.camelpostal.PostalComponent;
import io.github.camelpostal.PostalConfiguration;
import io.github.camelpostal.PostalServer;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The options of the component are properties of {@code application.yml}, all of them and with the same defaults. */
class PropertiesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Class<?>> TYPES = Map.of("boolean", Boolean.class, "int", Integer.class, "long",
            Long.class);

    @Test
    void thereIsAPropertyForEveryOptionAndNoOther() throws Exception {
        Set<String> options = new TreeSet<>();
        options().fieldNames().forEachRemaining(options::add);

        Set<String> properties = Stream.of(Introspector.getBeanInfo(PostalComponentConfiguration.class,
                PostalComponentConfiguration.class.getSuperclass()).getPropertyDescriptors()).map(PropertyDescriptor::getName)
                .collect(Collectors.toSet());

        assertThat(properties).containsExactlyInAnyOrderElementsOf(options);
    }

    @Test
    void everyPropertyHasTypeAndDefaultOfItsOption() throws Exception {
        PostalComponentConfiguration fresh = new PostalComponentConfiguration();
        for (PropertyDescriptor property : Introspector
                .getBeanInfo(PostalComponentConfiguration.class, PostalComponentConfiguration.class.getSuperclass())
                .getPropertyDescriptors()) {
            JsonNode option = options().path(property.getName());
            assertThat(property.getPropertyType()).as(property.getName()).isEqualTo(typeOf(option));
            assertThat(text(property.getReadMethod().invoke(fresh))).as(property.getName())
                    .isEqualTo(option.has("defaultValue") ? option.path("defaultValue").asText() : null);
        }
    }

    @Test
    void editorsFindThemWithDescriptionAndDefault() throws Exception {
        JsonNode metadata = JSON.readTree(resource("/META-INF/spring-configuration-metadata.json"));

        Map<String, JsonNode> byName = StreamSupport.stream(metadata.path("properties").spliterator(), false)
                .collect(Collectors.toMap(property -> property.path("name").asText(), property -> property, (a, b) -> a));

        assertThat(byName.get("camel.component.postal.max-body-size").path("defaultValue").asLong()).isEqualTo(67108864);
        assertThat(byName.get("camel.component.postal.server-url").path("description").asText()).isNotBlank();
        options().fieldNames().forEachRemaining(option -> assertThat(byName)
                .containsKey("camel.component.postal." + kebab(option)));
    }

    /** Below the name of a server, an editor completes what the type of the map's values can be set to. */
    @Test
    void editorsCompleteBelowTheNameOfAServerWhatCanBeSetThere() throws Exception {
        JsonNode servers = StreamSupport
                .stream(JSON.readTree(resource("/META-INF/spring-configuration-metadata.json")).path("properties")
                        .spliterator(),
                        false)
                .filter(property -> property.path("name").asText().equals("camel.component.postal.servers")).findFirst()
                .orElseThrow();
        assertThat(servers.path("description").asText()).contains("apiKey", "serverUrl", "hostHeader");
        Matcher map = Pattern.compile("java\\.util\\.Map<java\\.lang\\.String,(.+)>").matcher(servers.path("type").asText());
        assertThat(map.matches()).isTrue();
        PropertyDescriptor[] completed = Introspector.getBeanInfo(Class.forName(map.group(1)), Object.class)
                .getPropertyDescriptors();
        assertThat(completed).extracting(PropertyDescriptor::getName).containsExactlyInAnyOrder("serverUrl", "apiKey",
                "hostHeader");

        String[] properties = Stream.of(completed).map(field -> "camel.component.postal.servers.billing."
                + kebab(field.getName()) + "=of-" + field.getName()).toArray(String[]::new);
        try (ConfigurableApplicationContext application = start(properties)) {
            PostalServer billing = application.getBean(CamelContext.class).getComponent("postal", PostalComponent.class)
                    .getServers().get("billing");
            for (PropertyDescriptor field : completed) {
                assertThat(field.getReadMethod().invoke(billing)).isEqualTo("of-" + field.getName());
            }
        }
    }

    @Test
    void whatApplicationYmlSaysReachesTheComponent() {
        try (ConfigurableApplicationContext application = start("camel.component.postal.server-url=https://postal.example.com",
                "camel.component.postal.api-key=key", "camel.component.postal.accept=mail",
                "camel.component.postal.processing-timeout=3s", "camel.component.postal.connect-timeout=1500",
                "camel.component.postal.max-body-size=5000", "camel.component.postal.deduplicate=false",
                "camel.component.postal.idempotent-repository=#bean:seen",
                "camel.component.postal.bridge-error-handler=true",
                "camel.component.postal.servers[tenant-2].api-key=other",
                "camel.component.postal.servers.billing.api-key=third")) {
            PostalComponent postal = application.getBean(CamelContext.class).getComponent("postal",
                    PostalComponent.class);
            PostalConfiguration configuration = postal.getConfiguration();

            assertThat(configuration.getServerUrl()).isEqualTo("https://postal.example.com");
            assertThat(configuration.getApiKey()).isEqualTo("key");
            assertThat(configuration.getAccept()).isEqualTo(AcceptedKinds.MAIL);
            assertThat(configuration.getProcessingTimeout()).isEqualTo(3_000);
            assertThat(configuration.getConnectTimeout()).isEqualTo(1_500);
            assertThat(configuration.getMaxBodySize()).isEqualTo(5_000);
            assertThat(configuration.isDeduplicate()).isFalse();
            assertThat(configuration.getIdempotentRepository()).isSameAs(application.getBean("seen"));
            assertThat(postal.isBridgeErrorHandler()).isTrue();
            assertThat(postal.getServers()).containsOnlyKeys("tenant-2", "billing");
            assertThat(postal.getServers().get("tenant-2").getApiKey()).isEqualTo("other");
        }
    }

    @Test
    void aBeanWithoutItsSignIsRefusedWithTheRightSpelling() {
        assertThatThrownBy(() -> start("camel.component.postal.idempotent-repository=seen")).rootCause()
                .hasMessageContaining("\"#seen\"");
    }

    @Test
    void whoOnlySendsNeedsNoWebServer() {
        try (ConfigurableApplicationContext application = start()) {
            assertThat(application.getBeanNamesForType(PostalFilter.class)).isEmpty();
        }
    }

    private static ConfigurableApplicationContext start(String... properties) {
        return new SpringApplicationBuilder(BootApp.Application.class).web(WebApplicationType.NONE)
                .initializers(context -> ((GenericApplicationContext) context).registerBean("seen", IdempotentRepository.class,
                        () -> MemoryIdempotentRepository.memoryIdempotentRepository(10)))
                .properties("spring.main.banner-mode=off").properties(properties)
                .run();
    }

    private static String kebab(String camelCase) {
        return camelCase.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static Class<?> typeOf(JsonNode option) throws ClassNotFoundException {
        if (option.path("type").asText().equals("duration")) {
            return Duration.class;
        }
        String name = option.path("javaType").asText().replaceFirst("<.*", "");
        return TYPES.containsKey(name) ? TYPES.get(name) : Class.forName(name);
    }

    private static String text(Object value) {
        if (value instanceof Duration duration) {
            return Long.toString(duration.toMillis());
        }
        return value instanceof Enum<?> word ? word.name().toLowerCase(Locale.ROOT) : value == null ? null : value.toString();
    }

    private static JsonNode options() throws Exception {
        return JSON.readTree(resource("/META-INF/io/github/camelpostal/postal.json")).path("componentProperties");
    }

    private static byte[] resource(String name) throws Exception {
        try (InputStream in = PropertiesTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }
}
