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

import org.apache.camel.spi.Configurer;
import org.apache.camel.spi.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * One of several Postal mail servers that an application uses, so that a URI names it instead of holding its key:
 * {@code camel.component.postal.servers[billing].api-key=…} and then {@code postal:send?server=billing}.
 */
@Configurer(metadataOnly = false)
public class PostalServer {

    @Metadata(description = "Base URL of the Postal installation.")
    private volatile @Nullable String serverUrl;

    @Metadata(label = "security", secret = true, description = "The credential of type API of this mail server.")
    private volatile @Nullable String apiKey;

    @Metadata(label = "advanced", description = "Value of the Host header.")
    private volatile @Nullable String hostHeader;

    public @Nullable String getServerUrl() {
        return serverUrl;
    }

    /**
     * Base URL of the Postal installation; without one, that of the component, and its hostHeader too.
     */
    public void setServerUrl(@Nullable String serverUrl) {
        this.serverUrl = serverUrl;
    }

    public @Nullable String getApiKey() {
        return apiKey;
    }

    /**
     * The credential of type API of this mail server. A changed one is used by the next call.
     */
    public void setApiKey(@Nullable String apiKey) {
        this.apiKey = apiKey;
    }

    public @Nullable String getHostHeader() {
        return hostHeader;
    }

    /**
     * Value of the Host header, for a Postal that is reached by an internal address.
     */
    public void setHostHeader(@Nullable String hostHeader) {
        this.hostHeader = hostHeader;
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "PostalServer[" + serverUrl + "]";
    }
}
