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
package io.github.camelpostal.sandbox;

import static com.tngtech.archunit.base.DescribedPredicate.anyElementThat;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rooms of the sandbox and who may look into which. */
@AnalyzeClasses(packages = "io.github.camelpostal", importOptions = {ImportOption.DoNotIncludeTests.class,
        ArchitectureTest.DoNotIncludeTestSupport.class})
class ArchitectureTest {

    /** What tests of all modules share is no room of the sandbox. */
    static final class DoNotIncludeTestSupport implements ImportOption {

        @Override
        public boolean includes(Location location) {
            return !location.contains("/io/github/camelpostal/testing/");
        }
    }

    private static final String SANDBOX = "io.github.camelpostal.sandbox";
    private static final String INTERNAL = SANDBOX + ".internal";

    @ArchTest
    static final ArchRule ROOMS = layeredArchitecture().consideringOnlyDependenciesInLayers()
            .layer("public").definedBy(SANDBOX)
            .layer("runtime").definedBy(INTERNAL)
            .layer("page").definedBy(INTERNAL + ".page")
            .layer("http").definedBy(INTERNAL + ".http")
            .layer("smtp").definedBy(INTERNAL + ".smtp")
            .layer("delivery").definedBy(INTERNAL + ".delivery")
            .layer("webhook").definedBy(INTERNAL + ".webhook")
            .layer("health").definedBy(INTERNAL + ".health")
            .layer("store").definedBy(INTERNAL + ".store")
            .layer("format").definedBy(INTERNAL + ".format")
            .whereLayer("runtime").mayOnlyBeAccessedByLayers("public")
            .whereLayer("page").mayOnlyBeAccessedByLayers("runtime")
            .whereLayer("http").mayOnlyBeAccessedByLayers("public", "runtime")
            .whereLayer("smtp").mayOnlyBeAccessedByLayers("runtime")
            .whereLayer("delivery").mayOnlyBeAccessedByLayers("public", "runtime", "page", "http", "smtp")
            .whereLayer("webhook").mayOnlyBeAccessedByLayers("public", "runtime", "page", "http", "delivery")
            .whereLayer("health").mayOnlyBeAccessedByLayers("runtime", "smtp", "delivery")
            .whereLayer("store").mayOnlyBeAccessedByLayers("public", "runtime", "page", "http", "smtp", "delivery", "webhook")
            .whereLayer("format")
            .mayOnlyBeAccessedByLayers("public", "runtime", "page", "http", "smtp", "delivery", "webhook", "store");

    @ArchTest
    static final ArchRule EVERYTHING_IS_IN_A_ROOM = classes().should().resideInAnyPackage(SANDBOX, INTERNAL,
            INTERNAL + ".page", INTERNAL + ".http", INTERNAL + ".smtp", INTERNAL + ".delivery", INTERNAL + ".webhook",
            INTERNAL + ".health", INTERNAL + ".store", INTERNAL + ".format");

    /** What a test chooses are plain values, which the rooms take as they are. */
    @ArchTest
    static final ArchRule ROOMS_KNOW_ONLY_VALUES_OF_THE_PUBLIC_API = noClasses().that().resideInAPackage(INTERNAL + "..")
            .should().dependOnClassesThat(resideInAPackage(SANDBOX).and(not(belongToAnyOf(Outcome.class, Route.class,
                    HttpEndpoint.class, ServerSettings.class, TrackDomain.class))));

    @ArchTest
    static final ArchRule NO_PUBLIC_SIGNATURE_NAMES_AN_INTERNAL_TYPE = methods().that().areDeclaredInClassesThat()
            .resideInAPackage(SANDBOX).and().areDeclaredInClassesThat().arePublic().and().arePublic()
            .should().notHaveRawReturnType(resideInAPackage(INTERNAL + ".."))
            .andShould().notHaveRawParameterTypes(anyElementThat(resideInAPackage(INTERNAL + "..")));

    @ArchTest
    static final ArchRule SHARES_NOTHING_WITH_THE_COMPONENT = noClasses().should().dependOnClassesThat()
            .resideInAnyPackage("org.apache.camel..", "io.github.camelpostal", "io.github.camelpostal.api..",
                    "io.github.camelpostal.payload..", "io.github.camelpostal.internal.signature..",
                    "io.github.camelpostal.internal.send..",
                    "io.github.camelpostal.internal.webhook..");

    @ArchTest
    static final ArchRule ONLY_THE_EXTENSION_NEEDS_JUNIT = noClasses().that()
            .doNotHaveFullyQualifiedName(PostalSandboxExtension.class.getName())
            .should().dependOnClassesThat().resideInAPackage("org.junit..");

    @ArchTest
    static final ArchRule ONLY_THE_SMTP_SERVER_KNOWS_ITS_LIBRARY = noClasses().that().resideOutsideOfPackage(INTERNAL + ".smtp")
            .should().dependOnClassesThat().resideInAPackage("org.subethamail..");

    @ArchTest
    static final ArchRule THE_SMTP_LIBRARY_IS_USED_BY_ITS_PUBLIC_API = noClasses()
            .should().dependOnClassesThat().resideInAPackage("org.subethamail.smtp.internal..");

    @ArchTest
    static final ArchRule TIME_COMES_FROM_A_CLOCK = noClasses().should()
            .callMethod(java.time.Instant.class, "now").orShould().callMethod(System.class, "currentTimeMillis");
}
