package io.taxoscope.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;

/**
 * How a program that refuses to run as root is run by root. A user namespace of its own makes the program see another
 * user while its files stay root's; where namespaces are forbidden (as in most containers), it becomes {@code nobody}.
 *
 * @param prefix what to put before the command; empty for an ordinary user
 * @param owner who must own the program's folder
 */
record Unprivileged(List<String> prefix, String owner) {
    private static final List<String> NAMESPACE = List.of("unshare", "-U");
    private static final List<String> NOBODY = List.of("runuser", "-u", "nobody", "--");

    static Unprivileged forFolder(Path folder) {
        String user = System.getProperty("user.name", "");
        if (!user.equals("root")) {
            return new Unprivileged(List.of(), user);
        }
        if (works(NAMESPACE, List.of("test", "-r", folder.toString()))) {
            return new Unprivileged(NAMESPACE, user);
        }
        if (works(NOBODY, List.of("test", "-r", folder.toString()))) {
            return new Unprivileged(NOBODY, "nobody");
        }
        throw StandaloneError.ROOT_CANNOT_RUN_POSTGRES.because("PostgreSQL refuses to run as root, and neither a user"
                + " namespace nor the user nobody can read " + folder
                + ": start as an ordinary user, or name a --home that every user may enter");
    }

    List<String> command(List<String> command) {
        var all = new ArrayList<>(prefix);
        all.addAll(command);
        return all;
    }

    /** Gives the folder and all in it to the user that the program will be; it may have been another one before. */
    void own(Path folder) {
        if (!System.getProperty("user.name", "").equals("root")) {
            return;
        }
        try {
            UserPrincipal user =
                    folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(owner);
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) throws IOException {
                    return visitFile(path, attributes);
                }

                @Override
                public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                    if (!attributes.isSymbolicLink() && !Files.getOwner(path).equals(user)) {
                        Files.setOwner(path, user);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot give " + folder + " to " + owner, failure);
        }
    }

    private static boolean works(List<String> prefix, List<String> command) {
        try {
            var all = new ArrayList<>(prefix);
            all.addAll(command);
            Process process = new ProcessBuilder(all)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException notInstalled) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
