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
package io.github.camelpostal.api;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A domain whose DNS records {@link PostalDoctor} reads, and what they should say: Postal's page of the domain shows it.
 *
 * @param name             such as {@code example.com}
 * @param dkimSelector     such as {@code postal-AbCdEf}; null if not known: then DKIM is checked by a loop only
 * @param spfInclude       such as {@code spf.postal.example.com}; null for {@code spf.} and the name of the server
 * @param returnPathDomain such as {@code rp.postal.example.com}; null for {@code rp.} and the name of the server
 * @param mailExchanges    Postal's MX names, if the domain's mail is to come to Postal; empty for any
 */
public record DoctorDomain(String name, @Nullable String dkimSelector, @Nullable String spfInclude,
        @Nullable String returnPathDomain, List<String> mailExchanges) {

    public DoctorDomain {
        Objects.requireNonNull(name, "name");
        mailExchanges = List.copyOf(mailExchanges);
    }

    /** One of which no more is known. */
    public static DoctorDomain of(String name) {
        return new DoctorDomain(name, null, null, null, List.of());
    }

    public DoctorDomain withDkimSelector(@Nullable String selector) {
        return new DoctorDomain(name, selector, spfInclude, returnPathDomain, mailExchanges);
    }

    public DoctorDomain withSpfInclude(@Nullable String host) {
        return new DoctorDomain(name, dkimSelector, host, returnPathDomain, mailExchanges);
    }

    public DoctorDomain withReturnPathDomain(@Nullable String domain) {
        return new DoctorDomain(name, dkimSelector, spfInclude, domain, mailExchanges);
    }

    public DoctorDomain withMailExchanges(List<String> names) {
        return new DoctorDomain(name, dkimSelector, spfInclude, returnPathDomain, names);
    }
}
