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

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.camelpostal.internal.client.CallStatistics;
import io.github.camelpostal.internal.client.ConnectionSettings;
import io.github.camelpostal.internal.client.PostalHttpClients;
import io.github.camelpostal.internal.dev.DevService;
import io.github.camelpostal.internal.health.HealthChecks;
import io.github.camelpostal.internal.ledger.SendLedgers;
import org.apache.camel.Endpoint;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.SSLContextParametersAware;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.HealthCheckComponent;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.jspecify.annotations.Nullable;

/**
 * The {@code postal:} component: sends and reads mail through Postal's HTTP API, and receives what Postal posts.
 */
@ManagedResource(description = "Managed Postal Component")
@Component("postal")
public class PostalComponent extends HealthCheckComponent implements SSLContextParametersAware {

    /** Kept in memory; when there are more, the oldest are forgotten, and their addresses may be replied to again. */
    private static final int MOST_AUTO_REPLIES = 50_000;

    @Metadata(description = "The options that all endpoints start from.")
    private PostalConfiguration configuration = new PostalConfiguration();

    @Metadata(label = "common")
    private Map<String, PostalServer> servers = new ConcurrentHashMap<>();

    private final AtomicBoolean devServiceAsked = new AtomicBoolean();
    private final PostalHttpClients httpClients = new PostalHttpClients(this::getCamelContext);
    private final HealthChecks healthChecks = new HealthChecks(this::getCamelContext, this::isHealthCheckProducerEnabled,
            httpClients);

    private final IdempotentRepository autoReplies = MemoryIdempotentRepository.memoryIdempotentRepository(MOST_AUTO_REPLIES);
    private final SendLedgers sendLedgers = new SendLedgers(this::getCamelContext, httpClients);
    private final CallStatistics callStatistics = new CallStatistics(this::getCamelContext);
    private final RunningParts running = new RunningParts();
    private final ReasonRulesFiles reasonRules = new ReasonRulesFiles();

    @Metadata(label = "health")
    private @Nullable String workerHealthUrl;

    @Metadata(label = "health")
    private @Nullable String smtpHealthUrl;

    @Metadata(label = "security", defaultValue = "false")
    private boolean useGlobalSslContextParameters;

    @Metadata(label = "advanced")
    private @Nullable HttpClientConfigurer httpClientConfigurer;

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        startDevService();
        PostalOperation operation = PostalOperation.byName(remaining).orElseThrow(() -> new IllegalArgumentException(
                "Unknown operation in postal:" + remaining + "; write one of " + PostalOperation.names()
                        + ", for example postal:send"));
        PostalConfiguration options = configuration.copy();
        options.setApiKey(null); // it stays where it can be renewed; an endpoint only holds one that its URI brings
        String server = getAndRemoveParameter(parameters, "server", String.class);
        if (server != null) {
            refuseBesideServer("serverUrl", parameters);
            refuseBesideServer("apiKey", parameters);
            MailServers.Location location = new MailServers(this).location(server);
            options.setServerUrl(location.serverUrl());
            options.setHostHeader(location.hostHeader());
        }
        PostalEndpoint endpoint = new PostalEndpoint(uri, this, operation, options);
        endpoint.setServer(server);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    /** Not earlier: an application's properties are bound to a component after its start. */
    private void startDevService() {
        if (devServiceAsked.compareAndSet(false, true)) {
            getCamelContext().getCamelContextExtension().getBootstrapFactoryFinder()
                    .newInstance(DevService.KEY, DevService.class)
                    .ifPresent(service -> service.start(getCamelContext()));
        }
    }

    private static void refuseBesideServer(String option, Map<String, Object> parameters) {
        if (parameters.containsKey(option)) {
            throw new IllegalArgumentException("The URI has both server and " + option + ", and server stands for one already;"
                    + " remove one of the two");
        }
    }

    /** The HTTP clients that producers, key fetches and health checks share. */
    PostalHttpClients httpClients() {
        return httpClients;
    }

    /** What producers and consumers with a send ledger share. */
    SendLedgers sendLedgers() {
        return sendLedgers;
    }

    /** What became of the calls of all producers. */
    CallStatistics callStatistics() {
        return callStatistics;
    }

