package io.taxoscope.saeservice.exchange;

import io.taxoscope.api.sae.CheckParity;
import io.taxoscope.api.sae.ParityView;
import io.taxoscope.api.sae.ParityView.Against;
import io.taxoscope.api.sae.ParityView.Input;
import io.taxoscope.common.Sha256;
import io.taxoscope.sae.Shape;
import io.taxoscope.sae.exchange.ForeignSae;
import io.taxoscope.sae.exchange.Parity;
import io.taxoscope.sae.exchange.ParityCheck;
import io.taxoscope.sae.exchange.StoredReference;
import io.taxoscope.sae.kernel.Kernel;
import io.taxoscope.saeservice.Findings;
import io.taxoscope.saeservice.SaeServiceError;
import io.taxoscope.saeservice.StoreRefs;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.ShardSet;
import io.taxoscope.support.sources.Sources;
import java.util.Random;
import org.springframework.stereotype.Component;

/** Compares SAEs' codes with those of another implementation. */
@Component
class Parities {
    private static final int DEFAULT_ROWS = 1000;
    private static final long SEED = 1000;

    private final Sources sources;
    private final ContentStore store;
    private final Kernel kernel;

    Parities(Sources sources, ContentStore store, Kernel kernel) {
        this.sources = sources;
        this.store = store;
        this.kernel = kernel;
    }

    /** @param at where the request's fields stand, for findings */
    ParityView check(ForeignSae sae, CheckParity request, String at) {
        Integer wanted = request.rows();
        int rows = wanted == null ? DEFAULT_ROWS : wanted;
        Shape shape = sae.weights().shape();
        String shardSet = request.shardSet();
        if (request.reference() != null) {
            Findings findings = new Findings();
            findings.addIf(shardSet != null, at + "shardSet", "has no effect beside reference; leave one of them out");
            findings.throwIfAny(SaeServiceError.SAE_INVALID);
            var reference = StoredReference.read(sources.resolve(request.reference()), shape, rows);
            Parity parity = ParityCheck.compare(sae, kernel, reference.x_bd(), reference.rows(), reference);
            return view(Against.REFERENCE, Input.REFERENCE, parity);
        }
        if (shardSet == null) {
            float[] x_bd = generated(sae, rows);
            return view(Against.FORMULA, Input.GENERATED, ParityCheck.withFormula(sae, kernel, x_bd, rows));
        }
        return withShardSet(sae, shardSet, rows, at);
    }

    private ParityView withShardSet(ForeignSae sae, String ref, int rows, String at) {
        Findings findings = new Findings();
        StoreRefs.checkShardSet(store, ref, findings);
        findings.throwIfAny(SaeServiceError.SAE_INVALID);
        try (ShardSet set = ShardSet.open(store, new Sha256(ref))) {
            int width = sae.weights().shape().width();
            findings.addIf(
                    set.width() != width,
                    at + "shardSet",
                    "activations of width %d do not fit the SAE (%d)".formatted(set.width(), width));
            findings.throwIfAny(SaeServiceError.SAE_INVALID);
            int n = Math.min(rows, set.nRows());
            float[] x_bd = new float[n * width];
            set.rows(0, n, x_bd);
            return view(Against.FORMULA, Input.SHARD_SET, ParityCheck.withFormula(sae, kernel, x_bd, n));
        }
    }

    private static float[] generated(ForeignSae sae, int rows) {
        float[] bDec_d = sae.weights().bDec_d();
        Random random = new Random(SEED);
        float[] x_bd = new float[Math.multiplyExact(rows, bDec_d.length)];
        for (int i = 0; i < x_bd.length; i++) {
            x_bd[i] = bDec_d[i % bDec_d.length] + (float) random.nextGaussian();
        }
        return x_bd;
    }

    private static ParityView view(Against against, Input input, Parity parity) {
        return new ParityView(
                against,
                input,
                parity.rows(),
                parity.maxCodeDifference(),
                parity.maxReconstructionDifference(),
                parity.largestCode(),
                parity.rowsWithOtherLatents(),
                parity.otherLatents(),
                parity.l0(),
                parity.referenceL0());
    }
}
