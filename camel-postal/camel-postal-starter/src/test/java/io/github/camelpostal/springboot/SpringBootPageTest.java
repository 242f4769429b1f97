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

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.github.camelpostal.PostalComponent;
import io.github.camelpostal.PostalConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The application.yml of spring-boot.md, and environment variables alone, set the component up as runtimes.md says. */
class SpringBootPageTest {

    @TempDir
    Path folder;

    @Test
    void theTestOfThePageIsOneOfThese() throws Exception {
        String java = Pattern.compile("(?ms)^```java\n(.*?)^}\n```$")
                .matcher(Files.readString(Path.of("../../src/docs/spring-boot.md"))).results().findFirst().orElseThrow()
                .group(1);

        assertThat(Files.readString(Path.of("src/test/java/io/github/camelpostal/springboot/TicketMailTest.java")))
                .contains(java);
    }

    @Test
    void applicationYmlWithTheKeyFromTheEnvironment() throws Exception {
        MatchResult yaml = Pattern.compile("(?ms)^```yaml\n(.*?)^```$")
                .matcher(Files.readString(Path.of("../../src/docs/spring-boot.md"))).results().findFirst().orElseThrow();
        Files.writeString(folder.resolve("application.yml"), yaml.group(1));

        try (ConfigurableApplicationContext application = start(
                Map.of("POSTAL_API_KEY", "key", "POSTAL_WEBHOOK_PASSWORD", "secret"))) {
            PostalConfiguration postal = postal(application);

            assertThat(postal.getServerUrl()).isEqualTo("https://postal.example.com");
            assertThat(postal.getApiKey()).isEqualTo("key");
            assertThat(postal.getWebhookPassword()).isEqualTo("secret");
            assertThat(postal.getProcessingTimeout()).isEqualTo(4_000);
            assertThat(postal.getIdempotentRepository()).isSameAs(application.getBean("processedMail"));
        }
    }

    @Test
    void theEnvironmentAlone() {
        try (ConfigurableApplicationContext application = start(Map.of("CAMEL_COMPONENT_POSTAL_SERVERURL",
                "https://postal.example.com", "CAMEL_COMPONENT_POSTAL_APIKEY", "key"))) {
            assertThat(postal(application).getServerUrl()).isEqualTo("https://postal.example.com");
            assertThat(postal(application).getApiKey()).isEqualTo("key");
        }
    }

    private ConfigurableApplicationContext start(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        return new SpringApplicationBuilder(BootApp.Application.class).web(WebApplicationType.NONE).environment(environment)
                .initializers(context -> ((GenericApplicationContext) context).registerBean("processedMail",
                        IdempotentRepository.class, () -> MemoryIdempotentRepository.memoryIdempotentRepository(10)))
                .properties("spring.main.banner-mode=off", "spring.config.location=" + folder.toUri()).run();
    }

    private static PostalConfiguration postal(ConfigurableApplicationContext application) {
        return application.getBean(CamelContext.class).getComponent("postal", PostalComponent.class).getConfiguration();
    }
}
