package io.taxoscope.activationservice.datasets;

import io.taxoscope.activationservice.ActivationError;
import io.taxoscope.api.Page;
import io.taxoscope.api.activation.ImageView;
import io.taxoscope.common.Sha256;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.DatasetManifest.Example;
import io.taxoscope.vision.image.ImageDecoder;
import io.taxoscope.vision.image.Thumbnail;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The images of a dataset, for looking at. */
@Component
class DatasetImages {
    private static final int MAX_PAGE = 1000;
    private static final int MIN_SIZE = 16;
    private static final int MAX_SIZE = 1024;

    private final Datasets datasets;
    private final Examples examples;
    private final ContentStore store;
    private final ImageDecoder decoder;

    DatasetImages(Datasets datasets, Examples examples, ContentStore store, ImageProperties properties) {
        this.datasets = datasets;
        this.examples = examples;
        this.store = store;
        this.decoder = new ImageDecoder(properties.limits());
    }

    Page<ImageView> page(String id, @Nullable String cursor, int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw ActivationError.PARAMETER_OUT_OF_RANGE.at("limit", "is %d; use 1 to %d".formatted(limit, MAX_PAGE));
        }
        List<Example> all = of(id);
        int from = cursor == null ? 0 : start(cursor, all.size());
        int to = Math.min(all.size(), from + limit);
        return new Page<>(
                all.subList(from, to).stream().map(DatasetImages::view).toList(),
                to < all.size() ? Integer.toString(to) : null);
    }

    /** The cursor of a page is the index of its first image. */
    private static int start(String cursor, int size) {
        try {
            int index = Integer.parseInt(cursor);
            if (index >= 0 && index <= size) {
                return index;
            }
        } catch (NumberFormatException unknown) {
            // Told below.
        }
        throw ActivationError.PARAMETER_OUT_OF_RANGE.at(
                "cursor", "is '" + cursor + "'; use the nextCursor of a page of this dataset");
    }

    ImageView image(String id, int index) {
        return view(example(id, index));
    }

    /** The hash of the original file: a thumbnail of one size never changes. */
    Sha256 hash(String id, int index) {
        return new Sha256(example(id, index).sha256());
    }

    byte[] thumbnail(Sha256 file, int size) {
        if (size < MIN_SIZE || size > MAX_SIZE) {
            throw ActivationError.PARAMETER_OUT_OF_RANGE.at(
                    "size", "is %d; use %d to %d".formatted(size, MIN_SIZE, MAX_SIZE));
        }
        return Thumbnail.jpeg(decoder.decode(store.read(file)), size);
    }

    private Example example(String id, int index) {
        List<Example> all = of(id);
        if (index < 0 || index >= all.size()) {
            throw ActivationError.IMAGE_NOT_FOUND.because(
                    "the dataset %s has the images 0 to %d, not %d".formatted(id, all.size() - 1, index));
        }
        return all.get(index);
    }

    private List<Example> of(String id) {
        return examples.of(datasets.ready(id).manifest());
    }

    private static ImageView view(Example example) {
        return new ImageView(
                example.index(), example.path(), example.label(), example.sha256(), example.width(), example.height());
    }
}