    /** The rules of reasons that endpoints name. */
    ReasonRulesFiles reasonRules() {
        return reasonRules;
    }

    /** The producers and consumers that run. */
    RunningParts running() {
        return running;
    }

    /** From mail server to what became of the last call. */
    @ManagedAttribute(description = "What became of the last call to each mail server that was used")
    public Map<String, String> getLastOutcomes() {
        return callStatistics.lastOutcomes();
    }

    /** From mail server and operation, with a blank between them, to the number of exchanges by outcome. */
    @ManagedAttribute(description = "Exchanges of all producers, by mail server and operation, and by what became of them")
    public Map<String, Map<String, Long>> getCalls() {
        return callStatistics.counts();
    }

    HealthChecks healthChecks() {
        return healthChecks;
    }

    /** How an endpoint with these options connects to its server. */
    ConnectionSettings connectionSettings(PostalConfiguration options) {
        return new ConnectionSettings("", options.getConnectTimeout(), options.getResponseTimeout(),
                options.getMaxConnections(), options.getSslContextParameters(), useGlobalSslContextParameters,
                options.getProxyHost(), options.getProxyPort(), options.getProxyAuthScheme(), options.getProxyAuthMethod(),
                options.getProxyAuthUsername(), options.getProxyAuthPassword(), options.getNonProxyHosts(),
                httpClientConfigurer).to(options.getServerUrl());
    }

    /** What counts the automatic replies of an endpoint; without one of its own, that of all endpoints. */
    IdempotentRepository autoReplyRepository(PostalConfiguration options) {
        IdempotentRepository configured = options.getAutoReplyRepository();
        try {
            getCamelContext().addService(configured == null ? autoReplies : configured);
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeException(e);
        }
        return configured == null ? autoReplies : configured;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        healthChecks.watchProcess("worker", "workerHealthUrl", workerHealthUrl, () -> connectionSettings(configuration));
        healthChecks.watchProcess("smtp", "smtpHealthUrl", smtpHealthUrl, () -> connectionSettings(configuration));
    }

    @Override
    protected void doStop() throws Exception {
        healthChecks.stopWatchingProcesses();
        callStatistics.clear();
        super.doStop();
    }

    public PostalConfiguration getConfiguration() {
        return configuration;
    }

    /**
     * The options that all endpoints start from.
     */
    public void setConfiguration(PostalConfiguration configuration) {
        this.configuration = configuration;
    }

    public Map<String, PostalServer> getServers() {
        return servers;
    }

    /**
     * Several mail servers by name, each with its own apiKey and, where it differs, serverUrl and hostHeader. An endpoint
     * chooses one by the option server, an exchange by the header CamelPostalServer.
     */
    public void setServers(Map<String, PostalServer> servers) {
        this.servers = servers;
    }

    @Override
    public boolean isUseGlobalSslContextParameters() {
        return useGlobalSslContextParameters;
    }

    /**
     * Whether to use the TLS settings of the CamelContext where no sslContextParameters are set.
     */
    @Override
    public void setUseGlobalSslContextParameters(boolean useGlobalSslContextParameters) {
        this.useGlobalSslContextParameters = useGlobalSslContextParameters;
    }

    public @Nullable HttpClientConfigurer getHttpClientConfigurer() {
        return httpClientConfigurer;
    }

    /**
     * Everything else that Apache HttpClient 5 can do. It cannot switch retries or redirects back on.
     */
    public void setHttpClientConfigurer(@Nullable HttpClientConfigurer httpClientConfigurer) {
        this.httpClientConfigurer = httpClientConfigurer;
    }

    public @Nullable String getWorkerHealthUrl() {
        return workerHealthUrl;
    }

    /**
     * Health URL of Postal's worker, such as http://postal-worker:9090/health, to make its state a health check too.
     */
    public void setWorkerHealthUrl(@Nullable String workerHealthUrl) {
        this.workerHealthUrl = workerHealthUrl;
    }

    public @Nullable String getSmtpHealthUrl() {
        return smtpHealthUrl;
    }

    /**
     * Health URL of Postal's SMTP server, such as http://postal-smtp:9091/health, to make its state a health check too.
     */
    public void setSmtpHealthUrl(@Nullable String smtpHealthUrl) {
        this.smtpHealthUrl = smtpHealthUrl;
    }
}
