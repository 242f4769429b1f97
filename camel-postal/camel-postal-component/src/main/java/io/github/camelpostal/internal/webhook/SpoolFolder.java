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

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes and removes the folder of a spool without trusting the directory around it.
 *
 * <p>Other users may write to that directory, {@code /tmp} for example, and put a folder or a link there that has our
 * application remove its own files. So only a folder that belongs to this user, that nobody else can write to and that is no
 * link is removed, without recursion, and no link is ever followed.
 */
final class SpoolFolder {

    static final String LOCK_NAME = "lock";

    private static final Logger LOG = LoggerFactory.getLogger(SpoolFolder.class);
    private static final boolean POSIX = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");

    private SpoolFolder() {
    }

    /** Creates the directory, for this user only, unless it is there. */
    static void createPrivately(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        if (POSIX) {
            Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(PRIVATE));
        } else {
            Files.createDirectories(directory);
        }
    }

    /** Removes a folder that a crash left behind, unless a living process has its lock or it is not ours. */
    static boolean removeIfOrphan(Path folder) {
        Path lockFile = folder.resolve(LOCK_NAME);
        if (!isOurs(folder) || !Files.isRegularFile(lockFile, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                return false;
            }
            remove(folder);
            return true;
        } catch (OverlappingFileLockException e) {
            LOG.trace("{} belongs to this process, by another class loader", folder);
        } catch (IOException e) {
            LOG.debug("{} cannot be removed", folder, e);
        }
        return false;
    }

    /** Removes the folder and the files that lie directly in it. */
    static void remove(Path folder) throws IOException {
        Path directory = folder.getParent();
        try (DirectoryStream<Path> around = Files.newDirectoryStream(directory)) {
            if (around instanceof SecureDirectoryStream<Path> secure) {
                removeIn(secure, folder.getFileName());
                return;
            }
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /** The folder is opened once and its files removed by that handle, so that nobody can put a link in its place meanwhile. */
    private static void removeIn(SecureDirectoryStream<Path> directory, Path name) throws IOException {
        try (SecureDirectoryStream<Path> folder = directory.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
            List<Path> files = new ArrayList<>();
            folder.forEach(file -> files.add(file.getFileName()));
            for (Path file : files) {
                folder.deleteFile(file);
            }
        }
        directory.deleteDirectory(name);
    }

    private static boolean isOurs(Path folder) {
        if (!POSIX) {
            return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
        }
        try {
            PosixFileAttributes attributes = Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            Set<PosixFilePermission> forOthers = EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
            forOthers.retainAll(attributes.permissions());
            return attributes.isDirectory() && forOthers.isEmpty() && attributes.owner().equals(ourselves());
        } catch (IOException e) {
            LOG.debug("{} cannot be examined", folder, e);
            return false;
        }
    }

    /** Who this process is, as the file system sees it; a container may have no name for the user. */
    private static UserPrincipal ourselves() throws IOException {
        Path probe = Files.createTempFile("postal-", ".probe");
        try {
            return Files.getOwner(probe, LinkOption.NOFOLLOW_LINKS);
        } finally {
            Files.delete(probe);
        }
    }
}
