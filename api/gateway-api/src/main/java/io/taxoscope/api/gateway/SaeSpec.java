package io.taxoscope.api.gateway;

import io.taxoscope.api.sae.ArchitectureRules;
import io.taxoscope.api.sae.Conventions;
import io.taxoscope.api.sae.OptimizerSpec;
import io.taxoscope.api.sae.SaeConfig;
import io.taxoscope.api.sae.SaeConfig.Architecture;
import io.taxoscope.api.sae.SaeConfig.DecoderBias;
import io.taxoscope.api.sae.SaeConfig.Dictionary;
import io.taxoscope.api.sae.SaeConfig.Schedule;
import io.taxoscope.api.sae.Sparsity;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;

/**
 * An {@link SaeConfig} in which everything may be left out; {@link #resolve} fills in our defaults, and the experiment
 * echoes them. The seed is the experiment's.
 *
 * @param architecture any; where none fixes k, the controls beside it take the trained SAE's mean number of active latents
 * @param k absent for 32, or 0 where a penalty decides
 * @param auxK absent for the default, which is none where a penalty decides; use {@code coefficient: 0} for none
 * @param sparsity what architectures other than TOPK must know
 * @param optimizer absent for Adam without clipping
 * @param earlyStopping absent to take all steps
 * @param conventions choices in which tools differ without saying so; absent for ours
 * @param id an SAE that exists, imported or trained before, in place of a training; stands alone
 */
public record SaeSpec(
        @Nullable Architecture architecture,
        @Nullable @PositiveOrZero @Max(4096) Integer k,
        @Nullable @Positive @Max(1 << 20) Integer width,
        @Nullable @Positive @DecimalMax("256") Double expansion,
        @Nullable @Positive Integer steps,
        @Nullable @Positive Integer batchSize,
        @Nullable @Positive Double learningRate,
        @Nullable @Valid Schedule schedule,
        @Nullable @Valid AuxKSpec auxK,
        @Nullable Boolean unitNormDecoder,
        @Nullable DecoderBias decoderBias,
        @Nullable @Valid Sparsity sparsity,
        @Nullable @Valid OptimizerSpec optimizer,
        SaeConfig.@Nullable @Valid EarlyStopping earlyStopping,
        @Nullable @Valid Conventions conventions,
        @Nullable String id) {

    private static final int DEFAULT_K = 32;
    private static final double DEFAULT_EXPANSION = 8;
    private static final int DEFAULT_STEPS = 2000;
    private static final int DEFAULT_BATCH = 1024;
    private static final double DEFAULT_LEARNING_RATE = 1e-3;

    public static final SaeSpec DEFAULT = new SaeSpec(null, null, null, null, null, null, null, null, null, null, null);

    /** Without what only other architectures and optimisers need. */
    public SaeSpec(
            @Nullable Architecture architecture,
            @Nullable Integer k,
            @Nullable Integer width,
            @Nullable Double expansion,
            @Nullable Integer steps,
            @Nullable Integer batchSize,
            @Nullable Double learningRate,
            @Nullable Schedule schedule,
            @Nullable AuxKSpec auxK,
            @Nullable Boolean unitNormDecoder,
            @Nullable DecoderBias decoderBias) {
        this(
                architecture,
                k,
                width,
                expansion,
                steps,
                batchSize,
                learningRate,
                schedule,
                auxK,
                unitNormDecoder,
                decoderBias,
                null,
                null,
                null,
                null,
                null);
    }

    /** An SAE that exists. */
    public static SaeSpec existing(String id) {
        return new SaeSpec(
                null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, id);
    }

    /** Whether anything but {@code id} is set. */
    public boolean describesTraining() {
        return !equals(id == null ? DEFAULT : existing(id));
    }

    /** Whether AuxK, which revives dead latents, is there unless it is switched off. */
    private boolean hasRevival() {
        return architecture == null
                || (ArchitectureRules.hasFixedK(architecture) && architecture != Architecture.HIERARCHICAL);
    }

    /** Whether the number of active latents is known before the SAE has encoded anything. */
    public boolean hasKnownK() {
        return id == null && (architecture == null || ArchitectureRules.hasFixedK(architecture));
    }

    /** The complete configuration; width stays unset when it follows from the expansion and the layer. */
    public SaeConfig resolve(long seed) {
        int steps = this.steps == null ? DEFAULT_STEPS : this.steps;
        boolean fixed = architecture == null || ArchitectureRules.hasFixedK(architecture);
        int k = this.k != null ? this.k : fixed ? DEFAULT_K : 0;
        int batchSize = this.batchSize == null ? DEFAULT_BATCH : this.batchSize;
        return new SaeConfig(
                architecture == null ? Architecture.TOPK : architecture,
                k,
                width,
                width == null && expansion == null ? Double.valueOf(DEFAULT_EXPANSION) : expansion,
                steps,
                batchSize,
                learningRate == null ? DEFAULT_LEARNING_RATE : learningRate,
                schedule == null ? new Schedule(steps / 20, Schedule.Decay.COSINE_TO_ZERO) : schedule,
                auxK == null && !hasRevival()
                        ? null
                        : (auxK == null ? AuxKSpec.DEFAULT : auxK).resolve(k, (long) steps * batchSize),
                unitNormDecoder == null || unitNormDecoder,
                decoderBias == null ? DecoderBias.GEOMETRIC_MEDIAN : decoderBias,
                seed,
                Dictionary.LEARNED,
                sparsity,
                optimizer,
                conventions,
                null,
                earlyStopping);
    }

    /**
     * @param coefficient 0 switches AuxK off
     * @param deadAfterExamples absent for 100,000 or, in a short training, a quarter of what it sees
     * @param withBias adds {@code b_dec} to the reconstruction of the residual; absent for no
     * @param normaliser absent for RESIDUAL_VARIANCE
     */
    public record AuxKSpec(
            @Nullable @PositiveOrZero Double coefficient,
            @Nullable @Positive Integer kAux,
            @Nullable @Positive Long deadAfterExamples,
            @Nullable Boolean withBias,
            SaeConfig.AuxK.@Nullable Normaliser normaliser) {
        /** No AuxK. */
        public static final AuxKSpec NONE = new AuxKSpec(0.0, null, null, null, null);

        static final AuxKSpec DEFAULT = new AuxKSpec(null, null, null, null, null);
        private static final double DEFAULT_COEFFICIENT = 1.0 / 32;
        private static final long DEFAULT_DEAD_AFTER = 100_000;

        SaeConfig.@Nullable AuxK resolve(int k, long examples) {
            double value = coefficient == null ? DEFAULT_COEFFICIENT : coefficient;
            return value == 0
                    ? null
                    : new SaeConfig.AuxK(
                            value,
                            kAux == null ? Math.max(1, 2 * k) : kAux,
                            deadAfterExamples == null
                                    ? Math.clamp(examples / 4, 1, DEFAULT_DEAD_AFTER)
                                    : deadAfterExamples,
                            null,
                            withBias,
                            normaliser);
        }

        /** Whether it is switched off and says more all the same; no getter by name, which JSON would have as a field. */
        public boolean saysMoreThanOff() {
            return coefficient != null && coefficient == 0 && !equals(NONE);
        }

        /** With nothing left out. */
        public static AuxKSpec of(SaeConfig.@Nullable AuxK auxK) {
            return auxK == null
                    ? NONE
                    : new AuxKSpec(
                            auxK.coefficient(),
                            auxK.kAux(),
                            auxK.deadAfterExamples(),
                            auxK.withBias(),
                            auxK.normaliser());
        }
    }
}
