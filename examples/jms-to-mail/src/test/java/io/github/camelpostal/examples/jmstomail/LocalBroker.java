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

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/**
 * A real ActiveMQ Artemis in this JVM, on loopback. What is in its queues is on disk and outlives a restart.
 *
 * <p>The settings of its addresses are what a production broker needs, too: a delay before a redelivery that grows, and no limit
 * of attempts, because the route itself decides when a message is a dead letter, and says why.
 */
final class LocalBroker implements AutoCloseable {

    private static final AtomicInteger NEXT_PORT = new AtomicInteger(
            ThreadLocalRandom.current().nextInt(27_500, 27_900));
    private static final long FIRST_REDELIVERY_MILLIS = 500;
    private static final long LONGEST_REDELIVERY_MILLIS = 60_000;

    private final EmbeddedActiveMQ server = new EmbeddedActiveMQ();
    private final int port;

    private LocalBroker(int port, Configuration configuration) {
        this.port = port;
        server.setConfiguration(configuration);
    }

    /** A new one, on a free port. */
    static LocalBroker start(Path parent) {
        int port = freePort();
        return start(port, parent.resolve("broker-" + port));
    }

    /** @param folder for the journal; what an earlier broker has left there is still in the queues */
    static LocalBroker start(int port, Path folder) {
        Configuration configuration = new ConfigurationImpl()
                .setSecurityEnabled(false)
                .setJournalType(JournalType.NIO)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setLargeMessagesDirectory(folder.resolve("large-messages").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setJournalMinFiles(2)
                .setJournalFileSize(1024 * 1024)
                .setGracefulShutdownEnabled(false)
                .addAddressSetting("#", new AddressSettings()
                        .setRedeliveryDelay(FIRST_REDELIVERY_MILLIS)
                        .setRedeliveryMultiplier(2)
                        .setMaxRedeliveryDelay(LONGEST_REDELIVERY_MILLIS)
                        .setMaxDeliveryAttempts(-1));
        try {
            configuration.addAcceptorConfiguration("loopback", "tcp://127.0.0.1:" + port);
            LocalBroker broker = new LocalBroker(port, configuration);
            broker.server.start();
            return broker;
        } catch (Exception e) {
            throw new IllegalStateException("The broker does not start on port " + port, e);
        }
    }

    String url() {
        return "tcp://127.0.0.1:" + port;
    }

    /**
     * One after the other, from a range of this example's own: others are tested at the same time. Below the ports of outgoing
     * connections, one of which could take what is waited for here.
     */
    static int freePort() {
        while (true) {
            try (ServerSocket free = new ServerSocket(NEXT_PORT.getAndIncrement(), 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException taken) {
                // the next one
            }
        }
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The broker does not stop", e);
        }
    }
}
