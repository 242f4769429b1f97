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
package io.github.camelpostal.payload;

/** An event about one stored message. */
public sealed interface MessageEvent extends PostalEvent
        permits DeliveryEvent, BounceEvent, LinkClickedEvent, MessageOpenedEvent {

    /** The message that the event is about; of a bounce, the original. */
    MessageInfo message();
}
