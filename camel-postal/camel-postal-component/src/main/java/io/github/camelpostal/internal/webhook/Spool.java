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
package io.github.camelpostal.internal.webhook;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.camel.util.FileUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Temporary files for what is too large to be kept in memory, with a cap on all of them together.
 *
 * <p>Every process has a folder of its own below the directory and holds a lock in it, so that folders which a crash left
 * behind can be told from those of another process, and are removed at the next start. Files and folders get random names
 * and can be read by this user only: they hold mail.
 */
final class Spool implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    private static final String FOLDER_PREFIX = "postal-spool-";
    private static final String UNFINISHED_PREFIX = "postal-new-";
    private static final String LOCK_NAME = "lock";
    /** POSIX gives a lock up when the process closes any handle on its file, so those of this process are never opened again. */
    private static final Set<Path> OF_THIS_PROCESS = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final long maxSize;
    private final AtomicLong used = new AtomicLong();
    private Path folder;
    private FileChannel lockChannel;
    private int files;
    private boolean closed;

    /**
     * @param directory in which this spool makes a folder when it first needs one
     * @param maxSize   in bytes, of all files together
     */
    Spool(Path directory, long maxSize) {
        this.directory = directory.toAbsolutePath().normalize();
        this.maxSize = maxSize;
    }

    /** Removes what crashed processes left behind. */
    void removeOrphans() {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(directory, FOLDER_PREFIX + "*")) {
            for (Path candidate : folders) {
                removeIfOrphan(candidate);
            }
        } catch (IOException e) {
            LOG.warn("The spool directory {} cannot be searched for files that a crash left behind", directory, e);
        }
    }

    /** A new empty file. */
    synchronized Entry newEntry() throws NoRoomException {
        try {
            Entry entry = new Entry(newFile());
            files++;
            return entry;
        } catch (IOException e) {
            throw new NoRoomException(e);
        }
    }

    /** Bytes on disk at this moment. */
    long used() {
        return used.get();
    }

    /**
     * Removes the folder as soon as no exchange holds a file in it. Until then it keeps its lock, or the route that is started
     * again would take the files of late exchanges for those of a crash.
     */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        removeFolderIfDone();
    }

    private void removeFolderIfDone() throws IOException {
        if (closed && files == 0 && folder != null) {
            Path done = folder;
            forgetFolder();
            FileUtil.removeDir(done.toFile());
        }
    }

    private void forgetFolder() throws IOException {
        OF_THIS_PROCESS.remove(folder);
        lockChannel.close();
        folder = null;
    }

    private Path newFile() throws IOException {
        if (folder != null && !Files.exists(folder)) { // somebody clears the directory from time to time
            forgetFolder();
        }
        return Files.createTempFile(folder(), "", ".part"); // 0600 where the file system knows modes
    }

    private synchronized void discarded() throws IOException {
        files--;
        removeFolderIfDone();
    }

    /** It gets the name under which others look for orphans when its lock is held. */
    private Path folder() throws IOException {
        if (folder == null) {
            Files.createDirectories(directory);
            Path created = Files.createTempDirectory(directory, UNFINISHED_PREFIX);
            lockChannel = FileChannel.open(created.resolve(LOCK_NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lockChannel.lock();
            Path named = directory.resolve(created.getFileName().toString().replace(UNFINISHED_PREFIX, FOLDER_PREFIX));
            OF_THIS_PROCESS.add(named);
            folder = Files.move(created, named);
        }
        return folder;
    }

    private static void removeIfOrphan(Path candidate) {
        Path lockFile = candidate.resolve(LOCK_NAME);
        if (OF_THIS_PROCESS.contains(candidate) || !Files.exists(lockFile)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE); FileLock lock = channel.tryLock()) {
            if (lock != null) {
                FileUtil.removeDir(candidate.toFile());
                LOG.info("Removed {}, which a stopped process had left behind", candidate);
            }
        } catch (OverlappingFileLockException e) {
            LOG.trace("{} belongs to this process, by another class loader", candidate);
        } catch (IOException e) {
            LOG.debug("{} cannot be removed", candidate, e);
        }
    }

    /** One file and its share of the spool. */
    final class Entry {

        private final Path file;
        private final AtomicLong size = new AtomicLong();

        private Entry(Path file) {
            this.file = file;
        }

        Path file() {
            return file;
        }

        /** A stream into the file; writing beyond the cap of the spool fails with a {@link NoRoomException}. */
        OutputStream write() throws NoRoomException {
            try {
                return new Metered(Files.newOutputStream(file));
            } catch (IOException e) {
                throw new NoRoomException(e);
            }
        }

        void discard() {
            used.addAndGet(-size.getAndSet(0));
            try {
                Files.deleteIfExists(file);
                discarded();
            } catch (IOException e) {
                LOG.warn("The temporary file {} cannot be removed", file, e);
            }
        }

        private final class Metered extends FilterOutputStream {

            Metered(OutputStream out) {
                super(out);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (used.addAndGet(length) > maxSize) {
                    used.addAndGet(-length);
                    throw new NoRoomException(maxSize);
                }
                size.addAndGet(length);
                try {
                    out.write(bytes, offset, length);
                } catch (IOException e) {
                    throw new NoRoomException(e);
                }
            }

            @Override
            public void write(int b) throws IOException {
                write(new byte[]{(byte) b}, 0, 1);
            }
        }
    }

    /** Nothing can be written: the cap is reached, or the disk fails. Told apart from a body that does not arrive. */
    static final class NoRoomException extends IOException {

        private static final long serialVersionUID = 1L;

        NoRoomException(long maxSize) {
            super("The spool is full with " + maxSize + " bytes: raise maxSpoolSize, or look for routes that do not end");
        }

        NoRoomException(IOException cause) {
            super("The disk refuses", cause);
        }
    }
}
