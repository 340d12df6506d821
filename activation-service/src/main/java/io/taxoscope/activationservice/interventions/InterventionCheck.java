package io.taxoscope.activationservice.interventions;

import io.taxoscope.activationservice.ActivationError;
import io.taxoscope.activationservice.datasets.Examples;
import io.taxoscope.activationservice.models.Models;
import io.taxoscope.api.activation.CreateIntervention;
import io.taxoscope.api.activation.CreateIntervention.ClassGroup;
import io.taxoscope.api.activation.CreateIntervention.OutputKind;
import io.taxoscope.common.Sha256;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.common.TaxoscopeException.FieldError;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.ShardSet;
import io.taxoscope.store.ShardSetManifest;
import io.taxoscope.store.StoredType;
import io.taxoscope.vision.run.Token;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Looks for everything that is wrong with a request before any model runs, and names every field at fault. */
@Component
class InterventionCheck {
    private final ContentStore store;
    private final Models models;
    private final Examples images;

    InterventionCheck(ContentStore store, Models models, Examples images) {
        this.store = store;
        this.models = models;
        this.images = images;
    }

    /** The manifest of the activations, when the request can be done. */
    ShardSetManifest check(CreateIntervention request) {
        List<FieldError> errors = new ArrayList<>();
        ShardSetManifest activations = manifest("activations", request.activations(), errors);
        ShardSetManifest replacement = manifest("replacement", request.replacement(), errors);
        checkClasses(request, errors);
        if (activations != null && replacement != null) {
            checkSets(activations, replacement, errors);
            checkExamples(request, activations, errors);
        }
        if (!errors.isEmpty() || activations == null) {
            throw new TaxoscopeException(
                    ActivationError.INTERVENTION_INVALID,
                    errors.stream().map(e -> e.field() + ": " + e.message()).collect(Collectors.joining("; ")),
                    errors);
        }
        return activations;
    }

    private @Nullable ShardSetManifest manifest(String field, String ref, List<FieldError> errors) {
        if (!ref.matches("[0-9a-f]{64}") || !ShardSet.exists(store, new Sha256(ref))) {
            errors.add(new FieldError(field, "the store has no shard set " + ref));
            return null;
        }
        return ShardSet.manifest(store, new Sha256(ref));
    }

    private void checkSets(ShardSetManifest of, ShardSetManifest replacement, List<FieldError> errors) {
        if (!Token.valueOf(of.token()).isOne()) {
            errors.add(new FieldError(
                    "activations",
                    "are %s, several vectors of each image; extract CLS or PATCH_MEAN".formatted(of.token())));
        }
        if (of.dtype() == StoredType.I8) {
            errors.add(
                    new FieldError(
                            "activations",
                            "are stored as I8, too coarse to tell whether they are this model's; extract them as another type"));
        }
        if (!models.isKnown(of.model())) {
            errors.add(new FieldError(
                    "activations", "are of the model %s, which is not registered".formatted(of.model())));
        } else if (models.find(of.model()).description().taps().stream()
                .noneMatch(tap -> tap.name().equals(of.tap()))) {
            errors.add(new FieldError(
                    "activations", "are of the tap %s, which the model does not have".formatted(of.tap())));
        }
        String here = place(of);
        String there = place(replacement);
        if (!here.equals(there)) {
            errors.add(new FieldError(
                    "replacement", "is %s, not %s; reconstruct an encoding of the activations".formatted(there, here)));
        }
    }

    private static String place(ShardSetManifest set) {
        return "%d vectors of width %d for %s at %s of model %s over dataset %s"
                .formatted(set.nExamples(), set.width(), set.token(), set.tap(), set.model(), set.dataset());
    }

    private static void checkClasses(CreateIntervention request, List<FieldError> errors) {
        List<String> classes = request.classes();
        if (classes != null && request.kind() == OutputKind.EMBEDDING) {
            errors.add(new FieldError("classes", "have no effect on an embedding; leave them out"));
        }
        if (request.groups() != null && classes == null) {
            errors.add(new FieldError("groups", "need classes, which say what each logit stands for"));
            return;
        }
        Set<String> known = new HashSet<>(Objects.requireNonNullElse(classes, List.of()));
        if (classes != null && known.size() < classes.size()) {
            Set<String> seen = new HashSet<>();
            String twice = classes.stream()
                    .filter(label -> !seen.add(label))
                    .findFirst()
                    .orElseThrow();
            errors.add(new FieldError("classes", "name %s twice".formatted(twice)));
        }
        Set<String> names = new HashSet<>();
        List<ClassGroup> groups = Objects.requireNonNullElse(request.groups(), List.of());
        for (int i = 0; i < groups.size(); i++) {
            ClassGroup group = groups.get(i);
            String at = "groups[%d].".formatted(i);
            if (!names.add(group.name())) {
                errors.add(new FieldError(at + "name", "%s is a group above".formatted(group.name())));
            }
            List<String> strangers = group.classes().stream()
                    .filter(label -> !known.contains(label))
                    .toList();
            if (!strangers.isEmpty()) {
                errors.add(new FieldError(at + "classes", "%s are not among the classes".formatted(strangers)));
            }
        }
    }

    private void checkExamples(CreateIntervention request, ShardSetManifest set, List<FieldError> errors) {
        List<Integer> chosen = Objects.requireNonNullElse(request.examples(), List.of());
        for (int i = 0; i < chosen.size(); i++) {
            if (chosen.get(i) >= set.nExamples()) {
                errors.add(new FieldError(
                        "examples[%d]".formatted(i),
                        "is %d; the dataset has 0 to %d".formatted(chosen.get(i), set.nExamples() - 1)));
            } else if (i > 0 && chosen.get(i) <= chosen.get(i - 1)) {
                errors.add(new FieldError(
                        "examples[%d]".formatted(i),
                        "%d does not come after %d".formatted(chosen.get(i), chosen.get(i - 1))));
            }
        }
        List<String> classes = request.classes();
        if (classes != null && errors.isEmpty()) {
            var all = images.of(new Sha256(set.dataset()));
            Stream<String> labels =
                    (chosen.isEmpty() ? all.stream() : chosen.stream().map(all::get)).map(image -> image.label());
            if (labels.noneMatch(new HashSet<>(classes)::contains)) {
                errors.add(new FieldError(
                        "classes",
                        "hold no label of these images, whose labels are such as '%s'"
                                .formatted(all.getFirst().label())));
            }
        }
    }
}
