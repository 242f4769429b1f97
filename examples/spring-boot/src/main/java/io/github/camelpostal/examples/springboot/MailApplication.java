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
package io.github.camelpostal.examples.springboot;

import java.util.List;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A shop that confirms orders by mail, knows what became of each confirmation, and reads what customers reply.
 *
 * <p>With a Postal in {@code application.yml} that is all. Without one, in the profiles dev and test, camel-postal-sandbox-dev
 * plays Postal; in the profile dev, a {@link Demo} plays the customers.
 */
@SpringBootApplication
public class MailApplication {

    /** Runs until stopped; with {@code --exit}, until the demo is over. */
    public static void main(String[] args) {
        ConfigurableApplicationContext application = SpringApplication.run(MailApplication.class, args);
        if (List.of(args).contains("--exit")) {
            System.exit(SpringApplication.exit(application));
        }
    }
}
