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
package io.github.camelpostal.examples.kafkatomail;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A Kafka of one node in this JVM, broker and controller in one, on 127.0.0.1.
 *
 * <p>It is the server that people run, started with settings for a small machine. Its topics live in a temporary folder, outlast
 * {@link #stop()} and are gone after {@link #close()}: for trying and testing.
 */
public final class LocalBroker implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";
    private static final String CONTROLLER = "CONTROLLER";
    /** Room for a mail with its attachments; Kafka's own default is 1 MiB. */
    private static final int LARGEST_RECORD = 20 * 1024 * 1024;

    private final Path folder;
    private final Properties settings;
    private KafkaRaftServer server;

    private LocalBroker(Path folder, Properties settings) {
        this.folder = folder;
        this.settings = settings;
    }

    /** A new one, without topics, on a free port. Takes a second or two. */
    public static LocalBroker start() {
        try {
            Path folder = Files.createTempDirectory("kafka-to-mail-broker");
            LocalBroker broker = new LocalBroker(folder, settings(folder, RunningRoutes.freePort(), RunningRoutes.freePort()));
            broker.format();
            broker.startAgain();
            return broker;
        } catch (IOException e) {
            throw new UncheckedIOException("No place for the broker's topics", e);
        }
    }

    /** {@code 127.0.0.1:PORT}: what clients take for {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return settings.getProperty("advertised.listeners").substring("PLAINTEXT://".length());
    }

    /** Goes away; the topics stay. */
    public void stop() {
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
            server = null;
        }
    }

    /** Comes back on the same port, with the same topics. */
    public void startAgain() {
        server = new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
        server.startup();
    }

    @Override
    public void close() {
        stop();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The broker's folder could not be removed: " + folder, e);
        }
    }

    private void format() {
        try {
            new Formatter()
                    .setNodeId(1)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setDirectories(List.of(folder.toString()))
                    .setMetadataLogDirectory(folder.toString())
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .setControllerListenerName(CONTROLLER)
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException("The broker's folder cannot be prepared", e);
        }
    }

    private static Properties settings(Path folder, int port, int controllerPort) {
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "controller.quorum.voters", "1@" + LOOPBACK + ":" + controllerPort,
                "controller.listener.names", CONTROLLER,
                "listeners",
                "PLAINTEXT://" + LOOPBACK + ":" + port + "," + CONTROLLER + "://" + LOOPBACK + ":" + controllerPort,
                "advertised.listeners", "PLAINTEXT://" + LOOPBACK + ":" + port,
                "log.dirs", folder.toString(),
                "auto.create.topics.enable", "false",
                "message.max.bytes", String.valueOf(LARGEST_RECORD)));
        // one node has nobody to copy to, and nobody to wait for
        settings.putAll(Map.of("offsets.topic.replication.factor", "1", "offsets.topic.num.partitions", "1",
                "group.initial.rebalance.delay.ms", "0"));
        // a small machine
        settings.putAll(Map.of("num.network.threads", "1", "num.io.threads", "2", "log.cleaner.enable", "false",
                "log.index.size.max.bytes", "65536", "log.segment.bytes", String.valueOf(2 * LARGEST_RECORD)));
        return settings;
    }
}
