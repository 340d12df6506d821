package io.taxoscope.taxonomyservice.scoring;

import io.taxoscope.api.taxonomy.CreateScoring;
import io.taxoscope.common.Sha256;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.common.TaxoscopeException.FieldError;
import io.taxoscope.store.Codes;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.DatasetManifest;
import io.taxoscope.store.DatasetManifest.Example;
import io.taxoscope.store.ShardSet;
import io.taxoscope.taxonomy.LabelResolver;
import io.taxoscope.taxonomy.LabelResolver.Problem;
import io.taxoscope.taxonomy.Synset;
import io.taxoscope.taxonomy.TaxonomyError;
import io.taxoscope.taxonomyservice.taxonomies.Hierarchies;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Refuses a scoring that cannot succeed while its user still waits for the answer. */
@Component
class ScoringChecks {
    private final ContentStore store;
    private final Hierarchies hierarchies;

    ScoringChecks(ContentStore store, Hierarchies hierarchies) {
        this.store = store;
        this.hierarchies = hierarchies;
    }

    void check(CreateScoring request) {
        var codesRef = hash("codes", request.codes());
        var datasetRef = hash("dataset", request.dataset());
        if (!Codes.exists(store, codesRef)) {
            throw unusable("codes", "the store has no codes " + codesRef + "; encode first");
        }
        if (!store.has(datasetRef)) {
            throw unusable("dataset", "the store has no dataset manifest " + datasetRef);
        }
        var codes = Codes.open(store, codesRef);
        var manifest = DatasetManifest.read(store, datasetRef);
        requireSameDataset(codes, manifest);
        checkLabels(manifest, request.labels(), resolver(request.taxonomy()));
        checkSizes(manifest, request);
    }

    private void requireSameDataset(Codes codes, DatasetManifest manifest) {
        int examples = manifest.examples().size();
        if (codes.nExamples() != examples) {
            String several = codes.nExamples() % examples == 0
                    ? "; activations of several tokens for each image cannot be scored, extract CLS or PATCH_MEAN"
                    : "";
            throw unusable(
                    "dataset", "the codes have " + codes.nExamples() + " examples, the dataset " + examples + several);
        }
        var shardSet = new Sha256(codes.manifest().shardSet());
        if (ShardSet.exists(store, shardSet)) {
            try (ShardSet activations = ShardSet.open(store, shardSet)) {
                String dataset = activations.manifest().dataset();
                if (!dataset.equals(manifest.ref().hex())) {
                    throw unusable("dataset", "the codes were made from the dataset " + dataset);
                }
            }
        }
    }

    private LabelResolver resolver(@Nullable String taxonomy) {
        return new LabelResolver(hierarchies
                .find(taxonomy)
                .orElseThrow(() -> unusable("taxonomy", "there is no taxonomy " + taxonomy + "; upload it first")));
    }

    private static void checkLabels(DatasetManifest manifest, Map<String, String> labels, LabelResolver resolver) {
        var imagesByLabel = manifest.examples().stream()
                .collect(Collectors.groupingBy(Example::label, TreeMap::new, Collectors.counting()));
        var errors = new ArrayList<FieldError>();
        var missing = imagesByLabel.keySet().stream()
                .filter(Predicate.not(labels::containsKey))
                .toList();
        missing.forEach(label -> errors.add(
                new FieldError(field(label), missing(label, imagesByLabel.getOrDefault(label, 0L), resolver))));
        for (Problem problem : resolver.resolve(labels.keySet(), labels).problems()) {
            errors.add(
                    new FieldError(field(problem.label()), problem.reason() + candidates(problem.label(), resolver)));
        }
        if (!errors.isEmpty()) {
            throw new TaxoscopeException(
                    TaxonomyError.LABELS_UNRESOLVED, errors.size() + " labels have no synset; see errors", errors);
        }
        var empty = labels.keySet().stream()
                .filter(Predicate.not(imagesByLabel::containsKey))
                .sorted()
                .map(label -> new FieldError(field(label), "no image of the dataset has this label; leave it out"))
                .toList();
        if (!empty.isEmpty()) {
            throw new TaxoscopeException(
                    TaxonomyError.EMPTY_CLASS, empty.size() + " labels have no images; see errors", empty);
        }
    }

    private static void checkSizes(DatasetManifest manifest, CreateScoring request) {
        var classes = new HashSet<>(request.labels().values());
        if (classes.size() < 2) {
            throw refusal(
                    TaxonomyError.TOO_FEW_CLASSES,
                    "labels",
                    "the only class is " + String.join("", classes)
                            + ": hierarchy scores compare classes, so score a dataset of at least two");
        }
        int topK = request.config().topK();
        if (topK > manifest.examples().size()) {
            throw refusal(
                    TaxonomyError.TOP_K_TOO_LARGE,
                    "config.topK",
                    "is " + topK + ", but the dataset has only "
                            + manifest.examples().size() + " images");
        }
    }

    private static String missing(String label, long images, LabelResolver resolver) {
        return "is the label of " + images + " images, but is not mapped to a synset" + candidates(label, resolver);
    }

    /** Also for a label that resolves by itself: the mapping must still say it. */
    private static String candidates(String label, LabelResolver resolver) {
        var resolution = resolver.resolve(List.of(label), Map.of());
        var found = resolution.resolved().containsKey(label)
                ? String.valueOf(resolution.resolved().get(label))
                : resolution.problems().getFirst().candidates().stream()
                        .map(ScoringChecks::named)
                        .collect(Collectors.joining(", "));
        return found.isEmpty() ? "" : "; candidates: " + found;
    }

    private static String named(Synset synset) {
        return synset.gloss().isEmpty()
                ? synset.id().value()
                : synset.id() + " (" + synset.gloss().replaceAll(";.*", "") + ")";
    }

    private static Sha256 hash(String field, String value) {
        try {
            return new Sha256(value);
        } catch (IllegalArgumentException malformed) {
            throw unusable(field, "is no SHA-256 in lower-case hex: " + value);
        }
    }

    private static String field(String label) {
        return "labels[" + label + "]";
    }

    private static TaxoscopeException unusable(String field, String message) {
        return new TaxoscopeException(
                ScoringError.REFERENCE_UNUSABLE, field + ": " + message, List.of(new FieldError(field, message)));
    }

    private static TaxoscopeException refusal(TaxonomyError code, String field, String message) {
        return new TaxoscopeException(code, field + ": " + message, List.of(new FieldError(field, message)));
    }
}
