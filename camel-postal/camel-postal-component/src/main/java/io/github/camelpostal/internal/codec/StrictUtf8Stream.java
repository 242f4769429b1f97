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
package io.github.camelpostal.internal.codec;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.MalformedInputException;

/**
 * Fails on bytes that are not UTF-8 as Unicode defines it. Jackson's own decoder takes overlong sequences and encoded
 * surrogates, which other programs read differently.
 */
final class StrictUtf8Stream extends FilterInputStream {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long NOT_ASCII = 0x8080808080808080L;

    /** Continuation bytes that are still to come, and the range of the next one. */
    private int expected;
    private int lowest;
    private int highest;

    StrictUtf8Stream(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = in.read(target, offset, length);
        if (count < 0 && expected > 0) {
            throw new MalformedInputException(expected);
        }
        int i = offset;
        int end = offset + count;
        while (i < end) {
            if (expected == 0 && end - i >= Long.BYTES && ((long) LONGS.get(target, i) & NOT_ASCII) == 0) {
                i += Long.BYTES; // most of a mail is ASCII
            } else {
                check(target[i++] & 0xff);
            }
        }
        return count;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void check(int b) throws MalformedInputException {
        if (expected > 0) {
            if (b < lowest || b > highest) {
                throw new MalformedInputException(1);
            }
            expected--;
            lowest = 0x80;
            highest = 0xbf;
        } else if (b >= 0x80) {
            begin(b);
        }
    }

    /** The first continuation byte of some sequences has a narrower range (Unicode, table 3-7). */
    private void begin(int b) throws MalformedInputException {
        if (b < 0xc2 || b > 0xf4) {
            throw new MalformedInputException(1);
        }
        expected = b < 0xe0 ? 1 : b < 0xf0 ? 2 : 3;
        lowest = b == 0xe0 ? 0xa0 : b == 0xf0 ? 0x90 : 0x80;
        highest = b == 0xed ? 0x9f : b == 0xf4 ? 0x8f : 0xbf;
    }
}
