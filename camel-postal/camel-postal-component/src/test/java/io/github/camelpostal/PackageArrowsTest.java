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
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/**
 * Who may know whom, from top to bottom: root, then the rooms for sending, receiving and health, then the composing of MIME,
 * then Postal's API with its client and its doctor, then payloads with their codec, then reading of MIME and signatures. Names of options and
 * headers in the root are for all.
 */
@AnalyzeClasses(packages = PackageArrowsTest.ROOT, importOptions = ImportOption.DoNotIncludeTests.class)
class PackageArrowsTest {

    static final String ROOT = "io.github.camelpostal";
    private static final String INTERNAL = ROOT + ".internal..";
    private static final String API = ROOT + ".api..";
    private static final String PAYLOAD = ROOT + ".payload..";
    private static final String LEDGER = ROOT + ".ledger..";
    private static final String LEDGERS = ROOT + ".internal.ledger..";
    private static final String CONVERSATION = ROOT + ".conversation..";
    private static final String CONVERSATIONS = ROOT + ".internal.conversation..";
    private static final String TEXT = ROOT + ".internal.text..";
    private static final String SUPPRESSION = ROOT + ".suppression..";
    private static final String SUPPRESSIONS = ROOT + ".internal.suppression..";
    private static final String REASON = ROOT + ".internal.reason..";
    private static final String CLIENT = ROOT + ".internal.client..";
    private static final String ATTACHMENT = ROOT + ".internal.attachment..";
    private static final String CODEC = ROOT + ".internal.codec..";
    private static final String COMPOSE = ROOT + ".internal.mime.compose..";
    private static final String MIME = ROOT + ".internal.mime";
    private static final String SIGNATURE = ROOT + ".internal.signature..";
    private static final String SEND = ROOT + ".internal.send..";
    private static final String WEBHOOK = ROOT + ".internal.webhook..";
    private static final String DOCTOR = ROOT + ".internal.doctor..";
    private static final String HEALTH = ROOT + ".internal.health..";
    private static final String TELEMETRY = ROOT + ".internal.telemetry..";
    private static final String TIME = ROOT + ".internal.time..";
    private static final String METERS = ROOT + ".internal.meters..";
    private static final String JDBC = ROOT + ".internal.jdbc..";
    private static final String CLOUD_EVENTS = ROOT + ".internal.cloudevents..";

    /** What an option can be, and what headers are called. */
    private static final DescribedPredicate<JavaClass> NAMES_FOR_ALL = DescribedPredicate.describe("names for all",
            type -> type.getPackageName().equals(ROOT) && (type.isEnum() || type.getSimpleName().equals("PostalConstants")
                    || type.getSimpleName().equals("PostalRejectMailException")));

    @ArchTest
    static final ArchRule SENDING_KNOWS_THE_API_AND_HOW_TO_WRITE_MAIL = knowsOnly(SEND, COMPOSE, API, CLIENT, PAYLOAD, LEDGER,
            LEDGERS, CONVERSATION, CONVERSATIONS, SUPPRESSION, SUPPRESSIONS, REASON, ATTACHMENT);

    @ArchTest
    static final ArchRule RECEIVING_KNOWS_NOTHING_OF_SENDING = knowsOnly(WEBHOOK, PAYLOAD, CODEC, MIME, SIGNATURE, LEDGER,
            LEDGERS, CONVERSATION, CONVERSATIONS, TEXT, SUPPRESSION, SUPPRESSIONS, REASON, METERS, TIME,
            ATTACHMENT);

    @ArchTest
    static final ArchRule CONVERSATIONS_KNOW_NEITHER_SENDING_NOR_RECEIVING = knowsOnly(CONVERSATIONS, CONVERSATION, MIME, TEXT,
            JDBC);

    @ArchTest
    static final ArchRule RECEIVED_ATTACHMENTS_KNOW_PAYLOADS = knowsOnly(ATTACHMENT, PAYLOAD);

