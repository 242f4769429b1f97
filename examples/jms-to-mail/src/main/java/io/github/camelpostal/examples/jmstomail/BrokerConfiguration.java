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
package io.github.camelpostal.examples.jmstomail;

import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.BindToRegistry;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.PropertyInject;
import org.apache.camel.component.jms.JmsComponent;
import org.springframework.jms.connection.CachingConnectionFactory;
import org.springframework.jms.connection.JmsTransactionManager;

/**
 * How the routes reach the broker.
 *
 * <p>One transaction manager for all of them: a message that a route takes from one queue and puts into another leaves the first
 * exactly when it is in the second.
 */
public class BrokerConfiguration implements CamelConfiguration {

    @BindToRegistry(value = "jms", lazy = true)
    public JmsComponent jms(CamelContext context, @PropertyInject("jms-to-mail.broker") String url) {
        CachingConnectionFactory connections = new CachingConnectionFactory(new ActiveMQConnectionFactory(url));
        connections.setReconnectOnException(true);
        // a cached consumer would hold messages back while the route is paused
        connections.setCacheConsumers(false);
        JmsComponent jms = JmsComponent.jmsComponentTransacted(connections, new JmsTransactionManager(connections));
        jms.setCamelContext(context);
        // how soon the broker is missed, and found again
        jms.setRecoveryInterval(1000);
        jms.setReceiveTimeout(500);
        return jms;
    }
}
