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
package io.github.camelpostal.internal.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;

import io.github.camelpostal.api.DoctorCheck;
import io.github.camelpostal.api.DoctorDomain;
import io.github.camelpostal.api.ServerAccess;
import org.junit.jupiter.api.Test;

/** An application need not have dnsjava: the doctor says so, and looks at all the rest. */
class WithoutDnsLibraryTest {

    @Test
    void oneWarningSaysWhichDependencyToAdd() throws Exception {
        ClassLoader without = new WithoutDnsLibrary();
        Object findings = without.loadClass(Findings.class.getName()).getConstructor().newInstance();
        Method examine = without.loadClass(DnsExamination.class.getName()).getMethod("examine", DoctorDomain.class,
                ServerAccess.class, InetSocketAddress.class, findings.getClass());

        examine.invoke(null, DoctorDomain.of("example.com"),
                new ServerAccess(URI.create("https://postal.example.com"), () -> "key", null), null, findings);

        List<?> checks = (List<?>) findings.getClass().getMethod("checks").invoke(findings);
        assertThat(checks).singleElement().isInstanceOfSatisfying(DoctorCheck.class, check -> {
            assertThat(check.status()).isEqualTo(DoctorCheck.Status.WARNING);
            assertThat(check.remedy()).contains("dnsjava:dnsjava");
        });
    }

    /** Loads the doctor anew, and finds nothing of dnsjava. */
    private static final class WithoutDnsLibrary extends ClassLoader {

        private WithoutDnsLibrary() {
            super(WithoutDnsLibraryTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.xbill.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("io.github.camelpostal.internal.doctor.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> known = findLoadedClass(name);
            return known != null ? known : define(name);
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
