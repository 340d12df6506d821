package io.taxoscope.taxonomy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The 1,000 classes of the ImageNet Large Scale Visual Recognition Challenge 2012. */
public final class Ilsvrc2012 {
    private static final List<SynsetId> CLASSES = read();

    private Ilsvrc2012() {}

    /** Their synsets; the position is the class index that classifiers answer with. */
    public static List<SynsetId> classes() {
        return CLASSES;
    }

    private static List<SynsetId> read() {
        try (InputStream in = Ilsvrc2012.class.getResourceAsStream("ilsvrc2012.tsv")) {
            var text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .map(line -> SynsetId.of(line.substring(line.indexOf('\t') + 1)))
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read the ILSVRC-2012 class list", failure);
        }
    }
}
