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
package io.github.camelpostal.examples.inboxtoworkflow.scaleout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The report notices what it is there to notice. */
class ScaleOutReportTest {

    private static final ScaleOutReport.Size SIZE = new ScaleOutReport.Size(10, 1);

    @Test
    void holdsWhenTheOnlyDuplicatesAreThoseOfTheKill() {
        assertThat(new ScaleOutReport(SIZE, 10, 0, 10, 2, 30, 0, 0, 10, 1, 0, 2, 14, 4, 0).broken()).isEmpty();
    }

    @Test
    void namesWhatWasLost() {
        assertThat(new ScaleOutReport(SIZE, 9, 0, 9, 0, 29, 0, 1, 9, 0, 0, 2, 14, 4, 1).broken()).containsExactly(
                "every mail is one row", "every attachment is one file", "every order line arrives once",
                "every mail is replied", "Postal gives up no mail");
    }

    @Test
    void namesWhatWasDoneTooOften() {
        assertThat(new ScaleOutReport(SIZE, 10, 1, 10, 3, 30, 1, 0, 10, 2, 1, 2, 14, 4, 0).broken()).containsExactly(
                "every mail is one row", "files are left unfinished only by mails in flight at a kill",
                "every order line arrives once", "a reply is sent twice only when it was under way at a kill",
                "no reply is sent more than twice");
    }
}
