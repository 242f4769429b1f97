package consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import org.apache.camel.builder.endpoint.EndpointRouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

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

    @Test
    void findsTheKameletsAndTheStarterOnTheClasspath() throws Exception {
        assertNotNull(getClass().getResource("/kamelets/postal-sink.kamelet.yaml"));
        assertNotNull(Class.forName("io.github.camelpostal.springboot.PostalComponentAutoConfiguration"));
    }
}
