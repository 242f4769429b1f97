package consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.endpoint.EndpointRouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import io.github.camelpostal.dsl.PostalComponentBuilderFactory;
import io.github.camelpostal.dsl.PostalEndpointBuilderFactory;
import io.github.camelpostal.sandbox.PostalSandbox;

/** What a user of the published artifacts does first. */
class ConsumerTest {

    static final class Routes extends EndpointRouteBuilder implements PostalEndpointBuilderFactory.PostalBuilders {

        @Override
        public void configure() {
            from(direct("mail")).to(postal("send").from("shop@example.com").to("ann@example.org").subject("Hello"));
        }
    }

    @Test
    void sendsAMail() throws Exception {
        try (PostalSandbox postal = PostalSandbox.start(); DefaultCamelContext context = new DefaultCamelContext()) {
            PostalComponentBuilderFactory.postal().serverUrl(postal.url().toString()).apiKey(postal.apiKey())
                    .register(context, "postal");
            context.addRoutes(new Routes());
            context.start();

            context.createProducerTemplate().sendBody("direct:mail", "Hello");

            assertEquals("Hello", postal.sent().only().subject());
        }
    }

    /** A Spring Boot application with its options in its properties. */
    @EnableAutoConfiguration
    static class Application {

        @Bean
        RouteBuilder routes() {
            return new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:boot").to("postal:send?from=shop@example.com&to=ann@example.org&subject=Boot");
                }
            };
        }
    }

    @Test
    void sendsAMailFromSpringBoot() {
        try (PostalSandbox postal = PostalSandbox.start();
                ConfigurableApplicationContext application = new SpringApplicationBuilder(Application.class)
                        .web(WebApplicationType.NONE)
                        .properties("camel.component.postal.server-url=" + postal.url(),
                                "camel.component.postal.api-key=" + postal.apiKey())
                        .run()) {
            application.getBean(ProducerTemplate.class).sendBody("direct:boot", "Hello");

            assertEquals("Boot", postal.sent().only().subject());
        }
    }

    @Test
    void findsTheKamelets() {
        assertNotNull(getClass().getResource("/kamelets/postal-sink.kamelet.yaml"));
    }
}
