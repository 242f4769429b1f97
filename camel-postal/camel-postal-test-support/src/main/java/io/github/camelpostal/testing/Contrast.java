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
package io.github.camelpostal.testing;

import java.util.List;

/** How well text stands out from what is behind it, by the measure of WCAG 2. */
public final class Contrast {
    /** Of every visible text: its colour against the nearest background that covers. */
    private static final String MEASURE = """
            const parse = text => (text.match(/[\\d.]+/g) || []).map(Number);
            const channel = c => (c /= 255) <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4;
            const light = c => .2126 * channel(c[0]) + .7152 * channel(c[1]) + .0722 * channel(c[2]);
            const behind = element => {
              for (let e = element; e; e = e.parentElement) {
                const c = parse(getComputedStyle(e).backgroundColor);
                if (c.length === 3 || c[3] === 1) return c;
              }
              return [255, 255, 255];
            };
            const poor = [];
            document.querySelectorAll('body *').forEach(element => {
              const own = Array.from(element.childNodes).some(n => n.nodeType === 3 && n.textContent.trim());
              if (!own || !element.checkVisibility() || element.closest('dialog, .hidden, .skip')) return;
              const a = light(parse(getComputedStyle(element).color)), b = light(behind(element));
              const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
              if (ratio < 4.5) poor.push(element.outerHTML.slice(0, 120) + ' ' + ratio.toFixed(2));
            });
            return poor;
            """;

    private Contrast() {
    }

    /** Texts below 4.5 to 1, the least for small print. */
    @SuppressWarnings("unchecked")
    public static List<String> poorOnes(Chromium browser) {
        return (List<String>) browser.run(MEASURE);
    }
}
