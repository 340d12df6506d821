package io.taxoscope.sae.exchange;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.common.TaxoscopeException.FieldError;
import io.taxoscope.sae.Activation;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.SaeError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads SAEs of every {@link SaeFormat}. */
public final class SaeReader {
    // The more telling come first: four tensors of the usual names may be any tool's.
    private static final List<Layout> LAYOUTS = List.of(
            new TaxoscopeLayout(),
            new SaevLayout(),
            new SparsifyLayout(),
            new OvercompleteLayout(),
            new MsaeLayout(),
            new SaeLensLayout(),
            new DictionaryLearningLayout(),
            new StateDictLayout());

    private SaeReader() {}

    /**
     * Reads an SAE.
     *
     * @param format null to find it out from the files
     * @throws TaxoscopeException {@code WEIGHTS_UNREADABLE}, {@code OPTION_NEEDED} or {@code OPTION_WITHOUT_EFFECT}, with
     *     the reason
     */
    public static ForeignSae read(SaeFiles files, @Nullable SaeFormat format, ReadOptions options) {
        Choices choices = new Choices(options);
        try (TensorFile tensors = files.open()) {
            Layout layout = layout(files, tensors, format);
            StoredSae stored = layout.read(new Opened(files, tensors, choices));
            choices.requireAllUsed(layout.format());
            requireUsable(stored);
            return new ForeignSae(layout.format(), stored);
        } catch (TaxoscopeException refused) {
            throw refused.code() == SaeError.WEIGHTS_UNREADABLE
                            && refused.errors().isEmpty()
                    ? at("source", refused)
                    : refused;
        } catch (IllegalArgumentException | ArithmeticException malformed) {
            throw at("source", SaeFiles.unreadable(files.tensorFile() + " is no SAE: " + malformed.getMessage()));
        }
    }

    private static Layout layout(SaeFiles files, TensorFile tensors, @Nullable SaeFormat format) {
        return LAYOUTS.stream()
                .filter(layout ->
                        format == null ? layout.recognises(files, tensors.names()) : layout.format() == format)
                .findFirst()
                .orElseThrow(() -> SaeFiles.unreadable(
                        "no known format has the tensors %s in %s; docs/formats.md lists what is read"
                                .formatted(
                                        tensors.names().stream()
                                                .sorted()
                                                .limit(20)
                                                .toList(),
                                        files.tensorFile())));
    }

    private static void requireUsable(StoredSae stored) {
        Parameters weights = stored.asStored();
        boolean needsThreshold = stored.activation() instanceof Activation.JumpRelu;
        boolean needsGate = stored.activation() instanceof Activation.Gated;
        boolean lacksThreshold = needsThreshold && !weights.perLatentNames().contains(Parameters.THRESHOLD);
        boolean lacksGate =
                needsGate && !weights.perLatentNames().containsAll(List.of(Parameters.R_MAG, Parameters.B_MAG));
        if (lacksThreshold || lacksGate) {
            throw SaeFiles.unreadable("it lacks what its activation needs; it has " + weights.perLatentNames());
        }
        if (!weights.allFinite()) {
            throw SaeFiles.unreadable("it has weights that are NaN or infinite");
        }
    }

    private static TaxoscopeException at(String field, TaxoscopeException refused) {
        String message = String.valueOf(refused.getMessage());
        return new TaxoscopeException(refused.code(), message, List.of(new FieldError(field, message)));
    }
}
