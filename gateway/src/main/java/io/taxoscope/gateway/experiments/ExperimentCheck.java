package io.taxoscope.gateway.experiments;

import io.taxoscope.api.JobState;
import io.taxoscope.api.Source;
import io.taxoscope.api.activation.CreateDataset;
import io.taxoscope.api.activation.CreateDataset.Layout;
import io.taxoscope.api.activation.CreateDataset.OnBadImage;
import io.taxoscope.api.activation.CreateModel;
import io.taxoscope.api.activation.DatasetApi;
import io.taxoscope.api.activation.DatasetView;
import io.taxoscope.api.activation.ModelApi;
import io.taxoscope.api.activation.ModelView;
import io.taxoscope.api.gateway.ExperimentSpec;
import io.taxoscope.api.gateway.ExperimentSpec.DatasetRef;
import io.taxoscope.api.gateway.ExperimentSpec.ModelRef;
import io.taxoscope.api.taxonomy.TaxonomyApi;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClientResponseException;

/**
 * Checks a whole experiment before anything runs: by itself, and by asking the services. What the document brings along
 * (a model, a dataset) is registered on the way, since only that shows whether it is any good; a dataset of a document
 * that fails the check is withdrawn.
 */
@Component
class ExperimentCheck {
    private final ModelApi models;
    private final DatasetApi datasets;
    private final LayerCheck layerCheck;
    private final LabelCheck labelCheck;
    private final TaxonomyApi taxonomies;

    ExperimentCheck(
            ModelApi models,
            DatasetApi datasets,
            TaxonomyApi taxonomies,
            LayerCheck layerCheck,
            LabelCheck labelCheck) {
        this.models = models;
        this.datasets = datasets;
        this.layerCheck = layerCheck;
        this.labelCheck = labelCheck;
        this.taxonomies = taxonomies;
    }

    /**
     * A document without fault.
     *
     * @param spec with every default filled in
     */
    record Checked(ExperimentSpec spec, ModelView model, DatasetView dataset) {}

    /** @throws io.taxoscope.common.TaxoscopeException naming every wrong field */
    Checked check(ExperimentSpec spec) {
        var findings = new Findings();
        Looked looked = look(spec, findings);
        if (!findings.isEmpty()) {
            withdraw(spec, looked.dataset());
        }
        findings.throwIfAny();
        return new Checked(
                looked.complete(), Objects.requireNonNull(looked.model()), Objects.requireNonNull(looked.dataset()));
    }

    /** Adds what else is wrong with a document that has faults already; parts of it may be missing. */
    void inspect(ExperimentSpec spec, Findings findings) {
        withdraw(spec, look(spec, findings).dataset());
    }

    private record Looked(
            ExperimentSpec complete,
            @Nullable ModelView model,
            @Nullable DatasetView dataset) {}

    @SuppressWarnings("ConstantValue") // the document may lack what its type requires
    private Looked look(ExperimentSpec spec, Findings findings) {
        ModelView model = spec.model() == null ? null : checkModel(spec, findings);
        ExperimentSpec complete = layerCheck.complete(spec, model, findings);
        DatasetView dataset = spec.dataset() == null ? null : checkDataset(spec, findings);
        if (dataset != null) {
            asked(
                    () -> {
                        labelCheck.check(spec.dataset(), complete.scoring(), dataset, findings);
                        return dataset;
                    },
                    "dataset.mappingFile",
                    findings);
        }
        return new Looked(complete, model, dataset);
    }

    /** Removes a dataset that was registered for an experiment that does not come to be. */
    void withdraw(ExperimentSpec spec, @Nullable DatasetView dataset) {
        if (dataset == null || spec.dataset().id() != null) {
            return;
        }
        for (Runnable step :
                new Runnable[] {() -> datasets.cancel(dataset.id()), () -> datasets.delete(dataset.id())}) {
            try {
                step.run();
            } catch (RestClientResponseException finishedOrRunning) {
                // It stays, registered and unused; a user can see and delete it.
            }
        }
    }

