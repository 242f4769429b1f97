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

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelpostal.api.DoctorCheck.Status;
import io.github.camelpostal.sandbox.SandboxBuilder;
import io.github.camelpostal.sandbox.ServerSettings;
import io.github.camelpostal.testing.FreePort;
import io.github.camelpostal.testing.TestKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The doctor finds each mistake that is planted, in the right place, and names the remedy. */
class PostalDoctorTest {

    /**
     * Something that is wrong with a mail server or around it.
     *
     * @param check  where the doctor must find it
     * @param remedy a word of what it must say to do
     */
    private record Mistake(String name, String check, Status status, String remedy, UnaryOperator<SandboxBuilder> settings,
            Consumer<DoctorClinic> plant) {

        private Mistake(String name, String check, String remedy, Consumer<DoctorClinic> plant) {
            this(name, check, Status.FAILED, remedy, settings -> settings, plant);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Mistake> mistakes() {
        return Stream.of(
                new Mistake("nobody listens", "server", "whether Postal's web process runs", clinic -> clinic.url = nobody()),
                new Mistake("no Postal at this path", "server", "serverUrl", clinic -> clinic.url += "/elsewhere"),
                new Mistake("wrong Host", "host", "web_hostname", clinic -> clinic.host = "other.test"),
                new Mistake("no key", "key", "type API", clinic -> clinic.key = " "),
                new Mistake("unknown key", "key", "Credentials", clinic -> clinic.key = "UnknownKeyUnknownKey0000"),
                new Mistake("SMTP key", "key", "of type API, not SMTP", clinic -> clinic.key = DoctorClinic.SMTP_KEY),
                new Mistake("suspended server", "suspended", "administrator", clinic -> clinic.postal.server().suspend()),
                new Mistake("foreign pinned key", "pinned-key", "default-dkim-record",
                        clinic -> clinic.publicKey = TestKey.SHARED.publicKey()),
                new Mistake("keys away", "keys", "publicKey", clinic -> clinic.postal.withholdKeys()),
                new Mistake("clock off", "clock", "NTP",
                        clinic -> clinic.clock = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-7))),
                new Mistake("sender not allowed", "sender", "verify", clinic -> clinic.from = "shop@foreign.test"),
                new Mistake("time-out of 5 s", "loop-delivered", "processingTimeout", clinic -> {
                    clinic.isSlow = true;
                    clinic.sendALoop();
                }),
                new Mistake("private target refused", "loop-delivered", Status.FAILED, "POSTAL_ALLOWED_REQUEST_DESTINATIONS",
                        settings -> settings.version("3.3.7"), DoctorClinic::sendALoop),
                new Mistake("endpoint says 404", "loop-delivered", "path", clinic -> {
                    clinic.responds = 404;
                    clinic.sendALoop();
                }),
                new Mistake("development mode", "loop-sent", "Live", clinic -> {
                    clinic.postal.server().settings(settings -> settings.withMode(ServerSettings.Mode.DEVELOPMENT));
                    clinic.sendALoop();
                }),
                new Mistake("no name server", "dns", "port 53", clinic -> clinic.dns.close()),
                new Mistake("SPF missing", "spf", "include:spf.postal.test", clinic -> clinic.publish("", "TXT", null)),
                new Mistake("SPF without Postal", "spf", "include:spf.postal.test",
                        clinic -> clinic.publish("", "TXT", "v=spf1 a mx -all")),
                new Mistake("DKIM missing", "dkim", "postal-AbCdEf._domainkey.ours.test",
                        clinic -> clinic.publish("postal-AbCdEf._domainkey", "TXT", null)),
                new Mistake("DKIM without a key", "dkim", "TXT",
                        clinic -> clinic.publish("postal-AbCdEf._domainkey", "TXT", "v=DKIM1; p=bm8ga2V5;")),
                new Mistake("MX elsewhere", "mx", "mx.postal.test",
                        clinic -> clinic.publish("", "MX", "10 mx.elsewhere.test.")),
                new Mistake("return path elsewhere", "return-path", "CNAME",
                        clinic -> clinic.publish("psrp", "CNAME", "rp.elsewhere.test.")),
                new Mistake("DMARC missing", "dmarc", Status.WARNING, "v=DMARC1", settings -> settings,
                        clinic -> clinic.publish("_dmarc", "TXT", null)),
                new Mistake("DMARC without a policy", "dmarc", "p=none", clinic -> clinic.publish("_dmarc", "TXT", "v=DMARC1")),
                new Mistake("no reverse DNS", "rdns", "PTR", clinic -> clinic.dns.remove("10.2.0.192.in-addr.arpa", "PTR")));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void findsThePlantedMistakeAndNamesTheRemedy(Mistake mistake) {
        try (DoctorClinic clinic = new DoctorClinic(mistake.settings())) {
            mistake.plant().accept(clinic);

            DoctorReport report = clinic.examine();

            assertThat(report.check(mistake.check())).as(report.toString()).hasValueSatisfying(check -> {
                assertThat(check.status()).isEqualTo(mistake.status());
                assertThat(check.remedy()).contains(mistake.remedy());
            });
            assertThat(report.checks()).as("nothing else is wrong").filteredOn(check -> check.status() != Status.OK)
                    .extracting(DoctorCheck::name).containsExactly(mistake.check());
            assertThat(report.isHealthy()).isEqualTo(mistake.status() == Status.WARNING);
            assertThat(report.toString()).doesNotContain(clinic.key.isBlank() ? "canary" : clinic.key).doesNotContain("loop@");
        }
    }

    @Test
    void findsNothingWhereNothingIsWrong() throws Exception {
        try (DoctorClinic clinic = new DoctorClinic(settings -> settings)) {
            clinic.sendALoop();

            DoctorReport report = clinic.examine();

            assertThat(report.checks()).allSatisfy(check -> assertThat(check.status()).isEqualTo(Status.OK));
            assertThat(report.checks()).extracting(DoctorCheck::name).containsExactly("server", "host", "key", "suspended",
                    "keys", "pinned-key", "clock", "sender", "loop-sent", "loop-arrived", "loop-delivered", "loop-events",
                    "spf",
                    "dkim", "mx", "return-path", "dmarc", "rdns");
            assertThat(report.check("loop-events").orElseThrow().finding()).contains("MessageSent").contains("mail");
            assertThat(new ObjectMapper().writeValueAsString(report)).contains("\"healthy\":true")
                    .contains("\"status\":\"ok\"");
        }
    }

    @Test
    void sendsNothingWithoutALoop() {
        try (DoctorClinic clinic = new DoctorClinic(settings -> settings)) {
            clinic.examine();

            assertThat(clinic.postal.sent()).isEmpty();
        }
    }

    @Test
    void saysWhereNoMailMayBeSentThatTheLoopWasNotTried() {
        try (DoctorClinic clinic = new DoctorClinic(settings -> settings)) {
            clinic.key = "UnknownKeyUnknownKey0000";
            clinic.sendALoop();

            assertThat(clinic.examine().checks()).filteredOn(check -> check.status() == Status.FAILED)
                    .extracting(DoctorCheck::name).isEqualTo(List.of("key", "loop"));
        }
    }

    private static String nobody() {
        return "http://127.0.0.1:" + FreePort.find();
    }
}
