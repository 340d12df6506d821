package io.taxoscope.vision.run;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.vision.VisionError;
import io.taxoscope.vision.onnx.Readout;

/** One vector for each image: a tap and which of its tokens. */
public record Selection(Tap tap, Token token) {
    public Selection {
        if (!tap.tokens().contains(token)) {
            throw new TaxoscopeException(
                    VisionError.TOKEN_NOT_AVAILABLE,
                    "the tap %s has no %s; it has %s".formatted(tap.name(), token, tap.tokens()));
        }
    }

    void addTo(Readout readout) {
        switch (tap.layout()) {
            case BD -> readout.vector(tap.tensor());
            case BCHW -> readout.meanOfPositions(tap.tensor());
            case BTD -> {
                switch (token) {
                    case CLS -> readout.token(tap.tensor(), 0);
                    case PATCH_MEAN -> readout.meanOfTokens(tap.tensor(), tap.firstPatch(), tap.nPatches());
                }
            }
        }
    }
}
