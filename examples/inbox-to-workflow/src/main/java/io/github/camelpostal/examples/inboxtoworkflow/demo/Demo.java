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
package io.github.camelpostal.examples.inboxtoworkflow.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.UUID;

import javax.sql.DataSource;

import io.github.camelpostal.sandbox.HttpEndpoint;
import io.github.camelpostal.sandbox.PostalSandbox;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.MainSupport;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.util.ObjectHelper;

/**
 * Stands in for the world around the routes, where no real Postal is configured: it starts a sandbox, plays the {@link Story}
 * once the routes are up, and tells how it went.
 *
 * <p>With a real Postal it does nothing but say where to look. The routes know nothing of it.
 */
public final class Demo extends MainListenerSupport implements AutoCloseable {

    private static final String SERVER_URL = "camel.component.postal.server-url";
    private static final String PORT = "camel.server.port";
    private static final String LOOPBACK = "127.0.0.1";

    private final boolean exitAfterwards;
    private PostalSandbox sandbox;
    private int exitCode;

    /** @param exitAfterwards whether to end the process when the story is told */
    public Demo(boolean exitAfterwards) {
        this.exitAfterwards = exitAfterwards;
    }

    /** 0, or 1 when something did not arrive, or when there was nothing to show. */
    public int exitCode() {
        return exitCode;
    }

    /** Properties are known, components are not made yet. */
    @Override
    public void beforeConfigure(BaseMainSupport main) {
        PropertiesComponent properties = main.getCamelContext().getPropertiesComponent();
        if (properties.resolveProperty(SERVER_URL).filter(ObjectHelper::isNotEmpty).isPresent()) {
            return;
        }
        String address = properties.resolveProperty("inbox.support").orElseThrow();
        String domain = address.substring(address.indexOf('@') + 1);
        String port = properties.resolveProperty(PORT).orElseGet(Demo::freePort);
        String password = UUID.randomUUID().toString();
        sandbox = PostalSandbox.builder().domain(domain).start();
        URI here = URI.create("http://postal:" + password + "@" + LOOPBACK + ":" + port + "/postal/mail");
        sandbox.routeTo("*@" + domain, HttpEndpoint.of(here).withFormat(HttpEndpoint.Format.RAW));
        properties.addOverrideProperty(SERVER_URL, sandbox.url().toString());
        properties.addOverrideProperty("camel.component.postal.api-key", sandbox.apiKey());
        properties.addOverrideProperty("camel.component.postal.webhook-username", "postal");
        properties.addOverrideProperty("camel.component.postal.webhook-password", password);
        properties.addOverrideProperty("camel.server.host", LOOPBACK);
        properties.addOverrideProperty(PORT, port);
    }

    @Override
    public void afterStart(BaseMainSupport main) {
        CamelContext context = main.getCamelContext();
        Account account = new Account();
        account.opening(property(context, SERVER_URL), property(context, PORT, "8080"), sandbox != null,
                property(context, "inbox.folder"), property(context, "inbox.jdbc-url"));
        List<String> missing = sandbox == null ? List.of() : play(context, account);
        account.end(missing, sandbox != null, exitAfterwards);
        if (exitAfterwards) {
            exitCode = missing.isEmpty() && sandbox != null ? 0 : 1;
            ((MainSupport) main).completed();
        }
    }

    @Override
    public void close() {
        if (sandbox != null) {
            sandbox.close();
        }
    }

    private List<String> play(CamelContext context, Account account) {
        Tables tables = new Tables(context.getRegistry().findSingleByType(DataSource.class));
        Story story = new Story(sandbox, property(context, "inbox.orders"), property(context, "inbox.support"), tables,
                account);
        try {
            story.play();
        } catch (IOException | RuntimeException e) {
            return List.of("the rest of the story, because of " + e);
        }
        return story.missing();
    }

    private static String property(CamelContext context, String name) {
        return context.getPropertiesComponent().resolveProperty(name).orElseThrow();
    }

    private static String property(CamelContext context, String name, String otherwise) {
        return context.getPropertiesComponent().resolveProperty(name).orElse(otherwise);
    }

    /** So that the demo runs beside whatever holds 8080. */
    private static String freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
            return String.valueOf(socket.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException("No free port on " + LOOPBACK, e);
        }
    }
}
