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
package io.github.camelpostal.sandbox.internal.webhook;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;

/**
 * Which targets Postal 3.3.7 refuses before it connects (protocol 14): those whose name or address is private, link-local or
 * loopback, unless the installation allows them.
 */
public final class PrivateTargets {
    private static final int UNIQUE_LOCAL = 0xfc;
    private static final int UNIQUE_LOCAL_MASK = 0xfe;

    private final boolean refused;
    private final Set<String> allowed;

    /**
     * @param refused whether this version refuses any
     * @param allowed host names and addresses as they stand in URLs, in lower case
     */
    public PrivateTargets(boolean refused, Set<String> allowed) {
        this.refused = refused;
        this.allowed = Set.copyOf(allowed);
    }

    /** Nothing is refused, as before 3.3.7. */
    public static PrivateTargets reachable() {
        return new PrivateTargets(false, Set.of());
    }

    boolean refuse(String host) {
        if (!refused || allowed.contains(host)) {
            return false;
        }
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (isPrivate(address) && !allowed.contains(address.getHostAddress())) {
                    return true;
                }
            }
            return false;
        } catch (UnknownHostException e) {
            return false; // the connection will fail by itself
        }
    }

    private static boolean isPrivate(InetAddress address) {
        return address.isLoopbackAddress() || address.isSiteLocalAddress() || address.isLinkLocalAddress()
                || address.isAnyLocalAddress()
                || address instanceof Inet6Address && (address.getAddress()[0] & UNIQUE_LOCAL_MASK) == UNIQUE_LOCAL;
    }
}
