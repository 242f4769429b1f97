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

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rooms of the sandbox and who may look into which. */
@AnalyzeClasses(packages = "io.github.camelpostal", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String SANDBOX = "io.github.camelpostal.sandbox";

    @ArchTest
    static final ArchRule ROOMS = layeredArchitecture().consideringOnlyDependenciesInLayers()
            .layer("door").definedBy(SANDBOX)
            .layer("ui").definedBy(SANDBOX + ".ui")
            .layer("api").definedBy(SANDBOX + ".api")
            .layer("delivery").definedBy(SANDBOX + ".delivery")
            .layer("outbound").definedBy(SANDBOX + ".outbound")
            .layer("smtp").definedBy(SANDBOX + ".smtp")
            .layer("health").definedBy(SANDBOX + ".health")
            .layer("store").definedBy(SANDBOX + ".store")
            .layer("format").definedBy(SANDBOX + ".format")
            .whereLayer("door").mayNotBeAccessedByAnyLayer()
            .whereLayer("ui").mayOnlyBeAccessedByLayers("door")
            .whereLayer("api").mayOnlyBeAccessedByLayers("door")
            .whereLayer("delivery").mayOnlyBeAccessedByLayers("door")
            .whereLayer("smtp").mayOnlyBeAccessedByLayers("door")
            .whereLayer("health").mayOnlyBeAccessedByLayers("door", "smtp", "delivery")
            .whereLayer("outbound").mayOnlyBeAccessedByLayers("door", "delivery", "api")
            .whereLayer("store").mayOnlyBeAccessedByLayers("door", "api", "delivery", "outbound")
            .whereLayer("format").mayOnlyBeAccessedByLayers("door", "ui", "api", "smtp", "delivery", "outbound", "store");

    @ArchTest
    static final ArchRule EVERYTHING_IS_IN_A_ROOM = classes().should().resideInAnyPackage(SANDBOX, SANDBOX + ".api",
            SANDBOX + ".delivery", SANDBOX + ".outbound", SANDBOX + ".store", SANDBOX + ".format", SANDBOX + ".smtp",
            SANDBOX + ".health", SANDBOX + ".ui");

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
    static final ArchRule ONLY_THE_SMTP_SERVER_KNOWS_ITS_LIBRARY = noClasses().that().resideOutsideOfPackage(SANDBOX + ".smtp")
            .should().dependOnClassesThat().resideInAPackage("org.subethamail..");

    @ArchTest
    static final ArchRule THE_SMTP_LIBRARY_IS_USED_BY_ITS_PUBLIC_API = noClasses()
            .should().dependOnClassesThat().resideInAPackage("org.subethamail.smtp.internal..");

    @ArchTest
    static final ArchRule TIME_COMES_FROM_A_CLOCK = noClasses().should()
            .callMethod(java.time.Instant.class, "now").orShould().callMethod(System.class, "currentTimeMillis");
}
