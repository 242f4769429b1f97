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
package io.github.camelpostal.sandbox.internal.page;

import java.util.List;

/**
 * What surrounds every page: title, mail servers, the list, and how things stand.
 *
 * @param kind    what stands beside the list; a class of the style sheet
 * @param base    the URL of the mail server's page
 * @param version of the mailbox when this was made
 */
record Layout(String title, String kind, String base, long version, Switch servers, MessageList list) {

    /** Between mail servers. */
    record Switch(String current, List<Choice> others, boolean several) {
    }

    record Choice(String name, String href) {
    }
}
