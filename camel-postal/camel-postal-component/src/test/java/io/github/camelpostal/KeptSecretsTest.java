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
package io.github.camelpostal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.testing.LogCapture;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.FluentProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.ExceptionHelper;
import org.junit.jupiter.api.Test;

/**
 * What a whole application shows of its secrets, its mails and their addresses: in logs (ours at TRACE, all others at INFO), in
 * exceptions, in JMX and in endpoint URIs. Nothing.
 */
class KeptSecretsTest {

    private static final String KEY = "CanaryKeyThatIsAccepted1";
    private static final String WRONG_KEY = "CanaryKeyThatIsRefused22";
    private static final String PASSWORD = "CanaryPassword333";
    private static final String BODY = "CanaryBody4444";
    private static final String ADDRESS = "canary55555@customer.example";
    private static final List<String> SECRETS = List.of(KEY, WRONG_KEY, PASSWORD, BODY, ADDRESS);

    @Test
    void noSecretNoBodyAndNoAddressIsShown() throws Exception {
        List<String> shown = new ArrayList<>();
        try (LogCapture logs = new LogCapture();
                PostalSandbox postal = PostalSandbox.builder().apiKey(KEY).start();
                CamelApp app = CamelApp.start(routes(postal.url()))) {
            CamelContext context = app.context();
            URI webhook = URI.create("http://operator:" + PASSWORD + "@127.0.0.1:" + app.port() + "/postal");
            postal.postEventsTo(webhook);
            postal.routeTo("support@example.com", webhook);

            mail(context, "direct:accepted").send();
            postal.awaitWebhookRequest(post -> post.status() == 200, Duration.ofSeconds(20));
            postal.receive(ADDRESS, "support@example.com", inboundMail());
            postal.awaitWebhookRequest(post -> post.status() == 503, Duration.ofSeconds(20));
            Throwable refused = catchThrowable(() -> mail(context, "direct:refused").request());
            Throwable unreachable = catchThrowable(() -> mail(context, "direct:unreachable").request());

            assertThat(refused).hasRootCauseInstanceOf(io.github.camelpostal.api.PostalAccessException.class);
            shown.add(ExceptionHelper.stackTraceToString(refused));
            shown.add(ExceptionHelper.stackTraceToString(unreachable));
            shown.addAll(logs.lines());
            context.getEndpoints().stream().map(Endpoint::toString).forEach(shown::add);
            shown.addAll(everythingInJmx(context));
        }
        assertThat(shown).as("something is shown").hasSizeGreaterThan(200)
                .anyMatch(text -> text.contains("postal://send")).anyMatch(text -> text.contains("send/message"));
        for (String secret : SECRETS) {
            assertThat(shown).filteredOn(text -> text.contains(secret)).isEmpty();
        }
    }

    /** An object's name is made of its endpoint's URI, and whoever may look at JMX need not know a key. */
    @Test
    void noSecretOptionOfAUriIsShownInJmx() throws Exception {
        Map<String, String> secrets = secretOptions();
        assertThat(secrets).containsKeys("apiKey", "conversationSecret", "webhookPassword", "proxyAuthPassword");
        String options = secrets.entrySet().stream().map(option -> option.getKey() + "=RAW(" + option.getValue() + ")")
                .collect(Collectors.joining("&", "?serverUrl=http://127.0.0.1:1&", ""));
        try (CamelApp app = CamelApp.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:send").to("postal:send" + options).to("postal:read" + options);
                from("postal:webhook" + options + "&verifyTenant=messages").to("mock:mails");
            }
        })) {
            List<String> shown = everythingInJmx(app.context());

            assertThat(shown).anyMatch(text -> text.contains("postal://read")).anyMatch(text -> text.contains("PostalConsumer"))
                    .anyMatch(text -> text.contains("xxxxxx"));
            secrets.values().forEach(secret -> assertThat(shown).filteredOn(text -> text.contains(secret)).isEmpty());
        }
    }

    /** Every option that the catalog calls secret, with a value of its own. */
    private static Map<String, String> secretOptions() throws Exception {
        Map<String, String> secrets = new LinkedHashMap<>();
        try (InputStream catalog = KeptSecretsTest.class
                .getResourceAsStream("/META-INF/io/github/camelpostal/postal.json")) {
            new ObjectMapper().readTree(catalog).path("properties").properties().stream()
                    .filter(option -> option.getValue().path("secret").asBoolean())
                    .forEach(option -> secrets.put(option.getKey(), "a:" + ("Canary" + option.getKey()).repeat(4)));
        }
        return secrets;
    }

    private static RouteBuilder routes(URI postal) {
        String to = "&from=shop@example.com&subject=Hello&serverUrl=";
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:accepted").to("postal:send?apiKey=" + KEY + to + postal);
                from("direct:refused").to("postal:send?apiKey=" + WRONG_KEY + to + postal);
                from("direct:unreachable").to("postal:send?apiKey=" + WRONG_KEY + to + "http://127.0.0.1:1");
                from("postal:webhook?webhookUsername=operator&webhookPassword=" + PASSWORD + "&serverUrl=" + postal)
                        .choice().when(header("CamelPostalKind").isEqualTo("mail"))
                        .throwException(new IllegalStateException("the database is away"));
            }
        };
    }

    private static FluentProducerTemplate mail(CamelContext context, String to) {
        return context.createFluentProducerTemplate().to(to).withHeader("CamelPostalTo", ADDRESS).withBody(BODY);
    }

    private static byte[] inboundMail() {
        return ("From: " + ADDRESS + "\r\nTo: support@example.com\r\nSubject: Hello\r\n\r\n" + BODY + "\r\n").getBytes();
    }

    private static List<String> everythingInJmx(CamelContext context) throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        List<String> shown = new ArrayList<>();
        for (ObjectName name : server.queryNames(
                new ObjectName("org.apache.camel:context=" + context.getManagementName() + ",*"), null)) {
            shown.add(name.toString());
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                shown.add(name + " " + attribute.getName() + "=" + valueOf(server, name, attribute));
            }
        }
        return shown;
    }

    private static Object valueOf(MBeanServer server, ObjectName name, MBeanAttributeInfo attribute) {
        try {
            return server.getAttribute(name, attribute.getName());
        } catch (JMException | RuntimeException e) {
            return ExceptionHelper.stackTraceToString(e);
        }
    }
}
