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

import io.github.camelpostal.internal.client.ConnectionSettings;
import io.github.camelpostal.internal.suppression.UnsubscribeService;
import io.github.camelpostal.internal.webhook.WebhookMount;
import io.github.camelpostal.internal.webhook.WebhookMounts;
import io.github.camelpostal.internal.webhook.WebhookSettings;
import io.github.camelpostal.internal.webhook.http.WebhookServers;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * Send and read mail through a Postal mail server, and receive its delivery events and inbound mail.
 */
@UriEndpoint(firstVersion = "0.1.0", scheme = "postal", title = "Postal", syntax = "postal:operation", category = {
        Category.MAIL}, headersClass = PostalConstants.class)
public class PostalEndpoint extends DefaultEndpoint implements EndpointServiceLocation {

    @UriPath(enums = "send,sendRaw,read,deliveries,webhook,unsubscribe")
    @Metadata(required = true)
    private PostalOperation operation;

    @UriParam
    private PostalConfiguration configuration;

    @UriParam(label = "common")
    private @Nullable String server;

    @UriParam(label = "consumer", defaultValue = "/postal")
    private String path = "/postal";

    @UriParam(label = "consumer,advanced")
    private @Nullable String httpServerComponent;

    public PostalEndpoint(String uri, PostalComponent component, PostalOperation operation, PostalConfiguration configuration) {
        super(uri, component);
        this.operation = operation;
        this.configuration = configuration;
    }

    @Override
    public Producer createProducer() throws Exception {
        return new PostalProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        if (operation == PostalOperation.UNSUBSCRIBE) {
            UnsubscribeService service = PostalUnsubscribeConsumer.service(this);
            PostalUnsubscribeConsumer page = new PostalUnsubscribeConsumer(this, processor, service, mount("GET,HEAD,POST"));
            configureConsumer(page);
            return page;
        }
        WebhookSettings settings = WebhookOptions.read(this);
        PostalConsumer consumer = new PostalConsumer(this, processor, settings, mount("POST"));
        configureConsumer(consumer);
        return consumer;
    }

    private WebhookMount mount(String methods) throws Exception {
        return WebhookMounts.of(getCamelContext()).claim(getPath(), methods,
                () -> WebhookServers.find(getCamelContext(), httpServerComponent), this);
    }

    /** How to connect to this endpoint's server. */
    ConnectionSettings connectionSettings() {
        return getComponent().connectionSettings(configuration);
    }

    @Override
    protected void doShutdown() throws Exception {
        WebhookMounts.release(getCamelContext(), this);
        super.doShutdown();
    }

    @Override
    public PostalComponent getComponent() {
        return (PostalComponent) super.getComponent();
    }

    @Override
    public boolean isSingletonProducer() {
        return true;
    }

    @Override
    public @Nullable String getServiceUrl() {
        return configuration.getServerUrl();
    }

    @Override
    public String getServiceProtocol() {
        return "http";
    }

    public PostalOperation getOperation() {
        return operation;
    }

    /**
     * What to do: send, sendRaw, read or deliveries for a producer, webhook or unsubscribe for a consumer.
     */
    public void setOperation(PostalOperation operation) {
        this.operation = operation;
    }

    public PostalConfiguration getConfiguration() {
        return configuration;
    }

    /**
     * The options of this endpoint.
     */
    public void setConfiguration(PostalConfiguration configuration) {
        this.configuration = configuration;
    }

    public @Nullable String getServer() {
        return server;
    }

    /**
     * The name of one of the component's servers, to use its URL and key. Not together with serverUrl or apiKey on one
     * URI.
     */
    public void setServer(@Nullable String server) {
        this.server = server;
    }

    public String getPath() {
        return operation == PostalOperation.UNSUBSCRIBE && path.equals("/postal") ? "/unsubscribe" : path;
    }

    /**
     * Where the consumer is mounted on the HTTP server. Two consumers on one path are refused at start. postal:unsubscribe is
     * mounted at /unsubscribe if it has no path.
     */
    public void setPath(String path) {
        this.path = path;
    }

    public @Nullable String getHttpServerComponent() {
        return httpServerComponent;
    }

    /**
     * The component whose HTTP server mounts the consumer. Only platform-http works, which is also the default.
     */
    public void setHttpServerComponent(@Nullable String httpServerComponent) {
        this.httpServerComponent = httpServerComponent;
    }
}
