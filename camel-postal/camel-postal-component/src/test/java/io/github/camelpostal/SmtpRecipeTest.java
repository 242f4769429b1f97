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

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.internet.MimeMessage;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mail.MailConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The recipe of {@code smtp.md}: Postal's SMTP server by camel-mail, shown against another real SMTP server. */
class SmtpRecipeTest {

    private final GreenMail smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final DefaultCamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void start() throws Exception {
        smtp.start();
        smtp.setUser("inbox@x.test", "acme/main", "canary-credential");
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
        smtp.stop();
    }

    @Test
    void aMailLeavesWithCredentialFromAndTagAndTellsItsMessageId() throws Exception {
        Exchange exchange = send("canary-credential", "");

        assertThat(exchange.getException()).isNull();
        assertThat(smtp.getReceivedMessages()).hasSize(1);
        MimeMessage mail = smtp.getReceivedMessages()[0];
        assertThat(mail.getHeader("From")).containsExactly("sales@acme.example");
        assertThat(mail.getHeader("To")).containsExactly("bob@rcpt.test");
        assertThat(mail.getSubject()).isEqualTo("Hello");
        assertThat(mail.getHeader("X-Postal-Tag")).containsExactly("newsletter");
        assertThat(mail.getHeader("X-Internal")).as("what the route knew").isNull();
        assertThat(mail.getContent().toString()).contains("text");
        assertThat(exchange.getMessage().getHeader(MailConstants.MAIL_MESSAGE_ID)).isEqualTo(mail.getMessageID());
    }

    @Test
    void aWrongCredentialFailsTheExchangeAndNothingIsSent() {
        Exchange exchange = send("canary-wrong", "");

        assertThat(exchange.getException()).isInstanceOf(AuthenticationFailedException.class);
        assertThat(exchange.getException().toString()).doesNotContain("canary");
        assertThat(smtp.getReceivedMessages()).isEmpty();
    }

    @Test
    void withStarttlsRequiredNothingIsSaidInTheClear() {
        Exchange exchange = send("canary-credential", "&mail.smtp.starttls.enable=true&mail.smtp.starttls.required=true");

        assertThat(exchange.getException()).hasMessageContaining("STARTTLS is required");
        assertThat(smtp.getReceivedMessages()).isEmpty();
    }

    private Exchange send(String credential, String options) {
        try {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:mail").removeHeaders("*")
                            .setHeader("From", constant("sales@acme.example")).setHeader("To", constant("bob@rcpt.test"))
                            .setHeader("Subject", constant("Hello")).setHeader("X-Postal-Tag", constant("newsletter"))
                            .to("smtp://127.0.0.1:" + smtp.getSmtp().getPort() + "?username=acme/main&password=RAW("
                                    + credential + ")" + options);
                }
            });
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return camel.createProducerTemplate().send("direct:mail", exchange -> {
            exchange.getMessage().setBody("text");
            exchange.getMessage().setHeader("X-Internal", "secret");
        });
    }
}
