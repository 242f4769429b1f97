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

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The two ways in which Postal signs: RSASSA-PKCS1-v1_5, with one hash or the other (protocol 6.1). */
public enum SignatureAlgorithm {

    /** Since Postal 3.2.0. */
    SHA256("SHA256withRSA"),
    /** The only one before Postal 3.2.0; to be accepted only where there is no other. */
    SHA1("SHA1withRSA");

    private final String jdkName;

    SignatureAlgorithm(String jdkName) {
        this.jdkName = jdkName;
    }

    String jdkName() {
        return jdkName;
    }

    /**
     * Reads the option {@code signatureAlgorithms}.
     *
     * @throws IllegalArgumentException if it names none or an unknown one
     */
    public static Set<SignatureAlgorithm> parse(String commaList) {
        Set<SignatureAlgorithm> algorithms = EnumSet.noneOf(SignatureAlgorithm.class);
        for (String name : commaList.split(",")) {
            switch (name.strip().toLowerCase(Locale.ROOT)) {
                case "sha256" -> algorithms.add(SHA256);
                case "sha1" -> algorithms.add(SHA1);
                default -> throw new IllegalArgumentException("signatureAlgorithms=" + commaList
                        + " is not understood. Write sha256, or sha256,sha1 for a Postal before 3.2");
            }
        }
        return algorithms;
    }
}
