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

import org.apache.camel.Endpoint;
import org.apache.camel.SSLContextParametersAware;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.HealthCheckComponent;

/**
 * The {@code postal:} component: sends and reads mail through Postal's HTTP API, and receives what Postal posts.
 */
@Component("postal")
public class PostalComponent extends HealthCheckComponent implements SSLContextParametersAware {

    @Metadata(description = "The options that all endpoints start from.")
    private PostalConfiguration configuration = new PostalConfiguration();

    private final PostalHttpClients httpClients = new PostalHttpClients(this);

    @Metadata(label = "security", defaultValue = "false")
    private boolean useGlobalSslContextParameters;

    @Metadata(label = "advanced")
    private HttpClientConfigurer httpClientConfigurer;

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        PostalOperation operation = PostalOperation.byName(remaining).orElseThrow(() -> new IllegalArgumentException(
                "Unknown operation in postal:" + remaining + "; write one of " + PostalOperation.names()
                        + ", for example postal:send"));
        PostalEndpoint endpoint = new PostalEndpoint(uri, this, operation, configuration.copy());
        setProperties(endpoint, parameters);
        return endpoint;
    }

    /** The HTTP clients that producers, key fetches and health checks share. */
    PostalHttpClients httpClients() {
        return httpClients;
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

    public HttpClientConfigurer getHttpClientConfigurer() {
        return httpClientConfigurer;
    }

    /**
     * Everything else that Apache HttpClient 5 can do. It cannot switch retries or redirects back on.
     */
    public void setHttpClientConfigurer(HttpClientConfigurer httpClientConfigurer) {
        this.httpClientConfigurer = httpClientConfigurer;
    }
}