    @ArchTest
    static final ArchRule THE_TEXT_OF_MAILS_KNOWS_NOBODY = knowsOnly(TEXT);

    @ArchTest
    static final ArchRule THE_CHOICE_OF_REGISTRIES_KNOWS_NOBODY = knowsOnly(METERS);

    @ArchTest
    static final ArchRule ALARMS_KNOW_NOBODY = knowsOnly(TIME);

    @ArchTest
    static final ArchRule THREADS_FOR_DATABASES_KNOW_NOBODY = knowsOnly(JDBC);

    @ArchTest
    static final ArchRule HEALTH_ASKS_BOTH_SIDES = knowsOnly(HEALTH, API, CLIENT, WEBHOOK);

    /** What Camel finds by name looks at endpoints and exchanges from outside. */
    @ArchTest
    static final ArchRule SPANS_ARE_A_VIEW_FROM_OUTSIDE = knowsOnly(TELEMETRY, ROOT, API, CLIENT);

    @ArchTest
    static final ArchRule CLOUD_EVENTS_ARE_A_VIEW_FROM_OUTSIDE = knowsOnly(CLOUD_EVENTS, ROOT, API, CLIENT, PAYLOAD);

    /** Whoever does not trace has no camel-telemetry. */
    @ArchTest
    static final ArchRule ONLY_THE_DECORATOR_KNOWS_TELEMETRY = noClasses().that().resideOutsideOfPackage(TELEMETRY).should()
            .dependOnClassesThat(resideInAPackage("org.apache.camel.telemetry.."));

    @ArchTest
    static final ArchRule COMPOSING_MIME_KNOWS_MESSAGES = knowsOnly(COMPOSE, API, CLIENT, PAYLOAD, MIME);

    @ArchTest
    static final ArchRule THE_API_KNOWS_ITS_CLIENT = knowsOnly(API, CLIENT, PAYLOAD, REASON, DOCTOR);

    @ArchTest
    static final ArchRule THE_DOCTOR_KNOWS_THE_API_AND_KEYS = knowsOnly(DOCTOR, API, CLIENT, PAYLOAD, MIME, SIGNATURE);

    @ArchTest
    static final ArchRule THE_CLIENT_KNOWS_THE_API = knowsOnly(CLIENT, API, PAYLOAD, METERS, TIME);

    @ArchTest
    static final ArchRule THE_PAYLOAD_KNOWS_ITS_CODEC = knowsOnly(PAYLOAD, CODEC, MIME, TEXT, REASON);

    @ArchTest
    static final ArchRule THE_CODEC_KNOWS_PAYLOADS = knowsOnly(CODEC, PAYLOAD, MIME, REASON);

    @ArchTest
    static final ArchRule READING_MIME_KNOWS_NOBODY = knowsOnly(MIME);

    @ArchTest
    static final ArchRule THE_SIGNATURE_KNOWS_NOBODY = knowsOnly(SIGNATURE);

    @ArchTest
    static final ArchRule PAYLOAD_CODEC_AND_MIME_KNOW_NO_CAMEL = noClasses().that().resideInAnyPackage(PAYLOAD, CODEC, MIME)
            .should().dependOnClassesThat(resideInAPackage("org.apache.camel.."));

    /** HttpResponseAware is four accessors by which Camel's health checks find the HTTP status in an exception. */
    @ArchTest
    static final ArchRule THE_PROTOCOL_KNOWS_NO_CAMEL = noClasses().that()
            .resideInAnyPackage(API, PAYLOAD, CODEC, SIGNATURE, DOCTOR, ROOT + ".internal.mime..").should()
            .dependOnClassesThat(resideInAPackage("org.apache.camel..")
                    .and(not(equivalentTo(org.apache.camel.spi.HttpResponseAware.class))))
            .allowEmptyShould(true);

