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

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * Who may know whom. The names in {@link PostalConstants} are constants that the compiler copies, so reading them is no
 * arrow.
 */
@AnalyzeClasses(packages = PackageArrowsTest.ROOT, importOptions = ImportOption.DoNotIncludeTests.class)
class PackageArrowsTest {

    static final String ROOT = "io.github.camelpostal";
    private static final String SENDING = ROOT + ".sending..";
    private static final String RECEIVING = ROOT + ".receiving..";
    private static final String API = ROOT + ".api..";
    private static final String PAYLOAD = ROOT + ".payload..";
    private static final String CODEC = ROOT + ".internal.codec..";
    private static final String MIME = ROOT + ".internal.mime..";
    private static final String SIGNATURE = ROOT + ".signature..";

    @ArchTest
    static final ArchRule SENDING_KNOWS_ONLY_THE_API = room(SENDING).should()
            .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(SENDING, API))))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule RECEIVING_KNOWS_ONLY_PAYLOAD_AND_SIGNATURE = room(RECEIVING).should()
            .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(RECEIVING, PAYLOAD, SIGNATURE))))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule THE_API_KNOWS_NOBODY = knowsNobody(API);

    @ArchTest
    static final ArchRule THE_PAYLOAD_KNOWS_ONLY_ITS_CODEC = room(PAYLOAD).should()
            .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(PAYLOAD, CODEC))));

    @ArchTest
    static final ArchRule THE_CODEC_KNOWS_ONLY_PAYLOAD_AND_MIME = room(CODEC).should()
            .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(CODEC, PAYLOAD, MIME))));

    @ArchTest
    static final ArchRule MIME_KNOWS_NOBODY = knowsNobody(MIME);

    @ArchTest
    static final ArchRule THE_SIGNATURE_KNOWS_NOBODY = knowsNobody(SIGNATURE);

    @ArchTest
    static final ArchRule PAYLOAD_CODEC_AND_MIME_KNOW_NO_CAMEL = noClasses().that().resideInAnyPackage(PAYLOAD, CODEC, MIME)
            .should().dependOnClassesThat(resideInAPackage("org.apache.camel.."));

    /** HttpResponseAware is four accessors by which Camel's health checks find the HTTP status in an exception. */
    @ArchTest
    static final ArchRule THE_PROTOCOL_KNOWS_NO_CAMEL = noClasses().that().resideInAnyPackage(API, PAYLOAD, SIGNATURE).should()
            .dependOnClassesThat(resideInAPackage("org.apache.camel..")
                    .and(not(equivalentTo(org.apache.camel.spi.HttpResponseAware.class))))
            .allowEmptyShould(true);

    /** Whoever does not measure has neither Micrometer nor a reason to. */
    @ArchTest
    static final ArchRule ONE_CLASS_KNOWS_MICROMETER = noClasses().that().doNotHaveSimpleName("WebhookMeters").should()
            .dependOnClassesThat(resideInAPackage("io.micrometer.."));

    @ArchTest
    static final ArchRule NO_ROOM_IS_PART_OF_A_CYCLE = slices().matching(ROOT + ".(*)..").should().beFreeOfCycles()
            .ignoreDependency(resideInAPackage(PAYLOAD), resideInAPackage(CODEC)); // one layer

    private static com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction room(String name) {
        return noClasses().that().resideInAPackage(name);
    }

    private static ArchRule knowsNobody(String name) {
        return room(name).should().dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAPackage(name))))
                .allowEmptyShould(true);
    }
}
