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

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.camelpostal.internal.signature.JwksUrl;
import io.github.camelpostal.internal.signature.SignatureAlgorithm;
import io.github.camelpostal.internal.webhook.BasicCredentials;
import io.github.camelpostal.internal.webhook.WebhookSettings;
import org.jspecify.annotations.Nullable;

/** Reads the options of a {@code postal:webhook} endpoint, and refuses what cannot work before anything is mounted. */
final class WebhookOptions {

    private static final String SPRING_BOOT = "org.springframework.boot.SpringApplication";
    private static final String STARTER = "io.github.camelpostal.springboot.PostalComponentAutoConfiguration";

    private WebhookOptions() {
    }

    /**
     * @throws IllegalArgumentException with the option and an example, if something is missing or contradicts itself
     */
    static WebhookSettings read(PostalEndpoint endpoint) {
        PostalConfiguration options = endpoint.getConfiguration();
        check(endpoint, options);
        return new WebhookSettings(endpoint.getPath(),
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
                endpoint.isBridgeErrorHandler(),
                options.isVerifySignature() ? Optional.of(keys(endpoint, options)) : Optional.empty(),
                ReplyOptions.keys(options),
                options.getVerifyTenant(),
                endpoint.getComponent().reasonRules().of(endpoint));
    }

    private static void check(PostalEndpoint endpoint, PostalConfiguration options) {
        require(endpoint.getOperation() == PostalOperation.WEBHOOK, "postal:" + endpoint.getOperation()
                + " sends or reads; a route starts from postal:webhook");
        boolean asksPostal = options.getVerifyTenant() != TenantVerification.OFF;
        require(options.getApiKey() == null || asksPostal, "postal:webhook without verifyTenant makes no calls and takes no"
                + " apiKey: remove it from the URI. An apiKey for the producers can stay on the component");
        require((options.getWebhookUsername() == null) == (options.getWebhookPassword() == null),
                "webhookUsername and webhookPassword only work together: set both, as in the URL that Postal posts to,"
                        + " https://user:password@camel.example.com/postal");
        require(options.getConversationRepository() == null || options.getConversationSecret() != null,
                "conversationRepository remembers replies to conversations, which need conversationSecret: set both");
        require(options.getProcessingTimeout() > 0, "processingTimeout must be positive, for example processingTimeout=4s");
        require(options.getMaxInFlight() > 0, "maxInFlight must be positive, for example maxInFlight=16");
        require(options.getMaxBodySize() > 0, "maxBodySize must be positive, for example maxBodySize=67108864");
        require(options.getAttachmentThreshold() >= 0, "attachmentThreshold must not be negative");
        require(options.getMaxSpoolSize() >= 0, "maxSpoolSize must not be negative");
        if (asksPostal) {
            TenantMessages.server(endpoint); // or it would be found missing with the first mail
        }
    }

    private static WebhookSettings.Keys keys(PostalEndpoint endpoint, PostalConfiguration options) {
        Set<SignatureAlgorithm> algorithms = SignatureAlgorithm.parse(options.getSignatureAlgorithms());
        Duration refresh = Duration.ofMillis(options.getJwksRefresh());
        Optional<String> hostHeader = Optional.ofNullable(options.getHostHeader());
        if (options.getPublicKey() != null) {
            return new WebhookSettings.Keys(algorithms, Optional.of(options.getPublicKey()), Optional.empty(), hostHeader,
                    refresh);
        }
        require(options.getJwksUrl() != null || options.getServerUrl() != null, "postal:webhook verifies signatures and has no"
                + " key for that. Set one of serverUrl, jwksUrl or publicKey, for example"
                + " serverUrl=https://postal.example.com, which fetches the keys from"
                + " https://postal.example.com/.well-known/jwks.json" + whereTheyMayBe(endpoint));
        require(!algorithms.contains(SignatureAlgorithm.SHA1), "signatureAlgorithms=" + options.getSignatureAlgorithms()
                + " is for a Postal before 3.2, which publishes no keys: set publicKey to what 'postal default-dkim-record'"
                + " prints after p=");
        URI jwksUrl = JwksUrl.requireSafe(jwksUrl(options), options.isAllowInsecureJwksUrl());
        return new WebhookSettings.Keys(algorithms, Optional.empty(), Optional.of(jwksUrl), hostHeader, refresh);
    }

    /** Without the starter nobody reads the properties of a Spring Boot application. */
    private static String whereTheyMayBe(PostalEndpoint endpoint) {
        boolean starterIsMissing = isThere(endpoint, SPRING_BOOT) && !isThere(endpoint, STARTER);
        return starterIsMissing
                ? ". If it is set as camel.component.postal.* in this Spring Boot application: add the dependency"
                        + " io.github.camelpostal:camel-postal-starter, which reads it"
                : "";
    }

    private static boolean isThere(PostalEndpoint endpoint, String className) {
        return endpoint.getCamelContext().getClassResolver().resolveClass(className) != null;
    }

    private static URI jwksUrl(PostalConfiguration options) {
        try {
            return options.getJwksUrl() != null
                    ? URI.create(options.getJwksUrl().trim())
                    : JwksUrl.below(URI.create(Objects.requireNonNull(options.getServerUrl()).trim()));
        } catch (IllegalArgumentException e) {
            String option = options.getJwksUrl() != null ? "jwksUrl" : "serverUrl";
            throw new IllegalArgumentException(option + " is not a URL, such as https://postal.example.com", e);
        }
    }

    private static Set<String> namesIn(@Nullable String list) {
        if (list == null) {
            return Set.of();
        }
        return Arrays.stream(list.split(",")).map(String::trim).filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static BasicCredentials credentials(PostalConfiguration options) {
        return options.getWebhookUsername() == null
                ? BasicCredentials.none()
                : BasicCredentials.of(options.getWebhookUsername(),
                        Objects.requireNonNull(options.getWebhookPassword(), "webhookPassword"));
    }

    /** Not a folder with a name that can be foretold: other users write to the temporary directory too. */
    private static Path spoolDirectory(PostalConfiguration options) {
        return Path
                .of(options.getSpoolDirectory() != null ? options.getSpoolDirectory() : System.getProperty("java.io.tmpdir"));
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