    /** What is internal may change in any release, so no type that users name may show it. */
    @ArchTest
    static final ArchRule NO_PUBLIC_SIGNATURE_NAMES_AN_INTERNAL_TYPE = classes().that()
            .resideInAnyPackage(ROOT, API, PAYLOAD, LEDGER, CONVERSATION, SUPPRESSION).and().arePublic()
            .should(new ArchCondition<>("show no internal type") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    internalTypesShownBy(type).forEach(shown -> events.add(SimpleConditionEvent.violated(type,
                            type.getName() + " shows " + shown)));
                }
            });

    /** Whoever does not look at DNS records has no library for it. */
    @ArchTest
    static final ArchRule ONLY_DNS_RECORDS_KNOWS_DNSJAVA = noClasses().that()
            .haveNameNotMatching(".*\\.doctor\\.DnsRecords(\\$.*)?").should()
            .dependOnClassesThat(resideInAPackage("org.xbill.."));

    /** Whoever does not measure has neither Micrometer nor a reason to. */
    @ArchTest
    static final ArchRule ONLY_METERS_KNOW_MICROMETER = noClasses().that()
            .haveNameNotMatching(".*(WebhookMeters|SendOnceMeters|CallMeters|MeterRegistries)(\\$.*)?").should()
            .dependOnClassesThat(resideInAPackage("io.micrometer.."));

    @ArchTest
    static final ArchRule NO_ROOM_IS_PART_OF_A_CYCLE = slices().assignedFrom(new Rooms()).should().beFreeOfCycles()
            .ignoreDependency(resideInAPackage(INTERNAL), NAMES_FOR_ALL);

    private static ArchRule knowsOnly(String room, String... others) {
        String[] allowed = new String[others.length + 1];
        System.arraycopy(others, 0, allowed, 0, others.length);
        allowed[others.length] = room;
        return noClasses().that().resideInAPackage(room).should()
                .dependOnClassesThat(
                        resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(allowed))).and(not(NAMES_FOR_ALL)))
                .allowEmptyShould(true);
    }

    private static List<String> internalTypesShownBy(JavaClass type) {
        List<String> shown = new ArrayList<>();
        for (JavaCodeUnit unit : type.getCodeUnits()) {
            if (isShown(unit.getModifiers())) {
                unit.getAllInvolvedRawTypes().stream().filter(PackageArrowsTest::isInternal)
                        .forEach(internal -> shown.add(internal.getName() + " in " + unit.getName()));
            }
        }
        for (JavaField field : type.getFields()) {
            if (isShown(field.getModifiers())) {
                field.getAllInvolvedRawTypes().stream().filter(PackageArrowsTest::isInternal)
                        .forEach(internal -> shown.add(internal.getName() + " in " + field.getName()));
            }
        }
        type.getAllRawSuperclasses().stream().filter(PackageArrowsTest::isInternal).forEach(s -> shown.add(s.getName()));
        type.getAllRawInterfaces().stream().filter(PackageArrowsTest::isInternal).forEach(s -> shown.add(s.getName()));
        return shown;
    }

    private static boolean isShown(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static boolean isInternal(JavaClass type) {
        return type.getPackageName().startsWith(ROOT + ".internal");
    }

    /** API, client and doctor are one room, and so are payloads, their codec and their reasons. */
    private static final class Rooms implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String name = type.getPackageName();
            if (!name.startsWith(ROOT) || name.startsWith(ROOT + ".sandbox")) { // the sandbox's rooms have a test of their own
                return SliceIdentifier.ignore();
            }
            String room = name.substring(ROOT.length()).replace(".internal", "");
            return switch (room) {
                case ".client", ".doctor" -> SliceIdentifier.of(".api");
                case ".codec", ".reason" -> SliceIdentifier.of(".payload");
                default -> SliceIdentifier.of(room.startsWith(".webhook") ? ".webhook" : room);
            };
        }

        @Override
        public String getDescription() {
            return "the rooms of " + ROOT;
        }
    }
}
