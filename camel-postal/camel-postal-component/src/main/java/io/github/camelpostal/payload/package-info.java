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
/**
 * What Postal sends: delivery events and inbound mail, as plain Java types that know nothing of Camel.
 *
 * <p>{@link io.github.camelpostal.payload.PostalPayload} is either an event
 * ({@link io.github.camelpostal.payload.PostalEvent}) or a mail ({@link io.github.camelpostal.payload.InboundMail}). Accessors
 * give null where Postal or the mail says nothing, so that Camel's Simple language and templates can use them as they are:
 * {@code ${body.subject}}. All types become JSON with Postal's field names, as {@code toMap()} gives them.
 */
@NullMarked
package io.github.camelpostal.payload;

import org.jspecify.annotations.NullMarked;
