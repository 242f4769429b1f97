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
package io.github.camelpostal.sandbox.internal.store;

import io.github.camelpostal.sandbox.internal.format.Addresses;

/**
 * A domain that mail may be sent from (protocol 2.6).
 *
 * @param name      in lower case
 * @param owner     who it belongs to; events about its DNS exist only for domains of a server
 * @param useForAny whether mail may be sent from any other address too; counts only when a server owns it
 */
public record VerifiedDomain(String name, Owner owner, boolean useForAny) {

    /** Who a domain belongs to. */
    public enum Owner {
        SERVER, ORGANIZATION
    }

    public VerifiedDomain {
        name = Addresses.asciiDomain(name);
    }

    /** Of one mail server. */
    public static VerifiedDomain of(String name) {
        return new VerifiedDomain(name, Owner.SERVER, false);
    }
}
