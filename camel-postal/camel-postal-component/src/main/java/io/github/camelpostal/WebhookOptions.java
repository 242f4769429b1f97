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

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.camelpostal.internal.webhook.BasicCredentials;
import io.github.camelpostal.internal.webhook.ReceiverSettings;

/**
 * Reads the options of a {@code postal:webhook} endpoint, and refuses what cannot work before anything is mounted.
 */
final class WebhookOptions {

    private WebhookOptions() {
    }

    /**
     * @throws IllegalArgumentException with the option and an example, if something is missing or contradicts itself
     */
    static void check(PostalEndpoint endpoint) {
        PostalConfiguration options = endpoint.getConfiguration();
        require(endpoint.getOperation() == PostalOperation.WEBHOOK, "postal:" + endpoint.getOperation()
                + " sends or reads; a route starts from postal:webhook");
        require(options.getApiKey() == null, "postal:webhook calls nobody and takes no apiKey: remove it from the URI."
                + " An apiKey for the producers can stay on the component");
        require((options.getWebhookUsername() == null) == (options.getWebhookPassword() == null),
                "webhookUsername and webhookPassword only work together: set both, as in the URL that Postal posts to,"
                        + " https://user:password@camel.example.com/postal");
        require(options.getProcessingTimeout() > 0, "processingTimeout must be positive, for example processingTimeout=4s");
        require(options.getMaxInFlight() > 0, "maxInFlight must be positive, for example maxInFlight=16");
        require(options.getMaxBodySize() > 0, "maxBodySize must be positive, for example maxBodySize=67108864");
        require(options.getAttachmentThreshold() >= 0, "attachmentThreshold must not be negative");
        require(options.getMaxSpoolSize() >= 0, "maxSpoolSize must not be negative");
        WebhookKeys.check(options);
    }

    static ReceiverSettings settingsOf(PostalEndpoint endpoint, String path) {
        PostalConfiguration options = endpoint.getConfiguration();
        return new ReceiverSettings(path,
                options.getAccept(),
                namesIn(options.getEvents()),
                options.getDirection(),
                options.getBodyFormat(),
                credentials(options),
                Duration.ofMillis(options.getProcessingTimeout()),
                options.getMaxInFlight(),
                options.getMaxBodySize(),
                options.getAttachmentThreshold(),
                spoolDirectory(options),
                options.getMaxSpoolSize(),
                endpoint.isBridgeErrorHandler());
    }

    private static Set<String> namesIn(String list) {
        if (list == null) {
            return Set.of();
        }
        return Arrays.stream(list.split(",")).map(String::trim).filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static BasicCredentials credentials(PostalConfiguration options) {
        return options.getWebhookUsername() == null
                ? BasicCredentials.none()
                : BasicCredentials.of(options.getWebhookUsername(), options.getWebhookPassword());
    }

    private static Path spoolDirectory(PostalConfiguration options) {
        return options.getSpoolDirectory() != null
                ? Path.of(options.getSpoolDirectory())
                : Path.of(System.getProperty("java.io.tmpdir"), "camel-postal-" + System.getProperty("user.name"));
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
