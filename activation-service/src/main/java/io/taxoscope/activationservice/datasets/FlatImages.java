package io.taxoscope.activationservice.datasets;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Images of a source whose labels stand in a file of their own. */
final class FlatImages implements ImageSource {
    private final ImageSource images;
    private final LabelFile labels;

    /** @param images which need not know any label, see {@link Labelling#ELSEWHERE} */
    FlatImages(ImageSource images, LabelFile labels) {
        this.images = images;
        this.labels = labels;
    }

    @Override
    public int size() {
        return images.size();
    }

    @Override
    public void visit(Visitor visitor) throws IOException, InterruptedException {
        Labelling labelling = labels.of(paths());
        images.visit(new Visitor() {
            @Override
            public void image(String path, String unknown, Content content) throws IOException, InterruptedException {
                if (isLabelFile(path)) {
                    return;
                }
                String label = labelling.of(path);
                if (label == null) {
                    visitor.refused(path, "the label file does not name it");
                } else {
                    visitor.image(path, label, content);
                }
            }

            @Override
            public void refused(String path, String reason) {
                visitor.refused(path, reason);
            }
        });
    }

    /** The images' names are needed all at once where the label file has labels only. */
    private List<String> paths() throws IOException, InterruptedException {
        List<String> paths = new ArrayList<>();
        images.visit(new Visitor() {
            @Override
            public void image(String path, String label, Content content) {
                if (!isLabelFile(path)) {
                    paths.add(path);
                }
            }

            @Override
            public void refused(String path, String reason) {
                // It is named when the images are read.
            }
        });
        return paths;
    }

    /** Which may lie among the images. */
    private static boolean isLabelFile(String path) {
        return path.endsWith(".txt") || path.endsWith(".csv") || path.endsWith(".tsv");
    }
}
