package io.taxoscope.activationservice.interventions;

import io.taxoscope.activationservice.datasets.Examples;
import io.taxoscope.activationservice.datasets.ImageProperties;
import io.taxoscope.activationservice.extractions.Batch;
import io.taxoscope.activationservice.extractions.DecodedBatches;
import io.taxoscope.activationservice.extractions.DecodedBatches.Slice;
import io.taxoscope.activationservice.models.Models;
import io.taxoscope.activationservice.models.RegisteredModel;
import io.taxoscope.api.activation.CreateIntervention;
import io.taxoscope.common.Sha256;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.DatasetManifest.Example;
import io.taxoscope.store.ShardSet;
import io.taxoscope.store.ShardSetManifest;
import io.taxoscope.support.jobs.JobContext;
import io.taxoscope.support.jobs.JobHandler;
import io.taxoscope.support.jobs.JobOutcome;
import io.taxoscope.vision.image.ImageDecoder;
import io.taxoscope.vision.image.Preprocessor;
import io.taxoscope.vision.onnx.OnnxModel;
import io.taxoscope.vision.run.Selection;
import io.taxoscope.vision.run.Tap;
import io.taxoscope.vision.run.Token;
import io.taxoscope.vision.splice.SplicedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The job behind an intervention. Its unit is a piece of 256 images: a run that was cut off skips the finished ones. */
@Component
class InterventionRun implements JobHandler {
    static final String KIND = "intervention";

    private static final int PIECE = 256;
    private static final int DEFAULT_BATCH = 16;
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private final Interventions interventions;
    private final Models models;
    private final Examples images;
    private final ExampleLines lines;
    private final ContentStore store;
    private final JsonMapper json;
    private final ImageDecoder decoder;

    InterventionRun(
            Interventions interventions,
            Models models,
            Examples images,
            ExampleLines lines,
            ContentStore store,
            JsonMapper json,
            ImageProperties properties) {
        this.interventions = interventions;
        this.models = models;
        this.images = images;
        this.lines = lines;
        this.store = store;
        this.json = json;
        this.decoder = new ImageDecoder(properties.limits());
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public JobOutcome run(JobContext context) throws Exception {
        CreateIntervention request = interventions.request(context.id());
        Pieces pieces = new Pieces(store, context.id(), json);
        int nPieces;
        try (ShardSet activations = ShardSet.open(store, new Sha256(request.activations()));
                ShardSet replacement = ShardSet.open(store, new Sha256(request.replacement()))) {
            List<Example> chosen = chosen(request, activations.manifest());
            nPieces = Math.ceilDiv(chosen.size(), PIECE);
            RegisteredModel model = models.find(activations.manifest().model());
            try (SplicedModel spliced = open(request, model, activations.manifest())) {
                Splicing splicing = new Splicing(spliced, activations, replacement);
                fill(context, request, model, chosen, pieces, splicing, spliced);
            }
        }
        Totals totals = new Totals(request);
        IntStream.range(0, nPieces).mapToObj(pieces::read).forEach(totals::add);
        Sha256 examples = lines.write(IntStream.range(0, nPieces)
                .mapToObj(pieces::read)
                .flatMap(piece -> piece.outcomes().stream())
                .map(Outcome::shown));
        return JobOutcome.done(() -> interventions.markDone(context.id(), totals.report(), examples));
    }

    @Override
    public void cancelled(String id) {
        store.discardWork(id);
    }

    private List<Example> chosen(CreateIntervention request, ShardSetManifest set) {
        List<Example> all = images.of(new Sha256(set.dataset()));
        List<Integer> rows = request.examples();
        return rows == null ? all : rows.stream().map(all::get).toList();
    }

    private SplicedModel open(CreateIntervention request, RegisteredModel model, ShardSetManifest set) {
        Tap tap = model.description().taps().stream()
                .filter(candidate -> candidate.name().equals(set.tap()))
                .findFirst()
                .orElseThrow();
        return SplicedModel.open(
                OnnxModel.read(store.blob(model.file())),
                model.description(),
                model.recipe().height(),
                model.recipe().width(),
                new Selection(tap, Token.valueOf(set.token())),
                request.output(),
                CORES);
    }

    private void fill(
            JobContext context,
            CreateIntervention request,
            RegisteredModel model,
            List<Example> chosen,
            Pieces pieces,
            Splicing splicing,
            SplicedModel spliced)
            throws InterruptedException, ExecutionException {
        int batchSize = spliced.batchSize(Objects.requireNonNullElse(request.batchSize(), DEFAULT_BATCH));
        List<Slice> slices = slices(chosen, pieces, batchSize);
        long done = chosen.size()
                - slices.stream().mapToLong(slice -> slice.examples().size()).sum();
        Comparison comparison = new Comparison(request);
        try (var batches = new DecodedBatches(slices.iterator(), store, decoder, new Preprocessor(model.recipe()))) {
            for (Slice slice : slices) {
                context.progress(done, chosen.size(), "images");
                Batch batch = Objects.requireNonNull(batches.next());
                comparison.add(slice.examples(), splicing.outputs(batch, slice.examples()));
                done += slice.examples().size();
                int end = slice.shard() * PIECE
                        + slice.firstRow()
                        + slice.examples().size();
                if (end == chosen.size() || end % PIECE == 0) {
                    pieces.write(slice.shard(), comparison.take());
                }
            }
        }
        context.progress(done, chosen.size(), "images");
    }

    /** The batches of the pieces that are not finished. */
    private static List<Slice> slices(List<Example> chosen, Pieces pieces, int batchSize) {
        List<Slice> slices = new ArrayList<>();
        for (int first = 0; first < chosen.size(); first += PIECE) {
            List<Example> piece = chosen.subList(first, Math.min(chosen.size(), first + PIECE));
            for (int row = 0; !pieces.has(first / PIECE) && row < piece.size(); row += batchSize) {
                slices.add(new Slice(first / PIECE, row, piece.subList(row, Math.min(piece.size(), row + batchSize))));
            }
        }
        return slices;
    }
}
