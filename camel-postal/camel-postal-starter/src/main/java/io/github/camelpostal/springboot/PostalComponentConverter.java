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

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.camelpostal.PostalConfiguration;
import io.github.camelpostal.ledger.PostalSendLedger;
import io.github.camelpostal.suppression.PostalSuppressionList;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.GenericConverter;
import org.springframework.stereotype.Component;

/** Finds the bean that a property means with {@code "#name"} or {@code "#bean:name"}. */
@Component
@ConfigurationPropertiesBinding
public class PostalComponentConverter implements GenericConverter {

    private static final String BEAN = "#bean:";

    private final BeanFactory beans;

    PostalComponentConverter(BeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public Set<ConvertiblePair> getConvertibleTypes() {
        return Stream.of(PostalConfiguration.class, IdempotentRepository.class, SSLContextParameters.class,
                HttpClientConfigurer.class, PostalSendLedger.class, PostalSuppressionList.class)
                .map(type -> new ConvertiblePair(String.class, type)).collect(Collectors.toSet());
    }

    /**
     * @throws IllegalArgumentException if the value names no bean
     */
    @Override
    public Object convert(Object source, TypeDescriptor sourceType, TypeDescriptor targetType) {
        String reference = (String) source;
        if (!reference.startsWith("#")) {
            throw new IllegalArgumentException("Write the name of a bean of type " + targetType.getType().getName()
                    + " with a # in front, for example \"#" + reference + "\"");
        }
        String name = reference.startsWith(BEAN) ? reference.substring(BEAN.length()) : reference.substring(1);
        return beans.getBean(name, targetType.getType());
    }
}
