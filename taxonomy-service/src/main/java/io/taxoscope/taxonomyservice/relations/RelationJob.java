package io.taxoscope.taxonomyservice.relations;

import io.taxoscope.api.taxonomy.CreateRelation;
import io.taxoscope.api.taxonomy.RelationConfig;
import io.taxoscope.api.taxonomy.RelationReport.Encoder;
import io.taxoscope.common.Sha256;
import io.taxoscope.store.ShardSet;
import io.taxoscope.support.jobs.JobContext;
import io.taxoscope.support.jobs.JobHandler;
import io.taxoscope.support.jobs.JobOutcome;
import io.taxoscope.taxonomy.relations.Assignment;
import io.taxoscope.taxonomy.relations.LabelledExamples;
import io.taxoscope.taxonomy.relations.Progress;
import io.taxoscope.taxonomy.relations.RelationAnalysis;
import io.taxoscope.taxonomy.relations.RelationInputs;
import io.taxoscope.taxonomy.relations.RelationResult;
import io.taxoscope.taxonomy.relations.RelationSpec;
import io.taxoscope.taxonomyservice.dictionaries.Dictionaries;
import io.taxoscope.taxonomyservice.dictionaries.DictionaryFiles;
import io.taxoscope.taxonomyservice.dictionaries.Names;
import io.taxoscope.taxonomyservice.dictionaries.ScoredDictionary;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Relates the latents of one scoring. It keeps nothing until it is done: rows and report are written in the transaction
 * that ends the job, so a run that is cut off leaves nothing behind and the next one starts afresh.
 */
@Component
class RelationJob implements JobHandler {
    static final String KIND = "relation";

    private final Relations relations;
    private final RelationRepository repository;
    private final RelationRows rows;
    private final Dictionaries dictionaries;
    private final DictionaryFiles files;

    RelationJob(
            Relations relations,
            RelationRepository repository,
            RelationRows rows,
            Dictionaries dictionaries,
            DictionaryFiles files) {
        this.relations = relations;
        this.repository = repository;
        this.rows = rows;
        this.dictionaries = dictionaries;
        this.files = files;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public JobOutcome run(JobContext context) {
        var request = relations.with(context.id(), Relation::request);
        var dictionary = dictionaries.get(request.scoring());
        var notes = new ArrayList<String>();
        try (var sets = new Sets(dictionary, request, notes)) {
            var labels = files.labels(dictionary);
            var names = new Names(labels.taxonomy(), files.hierarchy(dictionary));
            var encoder = sets.encoder();
            var result = analyse(dictionary, labels, request.config(), sets, notes, context);
            return JobOutcome.done(() -> save(context.id(), names, result, encoder, notes));
        }
    }

    private RelationResult analyse(
            ScoredDictionary dictionary,
            LabelledExamples labels,
            RelationConfig config,
            Sets sets,
            List<String> notes,
            JobContext context) {
        var firings = files.firings(dictionary, context::checkStopped);
        var assignment = Assignment.of(
                firings.nLatents(),
                dictionaries.best(dictionary, labels.taxonomy()),
                config.minF1(),
                config.latentsPerSynset());
        if (!files.hasDirections(dictionary)) {
            notes.add(
                    "the store has no SAE weights " + dictionary.sae() + ", so there are no absorption and no angles");
        }
        var inputs = new RelationInputs(
                labels,
                assignment,
                firings,
                files.hasDirections(dictionary) ? files.directions(dictionary) : null,
                sets.activations == null ? null : DictionaryFiles.asRows(sets.activations),
                sets.embeddings == null ? null : DictionaryFiles.asRows(sets.embeddings));
        return RelationAnalysis.analyse(
                inputs, spec(config), new Progress((done, total) -> context.progress(done, total, "parts")));
    }

    private void save(String id, Names names, RelationResult result, @Nullable Encoder encoder, List<String> notes) {
        var relation = repository.findById(id).orElseThrow(() -> Relations.unknown(id));
        relation.complete(RelationReports.of(result.summary(), encoder, notes));
        var views = new RelationViews(names);
        rows.replacePairs(id, result.pairs().stream().map(views::pair).toList());
        rows.replaceSynsets(id, result.synsets().stream().map(views::synset).toList());
        rows.replaceLatents(id, result.latents().stream().map(views::latent).toList());
    }

    private static RelationSpec spec(RelationConfig config) {
        return new RelationSpec(
                config.minF1(),
                config.latentsPerSynset(),
                config.minSupport(),
                config.minPositives(),
                config.probeExamples(),
                config.topImages(),
                config.geometryPairs(),
                config.controlDraws(),
                config.bootstrap(),
                config.seed());
    }

    /** The dense rows that are there, open while the analysis runs. */
    private final class Sets implements AutoCloseable {
        private final @Nullable ShardSet activations;
        private final @Nullable ShardSet embeddings;

        Sets(ScoredDictionary dictionary, CreateRelation request, List<String> notes) {
            boolean hasActivations = files.hasRows(dictionary.shardSet());
            if (!hasActivations) {
                notes.add("the store no longer has the activations " + dictionary.shardSet()
                        + ", so there are no absorption and no whitened angles");
            }
            this.activations = hasActivations ? files.rows(dictionary.shardSet()) : null;
            if (request.embeddings() == null) {
                this.embeddings = activations;
                notes.add(
                        hasActivations
                                ? "likeness of images is judged by the layer's own activations; name embeddings of"
                                        + " another model to compare layers"
                                : "without embeddings there are no MonoSemanticity and no prototypes");
            } else {
                this.embeddings = opened(request.embeddings());
            }
        }

        private ShardSet opened(String embeddings) {
            try {
                return files.rows(new Sha256(embeddings));
            } catch (RuntimeException gone) {
                if (activations != null) {
                    activations.close();
                }
                throw gone;
            }
        }

        @Nullable Encoder encoder() {
            if (embeddings == null) {
                return null;
            }
            var manifest = embeddings.manifest();
            return new Encoder(embeddings.ref().hex(), manifest.model(), manifest.tap(), manifest.token());
        }

        @Override
        public void close() {
            if (activations != null) {
                activations.close();
            }
            if (embeddings != null && embeddings != activations) {
                embeddings.close();
            }
        }
    }
}
