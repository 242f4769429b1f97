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

import io.github.camelpostal.PostalComponent;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.apache.camel.spring.boot.ComponentConfigurationProperties;
import org.apache.camel.spring.boot.util.CamelPropertiesHelper;
import org.apache.camel.spring.boot.util.ConditionalOnCamelContextAndAutoConfigurationBeans;
import org.apache.camel.spring.boot.util.ConditionalOnHierarchicalProperties;
import org.apache.camel.spring.boot.util.HierarchicalPropertiesEvaluator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;

/** Gives the {@code postal} component what {@code camel.component.postal.*} says, when the component is first used. */
@AutoConfiguration(after = CamelAutoConfiguration.class)
@Conditional(ConditionalOnCamelContextAndAutoConfigurationBeans.class)
@ConditionalOnHierarchicalProperties({"camel.component", "camel.component.postal"})
@EnableConfigurationProperties({ComponentConfigurationProperties.class, PostalComponentConfiguration.class})
public class PostalComponentAutoConfiguration {

    @Lazy
    @Bean
    ComponentCustomizer configurePostalComponent(ApplicationContext application, CamelContext camelContext,
            PostalComponentConfiguration configuration) {
        return ComponentCustomizer.builder(PostalComponent.class)
                .withCondition((name, component) -> isWanted(application))
                .build(component -> CamelPropertiesHelper.copyProperties(camelContext, configuration, component));
    }

    private static boolean isWanted(ApplicationContext application) {
        return HierarchicalPropertiesEvaluator.evaluate(application, "camel.component.customizer",
                "camel.component.postal.customizer");
    }
}
