package io.taxoscope.activationservice.datasets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A folder of class folders. Symbolic links in it are not followed. */
final class FolderImages implements ImageSource {
    private final Path root;
    private final List<Path> files;
    private final Labelling labelling;

    private FolderImages(Path root, List<Path> files, Labelling labelling) {
        this.labelling = labelling;
        this.root = root;
        this.files = files;
    }

    static FolderImages of(Path root, Labelling labelling) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            List<Path> files = all.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> !Labels.isHidden(name(root, file)))
                    .sorted()
                    .toList();
            return new FolderImages(root, files, labelling);
        }
    }

    @Override
    public int size() {
        return files.size();
    }

    @Override
    public void visit(Visitor visitor) throws IOException, InterruptedException {
        for (Path file : files) {
            String path = name(root, file);
            String label = labelling.of(path);
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                visitor.refused(
                        path, Files.isSymbolicLink(file) ? "a symbolic link is not followed" : "no regular file");
            } else if (label == null) {
                visitor.refused(path, Labels.NONE);
            } else {
                visitor.image(path, label, new FileContent(file));
            }
        }
    }

    /** With slashes, whatever the platform. */
    private static String name(Path root, Path file) {
        return StreamSupport.stream(root.relativize(file).spliterator(), false)
                .map(Path::toString)
                .collect(Collectors.joining("/"));
    }
}
