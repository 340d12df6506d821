package io.taxoscope.activationservice.datasets;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.util.unit.DataSize;

/** What a source hands out. */
final class Seen implements ImageSource.Visitor {
    static final ImageProperties PROPERTIES =
            new ImageProperties(DataSize.ofMegabytes(1), 1_000_000, 1000, DataSize.ofMegabytes(64), 200);

    final List<String> images = new ArrayList<>();
    final List<String> refused = new ArrayList<>();
    final List<byte[]> bytes = new ArrayList<>();

    static Seen of(ImageSource source) throws IOException, InterruptedException {
        var seen = new Seen();
        source.visit(seen);
        return seen;
    }

    @Override
    public void image(String path, String label, ImageSource.Content content) throws IOException {
        images.add(path + "=" + label);
        bytes.add(content.read());
    }

    @Override
    public void refused(String path, String reason) {
        refused.add(path + ": " + reason);
    }
}