    private @Nullable ModelView checkModel(ExperimentSpec spec, Findings findings) {
        ModelRef ref = spec.model();
        String id = ref.id();
        if (id != null) {
            boolean isMixed = Stream.of(ref.name(), ref.source(), ref.preprocessing(), ref.taps())
                    .anyMatch(Objects::nonNull);
            if (isMixed) {
                findings.add("model.id", "stands alone; leave it out to register a new model, or leave out the rest");
                return null;
            }
            return asked(() -> models.find(id), "model.id", findings);
        }
        Source source = checkSource(ref.source(), "model", findings);
        boolean isDescribed = ref.preprocessing() != null || (source != null && source.hf() != null);
        if (!isDescribed) {
            findings.add(
                    "model.preprocessing", "is needed to register a model: resize, crop, colorOrder, scale, mean, std");
        }
        if (source == null || !isDescribed) {
            return null;
        }
        String name = name(ref.name(), spec);
        var request = new CreateModel(name, source, ref.preprocessing(), ref.taps());
        return asked(() -> body(models.register(request)), "model", findings);
    }

    private @Nullable DatasetView checkDataset(ExperimentSpec spec, Findings findings) {
        DatasetRef ref = spec.dataset();
        String taxonomy = ref.taxonomy();
        if (taxonomy != null && asked(() -> taxonomies.find(taxonomy), "dataset.taxonomy", findings) == null) {
            return null;
        }
        String id = ref.id();
        if (id != null) {
            boolean isMixed = Stream.of(ref.name(), ref.source(), ref.layout(), ref.onBadImage())
                    .anyMatch(Objects::nonNull);
            if (isMixed) {
                findings.add(
                        "dataset.id",
                        "stands alone (but for labels, mappingFile and taxonomy); leave it out to register a new dataset");
                return null;
            }
            DatasetView dataset = asked(() -> datasets.find(id), "dataset.id", findings);
            JobState state =
                    dataset == null ? JobState.SUCCEEDED : dataset.job().state();
            if (state == JobState.FAILED || state == JobState.CANCELLED) {
                findings.add("dataset.id", "%s is %s; retry it or register another".formatted(id, state));
            }
            return dataset;
        }
        Source source = checkSource(ref.source(), "dataset", findings);
        if (source == null) {
            return null;
        }
        var request = new CreateDataset(
                name(ref.name(), spec),
                source,
                ref.layout() == null ? Layout.AUTO : ref.layout(),
                ref.onBadImage() == null ? OnBadImage.SKIP : ref.onBadImage());
        String key = "experiment-check/" + UUID.randomUUID();
        return asked(() -> body(datasets.register(request, key)), "dataset", findings);
    }

    /** Its own name, or the experiment's; when that is what is missing, the rest can still be looked at. */
    @SuppressWarnings("ConstantValue")
    private static String name(@Nullable String own, ExperimentSpec spec) {
        if (own != null) {
            return own;
        }
        return spec.name() == null || spec.name().isBlank() ? "unnamed" : spec.name();
    }

    private static @Nullable Source checkSource(@Nullable Source source, String field, Findings findings) {
        if (source == null) {
            findings.add(field, "needs an id, or a source to register");
            return null;
        }
        long given = Stream.of(source.path(), source.url(), source.upload(), source.hf(), source.s3())
                .filter(Objects::nonNull)
                .count();
        if (given != 1) {
            findings.add(field + ".source", "needs exactly one of path, url, upload, hf and s3, and has " + given);
            return null;
        }
        return source;
    }

    /** What a service refuses becomes a finding; that a service does not answer stays a failure. */
    private static <T> @Nullable T asked(Supplier<T> question, String field, Findings findings) {
        try {
            return question.get();
        } catch (RestClientResponseException refusal) {
            if (!refusal.getStatusCode().is4xxClientError()) {
                throw refusal;
            }
            Refusal.of(refusal).addTo(findings, field);
            return null;
        }
    }

    private static <T> T body(ResponseEntity<T> answer) {
        return Objects.requireNonNull(answer.getBody(), "the answer has no body");
    }
}
