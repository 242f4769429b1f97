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
package io.github.camelpostal.internal.signature;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/** Knows which addresses keys may be fetched from. */
public final class JwksUrl {

    private static final String WELL_KNOWN = ".well-known/jwks.json";
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(0{0,4}:){1,7}0{0,3}1]");

    private JwksUrl() {
    }

    /** Where the Postal of that address publishes its keys (protocol 6.3). */
    public static URI below(URI serverUrl) {
        String base = serverUrl.toString();
        return URI.create(base.endsWith("/") ? base + WELL_KNOWN : base + "/" + WELL_KNOWN);
    }

    /**
     * Refuses an address where somebody on the way could put keys of their own, and with them sign mail.
     *
     * @param  allowInsecure            whether plain http is allowed to any address
     * @return                          the same address
     * @throws IllegalArgumentException unless it is https, or http to a loopback address; the text says what to set
     */
    public static URI requireSafe(URI jwksUrl, boolean allowInsecure) {
        String scheme = String.valueOf(jwksUrl.getScheme()).toLowerCase(Locale.ROOT);
        if (jwksUrl.getHost() == null || !scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("jwksUrl=" + withoutUserInfo(jwksUrl)
                    + " is not an http or https address, such as https://postal.example.com/.well-known/jwks.json");
        }
        if (jwksUrl.getRawUserInfo() != null) {
            throw new IllegalArgumentException("jwksUrl=" + withoutUserInfo(jwksUrl)
                    + " must not carry a user or password: Postal publishes its keys to everybody");
        }
        if (scheme.equals("http") && !allowInsecure
                && !LOOPBACK.matcher(jwksUrl.getHost().toLowerCase(Locale.ROOT)).matches()) {
            throw new IllegalArgumentException("jwksUrl=" + jwksUrl
                    + " is not safe: whoever can change the response on the way can sign mail. Use https, or pin the key with"
                    + " publicKey. Where the network on the way is yours alone, allowInsecureJwksUrl=true allows it");
        }
        return jwksUrl;
    }

    private static String withoutUserInfo(URI url) {
        return url.toString().replaceAll("//[^/@]*@", "//");
    }
}
