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

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import jakarta.activation.DataHandler;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;

import io.github.camelpostal.api.PostalMessage;
import io.github.camelpostal.payload.InboundMail;
import io.github.camelpostal.sandbox.HttpEndpoint;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;
import org.apache.camel.Exchange;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From a mail that arrives to the reply that Postal has, by {@code InboundMail.reply()}. */
class ReplyToMailTest {

    private static final String ANN = "ann@customer.example";
    private static final Duration LONG = Duration.ofSeconds(60);

    private final PostalSandbox postal = PostalSandbox.start();
    private final CamelApp app = CamelApp.create();
    private final BlockingQueue<Exchange> done = new LinkedBlockingQueue<>();

    ReplyToMailTest() throws Exception {
    }

    @AfterEach
    void stop() {
        app.close();
        postal.close();
    }

    @ParameterizedTest
    @EnumSource(HttpEndpoint.Format.class)
    void aRouteRepliesInTheThreadByOneExpression(HttpEndpoint.Format format) throws Exception {
        start(format, new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook?accept=mail").filter(simple("${body.canReply}"))
                        .setHeader(PostalConstants.PLAIN_BODY, simple("We have your mail about ${body.subject}."))
                        .setBody(simple("${body.reply}")).to("postal:send").process(exchange -> done.add(exchange));
            }
        });

        receive("""
                From: =?UTF-8?Q?Doe=2C_Ann?= <ann@customer.example>
                To: support@example.com
                Subject: =?UTF-8?Q?gr=C3=B6=C3=9Fer?=
                Message-ID: <third@customer.example>
                In-Reply-To: <second@customer.example>
                References: <first@customer.example>
                 <second@customer.example>
                """);
        StoredMail sent = postal.awaitSentTo(ANN, LONG);

        MimeMessage reply = sent.mime();
        assertThat(reply.getSubject()).isEqualTo("Re: größer");
        assertThat(reply.getFrom()[0]).hasToString("support@example.com");
        assertThat(reply.getHeader("In-Reply-To")).containsExactly("<third@customer.example>");
        assertThat(reply.getHeader("References", null).split("\\s+")).containsExactly("<first@customer.example>",
                "<second@customer.example>", "<third@customer.example>");
        assertThat(text(reply)).contains("We have your mail about größer.");
    }

    @ParameterizedTest
    @EnumSource(HttpEndpoint.Format.class)
    void aHostileMailPutsNothingIntoTheReplyButText(HttpEndpoint.Format format) throws Exception {
        start(format, new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook?accept=mail").setHeader(PostalConstants.PLAIN_BODY, constant("Thank you."))
                        .setBody(simple("${body.reply}")).to("postal:send").process(exchange -> done.add(exchange));
            }
        });

        receive("""
                From: =?UTF-8?Q?Ann=0D=0ABcc=3A_victim=40other.example?= <ann@customer.example>
                Subject: =?UTF-8?Q?Hello=0D=0ABcc=3A_victim=40other.example=0D=0A=0D=0ABody?=
                Message-ID: <=?UTF-8?Q?a=0D=0ABcc=3A_victim=40other.example?=@customer.example>
                References: <b@customer.example> =?UTF-8?Q?=0D=0ABcc=3A_victim=40other.example?=
                """);
        StoredMail reply = postal.awaitSentTo(ANN, LONG);

        assertThat(done.poll(60, TimeUnit.SECONDS)).isNotNull();
        assertThat(reply.mime().getHeader("Bcc")).isNull();
        assertThat(reply.subject()).startsWith("Re: Hello Bcc:");
        assertThat(text(reply.mime())).isEqualToIgnoringNewLines("Thank you.");
        assertThat(postal.sent()).hasSize(1);
    }

    @Test
    void theirAttachmentsAreNotSentBackAndOursAreSent() throws Exception {
        start(HttpEndpoint.Format.HASH, new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook?accept=mail").setHeader(PostalConstants.PLAIN_BODY, constant("See the price list."))
                        .setBody(simple("${body.reply}"))
                        .process(exchange -> exchange.getMessage(AttachmentMessage.class).addAttachment("prices.bin",
                                new DataHandler(new ByteArrayDataSource(new byte[]{0, 1, 2}, "application/octet-stream"))))
                        .to("postal:send").process(exchange -> done.add(exchange));
            }
        });

        receive("""
                From: ann@customer.example
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: text/plain

                See the photo.
                --b
                Content-Type: application/octet-stream
                Content-Disposition: attachment; filename="photo.bin"

                photo
                --b--
                """);
        MimeMultipart reply = (MimeMultipart) postal.awaitSentTo(ANN, LONG).mime().getContent();

        assertThat(reply.getCount()).isEqualTo(2);
        assertThat(reply.getBodyPart(1).getFileName()).isEqualTo("prices.bin");
    }

    @Test
    void anAutomaticReplyGoesOnInTheConversationOfTheMail() throws Exception {
        PostalConfiguration options = options();
        options.setReplyAddress("support@example.com");
        options.setConversationSecret(ConversationApp.SECRET);
        start(HttpEndpoint.Format.HASH, new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:ask").to("postal:send");
                from("postal:webhook?accept=mail").filter(header(PostalConstants.REPLY_ALLOWED).isEqualTo(true))
                        .setHeader(PostalConstants.CONVERSATION, header(PostalConstants.CONVERSATION_ID))
                        .setHeader(PostalConstants.AUTO_REPLY, constant(true))
                        .setHeader(PostalConstants.PLAIN_BODY, constant("Noted."))
                        .setBody(simple("${body.reply}")).to("postal:send").process(exchange -> done.add(exchange));
            }
        });
        app.context().createProducerTemplate().send("direct:ask", exchange -> {
            exchange.getMessage().setHeader(PostalConstants.CONVERSATION, "order-4711");
            exchange.getMessage().setBody(PostalMessage.builder().from("support@example.com").to("bob@customer.example")
                    .subject("Do you approve?").plainBody("Please reply.").build());
        });
        StoredMail question = postal.awaitSentTo("bob@customer.example", LONG);
        String address = question.mime().getReplyTo()[0].toString();

        postal.receive("bob@customer.example", address, mail("From: ann@customer.example\nSubject: RE: Do you approve?\n"));
        MimeMessage reply = postal.awaitSentTo(ANN, LONG).mime();

        assertThat(reply.getHeader("Auto-Submitted")).containsExactly("auto-replied");
        assertThat(reply.getSubject()).isEqualTo("Re: Do you approve?");
        assertThat(reply.getFrom()[0]).as("without the token").hasToString("support@example.com");
        assertThat(reply.getReplyTo()[0].toString()).matches("support\\+.+order-4711.+@example.com");
        assertThat(reply.getMessageID()).contains("order-4711");
    }

    @Test
    void anAutomaticReplyGoesToOneAddressHoweverManyAStrangerNames() throws Exception {
        start(HttpEndpoint.Format.HASH, new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook?accept=mail").setHeader(PostalConstants.AUTO_REPLY, constant(true))
                        .setHeader(PostalConstants.PLAIN_BODY, constant("Noted.")).setBody(simple("${body.reply}"))
                        .to("postal:send").process(exchange -> done.add(exchange));
            }
        });

        receive("From: ann@customer.example\nReply-To: ann@customer.example, bob@other.example, eve@other.example\n");
        postal.awaitSentTo(ANN, LONG);

        assertThat(done.poll(60, TimeUnit.SECONDS)).isNotNull();
        assertThat(postal.sent()).hasSize(1);
    }

    @Test
    void inJavaAMessageBeginsWithTheReplyAndAHeaderStillWins() throws Exception {
        start(HttpEndpoint.Format.RAW, new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook?accept=mail").process(exchange -> {
                    InboundMail mail = exchange.getMessage().getBody(InboundMail.class);
                    exchange.getMessage().setBody(PostalMessage.builder(mail.reply()).htmlBody("<p>Thank you.").build());
                }).setHeader(PostalConstants.FROM, constant("Support <help@example.com>")).to("postal:send")
                        .process(exchange -> done.add(exchange));
            }
        });

        receive("From: ann@customer.example\nReply-To: Desk <desk@customer.example>, bob@customer.example\n");

        assertThat(postal.awaitSentTo("desk@customer.example", LONG).mime().getFrom()[0])
                .hasToString("Support <help@example.com>");
        assertThat(text(postal.awaitSentTo("bob@customer.example", LONG).mime())).contains("<p>Thank you.");
    }

    private PostalConfiguration options() {
        return app.context().getComponent("postal", PostalComponent.class).getConfiguration();
    }

    private void start(HttpEndpoint.Format format, RouteBuilder routes) throws Exception {
        app.sendTo(postal);
        options().setProcessingTimeout(60_000);
        app.context().addRoutes(routes);
        app.context().start();
        URI here = URI.create("http://127.0.0.1:" + app.port() + "/postal");
        postal.routeTo("*@example.com", HttpEndpoint.of(here).withFormat(format).withTimeout(Duration.ofSeconds(70)));
    }

    private void receive(String header) {
        postal.receive("bounces@customer.example", "support+4711@example.com", mail(header));
    }

    /** Postal puts one multipart into another. */
    private static String text(Part part) throws Exception {
        return part.getContent() instanceof MimeMultipart parts ? text(parts.getBodyPart(0)) : part.getContent().toString();
    }

    private static byte[] mail(String header) {
        String text = header.contains("--b--") ? header : header + "\nHello\n";
        return text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }
}
