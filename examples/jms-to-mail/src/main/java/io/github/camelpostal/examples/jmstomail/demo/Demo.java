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
package io.github.camelpostal.examples.jmstomail.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.UUID;

import io.github.camelpostal.examples.jmstomail.broker.LocalBroker;
import io.github.camelpostal.sandbox.PostalSandbox;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.MainSupport;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.util.ObjectHelper;

/**
 * Stands in for what is not configured, a broker or a Postal, and plays the {@link Story} where both are its own. The routes know
 * nothing of it.
 */
public final class Demo extends MainListenerSupport implements AutoCloseable {

    private static final String SERVER_URL = "camel.component.postal.server-url";
    private static final String BROKER = "jms-to-mail.broker";
    private static final String LOOPBACK = "127.0.0.1";

    private final boolean exitAfterwards;
    private PostalSandbox sandbox;
    private LocalBroker broker;
    private boolean complete;

    /** @param exitAfterwards whether to end the process when the story is told */
    public Demo(boolean exitAfterwards) {
        this.exitAfterwards = exitAfterwards;
    }

    /** 0, or 1 when something did not arrive, or when there was nothing to show. */
    public int exitCode() {
        return exitAfterwards && !complete ? 1 : 0;
    }

    /** Properties are known, components are not made yet. */
    @Override
    public void beforeConfigure(BaseMainSupport main) {
        PropertiesComponent properties = main.getCamelContext().getPropertiesComponent();
        if (isMissing(properties, BROKER)) {
            String port = freePort();
            broker = LocalBroker.start(Integer.parseInt(port), Path.of("target", "jms-to-mail", "broker-" + port));
            properties.addOverrideProperty(BROKER, "tcp://" + LOOPBACK + ":" + port + "?consumerWindowSize=0&callTimeout=3000");
        }
        if (isMissing(properties, SERVER_URL)) {
            startSandbox(properties);
        }
    }

    @Override
    public void afterStart(BaseMainSupport main) {
        if (sandbox != null && broker != null) {
            complete = new Story(main.getCamelContext(), sandbox).play();
        }
        if (exitAfterwards) {
            ((MainSupport) main).completed();
        }
    }

    @Override
    public void close() {
        if (sandbox != null) {
            sandbox.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    private void startSandbox(PropertiesComponent properties) {
        String from = properties.resolveProperty("jms-to-mail.from").orElseThrow();
        String domain = from.substring(from.indexOf('@') + 1);
        String port = properties.resolveProperty("camel.server.port").orElseGet(Demo::freePort);
        String password = UUID.randomUUID().toString();
        URI here = URI.create("http://postal:" + password + "@" + LOOPBACK + ":" + port);
        sandbox = PostalSandbox.builder().domain(domain).start();
        sandbox.postEventsTo(here.resolve("/postal/events"));
        sandbox.routeTo("*@" + domain, here.resolve("/postal/mail"));
        properties.addOverrideProperty(SERVER_URL, sandbox.url().toString());
        properties.addOverrideProperty("camel.component.postal.api-key", sandbox.apiKey());
        properties.addOverrideProperty("camel.component.postal.webhook-username", "postal");
        properties.addOverrideProperty("camel.component.postal.webhook-password", password);
        properties.addOverrideProperty("camel.server.host", LOOPBACK);
        properties.addOverrideProperty("camel.server.port", port);
    }

    private static boolean isMissing(PropertiesComponent properties, String name) {
        return properties.resolveProperty(name).filter(ObjectHelper::isNotEmpty).isEmpty();
    }

    private static String freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
            return String.valueOf(socket.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException("No free port on " + LOOPBACK, e);
        }
    }
}
