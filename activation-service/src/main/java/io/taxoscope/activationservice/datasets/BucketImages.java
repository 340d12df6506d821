package io.taxoscope.activationservice.datasets;

import java.io.IOException;
import java.util.List;

/** The objects below a prefix, as a folder of class folders. */
final class BucketImages implements ImageSource {
    private final Buckets buckets;
    private final S3Location location;
    private final List<Buckets.Item> items;
    private final Labelling labelling;

    BucketImages(Buckets buckets, S3Location location, List<Buckets.Item> items, Labelling labelling) {
        this.buckets = buckets;
        this.location = location;
        this.items = items.stream()
                // Consoles make "folders" of empty objects whose keys end with a slash.
                .filter(item -> !item.key().endsWith("/"))
                .filter(item ->
                        !Labels.isHidden(item.key().substring(location.prefix().length())))
                .toList();
        this.labelling = labelling;
    }

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public void visit(Visitor visitor) throws IOException, InterruptedException {
        var paths = new ArchivePaths("bucket");
        for (Buckets.Item item : items) {
            String path = item.key().substring(location.prefix().length());
            String objection = paths.objection(path);
            String label = labelling.of(path);
            if (objection != null) {
                visitor.refused(path, objection);
            } else if (label == null) {
                visitor.refused(path, Labels.NONE);
            } else {
                visitor.image(path, label, new Download(item));
            }
        }
    }

    private final class Download implements Content {
        private final Buckets.Item item;

        Download(Buckets.Item item) {
            this.item = item;
        }

        @Override
        public byte[] read() {
            return buckets.read(location, item);
        }

        @Override
        public long length() {
            return item.bytes();
        }
    }
}
