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

import java.util.HashMap;
import java.util.Map;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.QueueConnection;
import jakarta.jms.QueueRequestor;
import jakarta.jms.QueueSession;
import jakarta.jms.Session;

import org.apache.activemq.artemis.api.core.management.ResourceNames;
import org.apache.activemq.artemis.api.jms.ActiveMQJMSClient;
import org.apache.activemq.artemis.api.jms.management.JMSManagementHelper;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** The queues of a trial, from outside: fills them, counts what is in them and empties them. */
final class Queues implements AutoCloseable {

    /** The property that says which order a message is about, whether it can be read or not. */
    private static final String ID = "id";

    private final ActiveMQConnectionFactory factory;
    private final QueueConnection connection;

    Queues(String url) throws JMSException {
        factory = new ActiveMQConnectionFactory(url);
        connection = factory.createQueueConnection();
        connection.start();
    }

    /** @param texts by id */
    void put(String queue, Map<String, String> texts) throws JMSException {
        try (Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
                MessageProducer producer = session.createProducer(session.createQueue(queue))) {
            for (Map.Entry<String, String> text : texts.entrySet()) {
                Message message = session.createTextMessage(text.getValue());
                message.setStringProperty(ID, text.getKey());
                producer.send(message);
            }
            session.commit();
        }
    }

    /** With those that wait for their time, and those that a consumer has not committed. */
    long count(String queue) throws Exception {
        QueueSession session = connection.createQueueSession(false, Session.AUTO_ACKNOWLEDGE);
        Queue management = ActiveMQJMSClient.createQueue("activemq.management");
        QueueRequestor requestor = new QueueRequestor(session, management);
        try {
            Message question = session.createMessage();
            JMSManagementHelper.putAttribute(question, ResourceNames.QUEUE + queue, "messageCount");
            return ((Number) JMSManagementHelper.getResult(requestor.request(question), Number.class)).longValue();
        } finally {
            requestor.close(); // and the session
        }
    }

    /** Takes everything out of a queue: how often each id was in it. */
    Map<String, Integer> drain(String queue) throws JMSException {
        Map<String, Integer> ids = new HashMap<>();
        try (Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
                MessageConsumer consumer = session.createConsumer(session.createQueue(queue))) {
            for (Message message = consumer.receive(1000); message != null; message = consumer.receive(1000)) {
                ids.merge(message.getStringProperty(ID), 1, Integer::sum);
            }
        }
        return ids;
    }

    @Override
    public void close() throws JMSException {
        connection.close();
        factory.close();
    }
}
