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
package io.github.camelpostal.internal.mime.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;

import io.github.camelpostal.internal.client.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Address fields are RFC 5322 lists, and nobody is lost or invented. */
class AddressListTest {

    @Test
    void aQuotedCommaIsPartOfTheName() {
        assertThat(AddressList.parse("to", "\"Doe, Jane\" <jane@x.test>, bob@y.test")).containsExactly(
                new Mailbox("Doe, Jane", "jane@x.test"), new Mailbox("", "bob@y.test"));
        assertThat(AddressList.parse("to", "\"Doe, Jane\" <jane@x.test>").get(0).asText())
                .isEqualTo("\"Doe, Jane\" <jane@x.test>");
    }

    @Test
    void namesThatAreNotAsciiStayIntact() {
        assertThat(AddressList.parse("to", "Zoë Ünal <zoe@rcpt.test>").get(0).asText())
                .isEqualTo("\"Zoë Ünal\" <zoe@rcpt.test>");
        assertThat(AddressList.parse("to", "=?UTF-8?Q?J=C3=B6rg?= <j@x.test>").get(0).name()).isEqualTo("Jörg");
        assertThat(AddressList.parse("to", "日本語 <a@x.test>").get(0).asInternetAddress().toString()).isEqualTo(
                "=?UTF-8?B?5pel5pys6Kqe?= <a@x.test>");
    }

    @Test
    void internationalDomainsBecomeALabels() {
        assertThat(AddressList.parse("to", "Info <info@Müller.de>").get(0).address()).isEqualTo("info@xn--mller-kva.de");
        assertThat(AddressList.parse("to", "a@例え.テスト").get(0).address()).isEqualTo("a@xn--r8jz45g.xn--zckzah");
    }

    /** By IDNA 2003 these would go to fass.example and the like, which may be other people's. */
    @ParameterizedTest
    @CsvSource({"faß.example, xn--fa-hia.example", "βόλος.com, xn--nxasmm1c.com",
            "\u0DC1\u0DCA\u200D\u0DBB\u0DD3.com, xn--10cl1a0b660p.com",
            "Straße.Example, xn--strae-oqa.example"})
    void aDomainIsNeverMappedToAnother(String domain, String expected) {
        assertThat(AddressList.parse("to", "bob@" + domain).get(0).address()).isEqualTo("bob@" + expected);
        assertThat(AddressList.parse("to", "\"a, bob@faß\" <bob@" + domain + ">, c@x.test")).containsExactly(
                new Mailbox("a, bob@faß", "bob@" + expected), new Mailbox("", "c@x.test"));
    }

    @ParameterizedTest
    @CsvSource({"a\u200Db.example, contextj", "a..ü.example, empty label",
            "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü.de, label too long"})
    void aDomainThatUnicodeForbidsIsRefusedWithTheReason(String domain, String reason) {
        assertThatThrownBy(() -> AddressList.parse("to", "bob@" + domain)).isInstanceOf(Refusal.class)
                .hasMessageContaining("'to'").hasMessageContaining(reason).hasMessageNotContaining(domain);
    }

    @Test
    void aNameWithAColonIsNoGroupAndKeepsItsAddress() {
        assertThat(AddressList.parse("replyTo", "UCSD Racing: Electronics <z@x.test>"))
                .containsExactly(new Mailbox("UCSD Racing: Electronics", "z@x.test"));
        assertThat(AddressList.parseMessageField("Reply-To", List.of("Racing: Electronics <z@x.test>")))
                .extracting(Mailbox::asText).containsExactly("\"Racing: Electronics\" <z@x.test>");
    }

    @Test
    void listsCollectionsAndArraysAreTheSame() {
        List<Mailbox> expected = AddressList.parse("to", "a@x.test, b@x.test");
        assertThat(AddressList.parse("to", List.of("a@x.test", "b@x.test"))).isEqualTo(expected);
        assertThat(AddressList.parse("to", new String[]{"a@x.test", "b@x.test"})).isEqualTo(expected);
        assertThat(AddressList.parse("to", Arrays.asList("a@x.test", null, "b@x.test"))).isEqualTo(expected);
        assertThat(AddressList.parse("to", "a@x.test,\r\n b@x.test,")).isEqualTo(expected);
        assertThat(AddressList.parse("to", null)).isEmpty();
        assertThat(AddressList.parse("to", " ")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Team: a@x.test, b@x.test;            | is a group
            undisclosed-recipients:;             | is a group
            <a@x.test> b@x.test                  | a comma may be missing
            John <a@x.test> trailing             | a comma may be missing
            John <a@x.test> Jane <b@x.test>      | no RFC 5322 address list
            a@x.test b@x.test                    | no RFC 5322 address list
            a@x.test;b@x.test                    | no RFC 5322 address list
            Doe, Jane <a@x.test>                 | no local part and domain
            jörg@x.test                          | local part that is not ASCII
            a..b@x.test                          | no RFC 5322 address list
            a@                                   | 'to'
            @x.test                              | 'to'
            <@relay.test:a@x.test>               | 'to'
            a@x@y.test                           | no RFC 5322 address list
            """)
    void whatIsNoListOfMailboxesIsRefusedAndSaysWhy(String list, String reason) {
        assertThatThrownBy(() -> AddressList.parse("to", list)).isInstanceOf(Refusal.class).hasMessageContaining("'to'")
                .hasMessageContaining(reason).hasMessageNotContainingAny("x.test", "jörg");
    }

    @Test
    void anAddressMayHave255Characters() {
        String domain = "@" + "d".repeat(60) + ".test";
        String longest = "l".repeat(255 - domain.length()) + domain;
        assertThat(AddressList.parse("to", longest).get(0).address()).hasSize(255);
        assertThatThrownBy(() -> AddressList.parse("to", "l" + longest)).hasMessageContaining("256 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a b\"@x.test", "\"a,b\"@x.test", "a@[192.0.2.1]", "a+tag@x.test", "a@localhost",
            "o'brien@x.test", "a=b{c}|d@x.test"})
    void unusualButValidAddressesAreTaken(String address) {
        assertThat(AddressList.parse("to", address)).containsExactly(new Mailbox("", address));
    }

    @Test
    void oneAddressIsNotSeveral() {
        assertThatThrownBy(() -> AddressList.parseOne("from", "a@x.test, b@x.test")).hasMessageContaining("takes one");
    }

    @Test
    void theTypeOfAValueThatIsNoAddressIsNamed() {
        assertThatThrownBy(() -> AddressList.parse("CamelPostalTo", 7)).hasMessageContaining("java.lang.Integer");
    }

    @Test
    void aGroupInAMessageCountsWithItsMembers() {
        assertThat(AddressList.parseMessageField("To", List.of("undisclosed-recipients:;"))).isEmpty();
        assertThat(AddressList.parseMessageField("To", List.of("Team: A <a@x.test>, b@x.test;, c@x.test")))
                .extracting(Mailbox::address).containsExactly("a@x.test", "b@x.test", "c@x.test");
    }
}
