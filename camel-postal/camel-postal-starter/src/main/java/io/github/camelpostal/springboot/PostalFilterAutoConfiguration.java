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

import jakarta.servlet.Filter;

import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** Puts the {@link PostalFilter} in front of everything else in a servlet application. */
@AutoConfiguration
@ConditionalOnClass(Filter.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public class PostalFilterAutoConfiguration {

    @Bean
    PostalFilter postalFilter() {
        return new PostalFilter();
    }

    /**
     * First of all, because what comes later may read a form as text, ask for a login or a CSRF token, or otherwise refuse
     * with a status that makes Postal bounce the mail.
     */
    @Bean
    FilterRegistrationBean<PostalFilter> postalFilterRegistration(PostalFilter postalFilter) {
        FilterRegistrationBean<PostalFilter> registration = new FilterRegistrationBean<>(postalFilter);
        registration.setAsyncSupported(true);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Bean
    CamelContextConfiguration postalFilterStart(PostalFilter postalFilter) {
        return new CamelContextConfiguration() {
            @Override
            public void beforeApplicationStart(CamelContext camelContext) {
                postalFilter.serve(camelContext);
            }

            @Override
            public void afterApplicationStart(CamelContext camelContext) {
                // the filter sees by itself when the context has started
            }
        };
    }
}
