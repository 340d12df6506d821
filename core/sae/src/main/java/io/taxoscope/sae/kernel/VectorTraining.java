package io.taxoscope.sae.kernel;

import io.taxoscope.sae.Architecture;
import io.taxoscope.sae.AuxK;
import io.taxoscope.sae.Shape;
import io.taxoscope.sae.TrainingState;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A training step in three passes: forward by blocks of examples, codes turned around, update by groups of latents. */
final class VectorTraining implements TrainingSession {
    private final Shape shape;
    private final int stride;
    private final float inputScale;
    private final PaddedParameters weights;
    private final Silence silence;
    private final RunningThreshold threshold;
    private final Workers workers;
    private final ForwardPass forward;
    private final PackedEncoder packed;
    private final boolean preEncoderBias;
    private final @Nullable WholeGradient whole;
    private final UpdatePass update;
    private final Codes codes;
    private final CodesByLatent byLatent;
    private final @Nullable DeadRevival revival;
    private int step;

    VectorTraining(TrainingState state, StepSettings settings, int maxBatch, int threads, double denseFrom) {
        this.shape = state.weights().shape();
        this.stride = Lanes.roundUp(shape.width(), Lanes.COUNT);
        this.inputScale = state.inputScale();
        this.step = state.step();
        this.weights = new PaddedParameters(state.weights(), stride);
        this.threshold = new RunningThreshold(settings.architecture(), state.threshold());
        this.silence = new Silence(state.silentFor_s().clone());
        this.workers = new Workers(threads);
        Architecture architecture = settings.architecture();
        int encoded = architecture instanceof Architecture.Hierarchical tree ? tree.parents() : shape.latents();
        this.packed = new PackedEncoder(shape.width(), encoded, stride, weights);
        this.preEncoderBias = settings.preEncoderBias();
        this.whole =
                settings.needsWholeGradient() ? new WholeGradient(settings, state, new TileProduct(workers)) : null;
        AuxK auxK = settings.auxK();
        this.revival =
                auxK == null ? null : new DeadRevival(auxK, weights.wDec_sd, shape, maxBatch, threads, denseFrom);
        LatentTerms terms = LatentTerms.of(settings, weights, silence, stride);
        this.forward =
                new ForwardPass(settings, inputScale, weights, packed, revival, terms, maxBatch, threads, denseFrom);
        this.codes = forward.newCodes(maxBatch);
        this.byLatent = new CodesByLatent(shape.latents(), forward.errors().nested());
        this.update = new UpdatePass(
                settings,
                weights,
                new PaddedParameters(state.firstMoments(), stride),
                new PaddedParameters(state.secondMoments(), stride),
                packed,
                terms,
                whole,
                threads);
    }

    @Override
    public StepOutcome step(Batch batch, float learningRate) {
        int n = batch.examples();
        forward(batch);
        double elements = (double) n * shape.width();
        float scale = (float) (2.0 / elements);
        byLatent.fill(codes, n, forward.preGradient_at(), scale, forward.errors());
        double auxLoss = revival == null ? 0 : revival.finish(forward.residualVariance(n), n, forward.errors());
        if (revival != null) {
            revival.prepareGradients(workers, n, forward.centred_bd());
        }
        silence.observe(codes, n);
        threshold.observe(codes, n);
        step++;
        update.run(workers, forward, byLatent, revival, scale, learningRate, step);
        double objective = forward.loss() / elements + (revival == null ? 0 : revival.coefficient() * auxLoss);
        return new StepOutcome(
                forward.squaredError() / elements, auxLoss, codes.positive(0, n) / (double) n, objective);
    }

    @Override
    public double leastCode(Batch batch) {
        forward(batch);
        return RunningThreshold.leastOf(codes, batch.examples());
    }

    private void forward(Batch batch) {
        if (revival != null) {
            revival.markDead(workers, silence);
        }
        if (!preEncoderBias) {
            packed.restoreInputBias();
        }
        forward.run(workers, HostBatch.rows(batch), batch.examples(), step, codes);
    }

    @Override
    public int latentsSilentFor(long examples) {
        return silence.latentsSilentFor(examples);
    }

    @Override
    public TrainingState snapshot() {
        return new TrainingState(
                        whole == null ? weights.dense() : whole.weights(),
                        update.firstMoments(),
                        update.secondMoments(),
                        silence.copy(),
                        inputScale,
                        step,
                        threshold.value())
                .withPreEncoderBias(preEncoderBias);
    }

    @Override
    public void close() {
        workers.close();
    }

    /** Adds up per-chunk sums in the chunks' order, so that the number of threads does not show. */
    static double sum(double[] perChunk, int chunks) {
        return Arrays.stream(perChunk, 0, chunks).sum();
    }
}
