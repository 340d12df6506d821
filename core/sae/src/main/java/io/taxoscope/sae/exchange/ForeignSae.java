package io.taxoscope.sae.exchange;

import io.taxoscope.sae.Activation;
import io.taxoscope.sae.Parameters;
import java.util.List;

/** An SAE of another tool in our terms. */
public final class ForeignSae {
    private final SaeFormat format;
    private final StoredSae stored;
    private final Parameters weights;

    ForeignSae(SaeFormat format, StoredSae stored) {
        this.format = format;
        this.stored = stored;
        this.weights = Folding.fold(stored);
    }

    /** Weights in our own layout, as an SAE of the platform is stored. */
    public static ForeignSae ofOurs(Parameters weights, Activation activation) {
        return new ForeignSae(SaeFormat.TAXOSCOPE, new StoredSae(weights, activation));
    }

    public SaeFormat format() {
        return format;
    }

    /** Weights that give its codes and reconstructions. */
    public Parameters weights() {
        return weights;
    }

    public Activation activation() {
        return stored.activation();
    }

    /** What was taken into the weights and what its user should know, a sentence each. */
    public List<String> notes() {
        return stored.notes();
    }

    StoredSae stored() {
        return stored;
    }
}
