package io.taxoscope.store;

import io.taxoscope.common.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;

/** The examples of a dataset in their fixed order: one line of JSON each, named by the hash of all lines. */
public record DatasetManifest(Sha256 ref, List<Example> examples) {
    public DatasetManifest {
        examples = List.copyOf(examples);
    }

    /**
     * One labelled image.
     *
     * @param index 0-based row of its activations and codes
     * @param path where it lay in the source, for people
     * @param label as the source writes it
     * @param sha256 hash of the image file, and its name among the blobs
     * @param width pixels, after the orientation that the file asks for
     */
    public record Example(int index, String path, String label, String sha256, int width, int height) {
        public Example {
            new Sha256(sha256);
        }
    }

    public static Sha256 write(ContentStore store, List<Example> examples) {
        requireInOrder(examples, "the new dataset manifest");
        return store.put(out -> {
            for (Example example : examples) {
                out.write(Json.line(example));
                out.write('\n');
            }
        });
    }

    public static DatasetManifest read(ContentStore store, Sha256 ref) {
        String text = new String(store.read(ref), StandardCharsets.UTF_8);
        var examples = new ArrayList<Example>();
        for (String line : text.lines().toList()) {
            examples.add(parse(line, ref, examples.size() + 1));
        }
        requireInOrder(examples, "dataset manifest " + ref);
        return new DatasetManifest(ref, examples);
    }

    private static Example parse(String line, Sha256 ref, int number) {
        try {
            return Json.strict().readValue(line, Example.class);
        } catch (JacksonException failure) {
            throw StoreError.DATASET_MANIFEST_INVALID.because(
                    "line " + number + " of dataset manifest " + ref + " is no example: "
                            + failure.getOriginalMessage(),
                    failure);
        }
    }

    private static void requireInOrder(List<Example> examples, String what) {
        for (int i = 0; i < examples.size(); i++) {
            if (examples.get(i).index() != i) {
                throw StoreError.DATASET_MANIFEST_INVALID.because(
                        what + " has the index " + examples.get(i).index() + " in place " + i);
            }
        }
    }
}
