package io.taxoscope.activationservice.models;

import io.taxoscope.api.activation.VerificationView;
import io.taxoscope.api.activation.VerificationView.TensorAgreement;
import io.taxoscope.api.activation.VerifyModel;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.Safetensors;
import io.taxoscope.support.sources.SourceError;
import io.taxoscope.support.sources.Sources;
import io.taxoscope.vision.onnx.OnnxModel;
import io.taxoscope.vision.run.Difference;
import io.taxoscope.vision.run.Tap;
import io.taxoscope.vision.run.Verification;
import io.taxoscope.vision.run.Verification.Agreement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Compares a model's taps with what another program holds at the same points. */
@Component
class Verifier {
    private static final double DEFAULT_TOLERANCE = 1e-4;

    private final Sources sources;
    private final ContentStore store;
    private final OneAtATime inspections;

    Verifier(Sources sources, ContentStore store, OneAtATime inspections) {
        this.sources = sources;
        this.store = store;
        this.inspections = inspections;
    }

    VerificationView verify(RegisteredModel model, VerifyModel request) {
        Path file = sources.resolve(request.source());
        if (!Files.isRegularFile(file)) {
            throw SourceError.SOURCE_INVALID.at("source.path", "is no file; a safetensors file is needed");
        }
        double tolerance = Objects.requireNonNullElse(request.tolerance(), DEFAULT_TOLERANCE);
        return inspections.run("verify the model " + model.id(), () -> compare(model, file, tolerance));
    }

    private VerificationView compare(RegisteredModel model, Path file, double tolerance) {
        try (Safetensors reference = Safetensors.read(file)) {
            ReferenceFile checked = ReferenceFile.of(reference, model);
            List<Agreement> agreements = new Verification(model.description(), checked.pixels(), checked.shape())
                    .of(
                            OnnxModel.read(store.blob(model.file())),
                            checked.tensors(),
                            Runtime.getRuntime().availableProcessors());
            return view(model, (int) checked.shape()[0], tolerance, agreements);
        }
    }

    private static VerificationView view(
            RegisteredModel model, int nImages, double tolerance, List<Agreement> agreements) {
        List<Tap> taps = model.description().taps();
        List<TensorAgreement> tensors = agreements.stream()
                .sorted(Comparator.comparingInt(a -> a.tap() == null ? taps.size() : taps.indexOf(a.tap())))
                .map(agreement -> view(agreement, tolerance))
                .toList();
        Set<String> compared = tensors.stream()
                .flatMap(tensor -> Stream.ofNullable(tensor.tap()))
                .collect(Collectors.toSet());
        return new VerificationView(
                model.id(),
                nImages,
                tolerance,
                !compared.isEmpty() && tensors.stream().allMatch(tensor -> tensor.tap() == null || tensor.agrees()),
                tensors,
                taps.stream()
                        .map(Tap::name)
                        .filter(tap -> !compared.contains(tap))
                        .toList());
    }

    private static TensorAgreement view(Agreement agreement, double tolerance) {
        Difference difference = agreement.difference();
        return new TensorAgreement(
                agreement.reference().name(),
                agreement.reference().shape(),
                name(agreement.tap()),
                difference == null ? null : difference.largest(),
                difference == null ? null : difference.relative(),
                difference == null ? null : difference.cosine(),
                difference != null && difference.relative() <= tolerance,
                name(agreement.nearest()));
    }

    private static @Nullable String name(@Nullable Tap tap) {
        return tap == null ? null : tap.name();
    }
}
