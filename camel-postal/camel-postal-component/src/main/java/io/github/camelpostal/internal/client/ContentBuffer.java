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
package io.github.camelpostal.internal.client;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.github.camelpostal.payload.Content;

/**
 * Content in memory that grows without being copied: a list of blocks, of which only the last is not full.
 */
final class ContentBuffer extends OutputStream implements Content {

    private static final int FIRST = 1024;
    private static final int LARGEST = 1024 * 1024;

    private final List<byte[]> blocks = new ArrayList<>();
    private int usedOfLast;
    private long length;

    @Override
    public void write(int b) {
        write(new byte[]{(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
        int from = offset;
        int left = count;
        while (left > 0) {
            byte[] last = lastWithRoom();
            int n = Math.min(left, last.length - usedOfLast);
            System.arraycopy(bytes, from, last, usedOfLast, n);
            usedOfLast += n;
            from += n;
            left -= n;
        }
        length += count;
    }

    private byte[] lastWithRoom() {
        byte[] last = blocks.isEmpty() ? null : blocks.get(blocks.size() - 1);
        if (last == null || usedOfLast == last.length) {
            last = new byte[last == null ? FIRST : Math.min(last.length * 2, LARGEST)];
            blocks.add(last);
            usedOfLast = 0;
        }
        return last;
    }

    @Override
    public InputStream open() {
        List<InputStream> streams = new ArrayList<>(blocks.size());
        for (int i = 0; i < blocks.size(); i++) {
            byte[] block = blocks.get(i);
            streams.add(new ByteArrayInputStream(block, 0, i == blocks.size() - 1 ? usedOfLast : block.length));
        }
        return new SequenceInputStream(Collections.enumeration(streams));
    }

    @Override
    public long length() {
        return length;
    }
}
